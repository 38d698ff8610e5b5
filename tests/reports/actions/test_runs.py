"""From the start of a run to its withdrawal."""

from datetime import date, timedelta

import pytest
from django.db import connection
from tests.factories.members import member, person_with
from tests.factories.programme import STAFF, initiative
from tests.factories.reports import BLOCK, NOON, D, coordinator, officer, run

from serai.base.access import Denied
from serai.base.models import AuditEntry, Job, Message
from serai.base.text import TranslatedText
from serai.members.queries import viewer_of
from serai.programme import actions as programme
from serai.reports import actions
from serai.reports.actions import CannotMove, runs
from serai.reports.actions.runs import working_days_after
from serai.reports.models import CountryRemark, Run
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


def note(of, text: str = "As it is.", **told) -> None:
    carried = programme.Told(date(2021, 6, 20), "Records", **told)
    made = programme.draft_note(
        initiative=of, part="objective", text=TranslatedText.of(text), by=STAFF, now=NOON,
        told=carried,
    )  # fmt: skip
    programme.clear_note(note=made, by=STAFF, now=NOON, told=carried)


def test_start_offers_the_latest_notes(virtual):
    note(virtual)

    made = run()

    (narrative,) = made.narratives.all()
    assert (narrative.block, str(narrative.text), narrative.sample) == (BLOCK, "As it is.", False)
    assert (made.number, made.state, made.previous_run, made.sample) == (1, "draft", None, False)
    assert AuditEntry.objects.latest("id").verb == "start_run"


def test_runs_are_numbered_one_after_the_other():
    assert [run().number, run().number] == [1, 2]


def test_start_is_for_the_secretariat():
    with pytest.raises(Denied):
        run(by=viewer_of(person_with("focal_point"), NOON))


def test_an_officer_of_one_initiative_builds_nothing_for_the_whole_secretariat():
    scoped = viewer_of(person_with("officer", "virtual-carec"), NOON)

    with pytest.raises(CannotMove, match="shows every initiative"):
        run(by=scoped, audience="secretariat")


def test_a_report_of_a_day_yet_to_come_is_refused_on_the_programmes_own_day():
    evening = {"by": officer(), "now": NOON.replace(hour=17)}  # 1 July in Manila
    asked = {"kind": "progress", "languages": ["en"], "audience": "members"}
    said = (
        "No report shows 2 July 2021 yet: it is after today, 1 July 2021. Choose today or an "
        "earlier day."
    )

    with pytest.raises(CannotMove) as refusal:
        actions.start_run(**asked, as_of=date(2021, 7, 2), **evening)
    started = actions.start_run(**asked, as_of=date(2021, 7, 1), **evening)

    assert (str(refusal.value), refusal.value.field) == (said, "as_of")
    assert list(Run.objects.all()) == [started]


def test_the_latest_issued_run_before_the_day_is_the_previous_one():
    first = run(RunState.ISSUED, as_of=date(2021, 3, 31))
    run(RunState.ISSUED, as_of=date(2021, 9, 30))
    run(RunState.ISSUED, audience="public")

    assert run().previous_run == first


def test_review_ends_after_five_working_days():
    person_with("focal_point", "GEO")
    made = run(RunState.IN_REVIEW)

    assert made.remarks_until == date(2021, 7, 7)
    (letter,) = Message.objects.all()
    assert letter.link == f"/reports/{made.public_id}/remarks/"


@pytest.mark.parametrize(
    ("day", "until"), [(30, date(2021, 7, 7)), (25, date(2021, 7, 2)), (26, date(2021, 7, 2))]
)
def test_working_days(day, until):
    assert working_days_after(date(2021, 6, day), 5) == until


def test_the_days_are_the_programmes_own():
    made = run()

    actions.send_to_review(run=made, by=officer(), now=NOON.replace(hour=17))

    assert made.remarks_until == date(2021, 7, 8)  # 1 July in Manila


def test_a_coordinator_clears_what_another_started():
    made = run(RunState.CLEARED)

    assert made.state == "cleared"
    assert made.cleared_at == NOON


def test_nobody_clears_their_own():
    by = coordinator()
    made = run(RunState.IN_REVIEW, by=by)

    with pytest.raises(Denied):
        actions.clear_run(run=made, by=by, now=NOON)


def test_open_remarks_are_answered_or_accepted_by_number_before_it_is_cleared():
    made = run(RunState.IN_REVIEW)
    for text in ("One", "Two"):
        CountryRemark.objects.create(
            run=made, country=member("GEO"), block=BLOCK, text=text, by=person_with("focal_point", "GEO"),
            at=NOON,
        )  # fmt: skip
    answered = made.remarks.get(text="Two")

    for accepted in (0, 1):
        with pytest.raises(CannotMove, match="2 remarks of countries have no answer"):
            actions.clear_run(run=made, by=coordinator(), now=NOON, open_remarks=accepted)
    actions.answer_remark(remark=answered, answer="Done", by=officer(), now=NOON)
    actions.clear_run(run=made, by=coordinator(), now=NOON, open_remarks=1)

    assert made.state == "cleared"


def test_who_clears_a_public_report_does_not_issue_it():
    made, by = run(RunState.IN_REVIEW, audience="public"), coordinator()
    actions.clear_run(run=made, by=by, now=NOON)

    with pytest.raises(Denied):
        actions.issue_run(run=made, by=by, now=NOON)
    actions.issue_run(run=made, by=coordinator(), now=NOON)

    assert made.issued_by_id not in {None, by.person_id}


def test_who_clears_a_report_for_members_may_issue_it():
    made, by = run(RunState.IN_REVIEW), coordinator()
    actions.clear_run(run=made, by=by, now=NOON)

    actions.issue_run(run=made, by=by, now=NOON)

    assert made.issued_by_id == by.person_id


def test_a_draft_is_not_cleared():
    with pytest.raises(CannotMove, match="is “Draft” and cannot become “Cleared, not yet issued”"):
        actions.clear_run(run=run(), by=coordinator(), now=NOON)


def test_reopen_takes_one_step_back_and_the_clearance_away():
    made = run(RunState.CLEARED)

    actions.reopen_run(run=made, by=officer(), now=NOON)
    assert (made.state, made.cleared_by_id, made.cleared_at) == ("in_review", None, None)
    actions.reopen_run(run=made, by=officer(), now=NOON)
    assert made.state == "draft"


def test_issue_asks_for_the_files_once():
    made, by = run(RunState.CLEARED), coordinator()

    actions.issue_run(run=made, by=by, now=NOON)
    actions.issue_run(run=made, by=by, now=NOON)

    assert [job.name for job in Job.objects.filter(name="reports.build_run")] == [
        "reports.build_run"
    ]


def test_the_report_is_built_before_the_issue_writes(monkeypatch):
    made, by = run(RunState.CLEARED), coordinator()
    depths = []

    def look(run, *, today):
        depths.append(len(connection.savepoint_ids))
        return []

    monkeypatch.setattr(runs, "findings", look)
    monkeypatch.setattr(runs, "issued_alike", lambda run, *, today: look(run, today=today) or None)

    actions.issue_run(run=made, by=by, now=NOON)

    assert depths == [len(connection.savepoint_ids)] * 2


@pytest.mark.parametrize(
    ("is_cleared_again", "sentence"),
    [(False, "Only a cleared report"), (True, "Somebody changed the report meanwhile")],
)
def test_a_run_opened_while_it_is_looked_at_is_not_issued(monkeypatch, is_cleared_again, sentence):
    made, by = run(RunState.CLEARED), coordinator()

    def reopen(run, *, today):
        other = type(run).objects.get(pk=run.pk)
        actions.reopen_run(run=other, by=officer(), now=NOON)
        if is_cleared_again:
            later = NOON + timedelta(minutes=1)
            actions.clear_run(run=other, by=coordinator(), now=later)
        return []

    monkeypatch.setattr(runs, "findings", reopen)

    with pytest.raises(CannotMove, match=sentence):
        actions.issue_run(run=made, by=by, now=NOON)

    made.refresh_from_db()
    assert made.issued_by_id is None
    assert not Job.objects.filter(name="reports.build_run").exists()


def test_only_a_cleared_run_is_issued():
    with pytest.raises(CannotMove, match="Only a cleared report"):
        actions.issue_run(run=run(RunState.IN_REVIEW), by=coordinator(), now=NOON)


def test_a_sign_without_font_stops_the_issue():
    made = run(RunState.IN_REVIEW)
    actions.write_narrative(
        run=made, block=BLOCK, text=TranslatedText.of("Sign \U00012000"), version=0, by=officer(),
        now=NOON,
    )  # fmt: skip
    actions.clear_run(run=made, by=coordinator(), now=NOON)

    with pytest.raises(CannotMove, match=r"U\+12000"):
        actions.issue_run(run=made, by=coordinator(), now=NOON)


def test_withdraw_keeps_the_reason():
    made = run(RunState.ISSUED)

    actions.withdraw_run(run=made, reason=" Wrong table. ", by=coordinator(), now=NOON)

    assert (made.state, made.withdrawn_reason, made.withdrawn_at) == (
        "withdrawn", "Wrong table.", NOON,
    )  # fmt: skip


def test_withdraw_needs_a_reason_and_a_coordinator():
    made = run(RunState.ISSUED)

    with pytest.raises(CannotMove, match="Write why"):
        actions.withdraw_run(run=made, reason=" ", by=coordinator(), now=NOON)
    with pytest.raises(Denied):
        actions.withdraw_run(run=made, reason="Wrong.", by=officer(), now=NOON)


def test_a_correction_names_the_old_and_takes_its_texts(virtual):
    note(virtual, "Old note.")
    made = run()
    actions.write_narrative(
        run=made, block=BLOCK, text=TranslatedText.of("Mine."), version=1, by=officer(), now=NOON
    )
    actions.write_narrative(
        run=made, block="virtual-carec/approach", text=TranslatedText.of("New."), version=0,
        by=officer(), now=NOON,
    )  # fmt: skip
    actions.send_to_review(run=made, by=officer(), now=NOON)
    actions.clear_run(run=made, by=coordinator(), now=NOON)
    made.state, made.issued_at, made.snapshot_sha256, made.recipe_sha256 = (
        "issued", NOON, "1", "1",
    )  # fmt: skip
    made.save()

    corrected = actions.correct_run(run=made, by=officer(), now=NOON + timedelta(days=1))

    assert (corrected.corrects, corrected.previous_run, corrected.as_of) == (True, made, D)
    assert {n.block: str(n.text) for n in corrected.narratives.all()} == {
        BLOCK: "Mine.", "virtual-carec/approach": "New.",
    }  # fmt: skip


def test_an_open_run_is_not_corrected():
    with pytest.raises(CannotMove, match="Only an issued report is corrected"):
        actions.correct_run(run=run(), by=officer(), now=NOON)


def test_sample_people_make_sample_runs():
    by = viewer_of(person_with("officer", sample=True), NOON)

    assert run(by=by).sample is True
