"""What was flagged of what devices handed in: looked at, taken in, left out."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.access import Denied, NotFound
from serai.base.models import AuditEntry
from serai.surveys import actions, queries
from serai.surveys.actions import Parcel, Refused
from serai.surveys.models import SubmissionStep
from serai.surveys.queries.cleared import cleared_responses
from serai.surveys.queries.collecting import submission_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def version(**survey):
    kind = {"kind": "interview", "has_signature": False, "has_clearance": False}
    return offices.published(**(kind | survey))


def instance(*, number="1", name="Agency", staff="2", before=""):
    deprecated = f"<deprecatedID>uuid:{before}</deprecatedID>" if before else ""
    return (
        f'<data id="offices" version="1"><office><name>{name}</name><staff>{staff}</staff>'
        f"<phone/></office><line><mbps/></line>"
        f"<meta><instanceID>uuid:{number}</instanceID>{deprecated}</meta></data>"
    ).encode()


def came(key, xml):
    received = actions.receive(key=key, parcel=Parcel(xml, ()), now=make.NOON)
    return actions.apply_submission(submission_id=received.submission.pk, now=make.NOON)


def late(officer, xml=None, *, first=None, **survey):
    """Something of a wave's device that came after the wave had closed."""
    wave = make.wave(version(**survey))
    key, _secret = actions.make_wave_key(wave=wave, name="Tablet", by=officer, now=make.NOON)
    if first:
        came(key, first)
    wave.state = "closed"
    wave.save(update_fields=["state"])
    key.refresh_from_db()
    return wave, came(key, xml or instance())


def act(verb, step, by):
    return getattr(actions, f"{verb}_submission")(
        step=submission_step(by, step.submission.public_id), by=by, now=make.NOON
    )


def counted(wave):
    return [one.pk for one in cleared_responses(wave)]


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_what_came_late_is_taken_in_and_counts(officer, is_anonymous):
    kind = "feedback" if is_anonymous else "interview"
    wave, step = late(officer, is_anonymous=is_anonymous, kind=kind)
    before = (step.state, step.is_late, step.response.state, counted(wave))

    done = act("take_in", step, officer)

    step.response.refresh_from_db()
    assert before == ("flagged", True, "filling", [])
    assert (done.state, done.looked_by_id, done.looked_at) == (
        "applied", officer.person_id, make.NOON,
    )  # fmt: skip
    assert (step.response.state, step.response.holder_hash) == ("handed_in", "")
    assert counted(wave) == [step.response.pk]
    line = AuditEntry.objects.get(verb="take_in_submission")
    assert (line.by, line.thing) == (officer.person_id, f"surveys.submission:{step.submission.pk}")


def test_what_came_late_is_left_out_and_stays_on_record(officer):
    wave, step = late(officer)

    act("leave_out", step, officer)

    (row,) = queries.submissions(officer, wave)
    assert (row.step.state, row.is_left_out, row.is_undecided) == ("applied", True, False)
    assert row.looked_by == officer.name
    assert counted(wave) == []
    assert offices.stands(step.response)[offices.NAME] == "Agency"


def test_a_late_correction_that_is_left_out_leaves_what_counted_before(officer):
    wave, step = late(officer, instance(number="2", name="Bureau", before="1"), first=instance())
    counted_before = counted(wave)

    act("leave_out", step, officer)

    step.response.refresh_from_db()
    kept = step.response.answers.filter(
        path=offices.NAME.path, pk__lte=step.response.cleared_through
    )
    assert counted_before == counted(wave) == [step.response.pk]
    assert step.response.state == "handed_in"
    assert [one.value for one in kept] == ["Agency"]


def test_what_breaks_a_rule_is_not_taken_in(officer):
    _wave, step = late(officer, instance(name=""))

    with pytest.raises(Refused, match="missing or not right"):
        act("take_in", step, officer)

    step.refresh_from_db()
    assert (step.state, step.looked_by_id) == ("flagged", None)


def test_what_nobody_has_decided_on_is_a_todo_of_the_officers(officer):
    wave, step = late(officer)

    before = [(one.verb, one.note, one.address) for one in queries.todos(officer)]
    act("take_in", step, officer)
    after = [one.verb for one in queries.todos(officer)]

    assert before == [
        ("Take in or leave out", "1 submission from a device is not decided on",
         f"/en/surveys/waves/{wave.public_id}/devices/")
    ]  # fmt: skip
    assert after == ["Read"]


@pytest.fixture
def flagged():
    """Something flagged of the device of an agency that is asked, and its lead."""
    response, lead = offices.begun()
    key, _secret = actions.make_key(
        invitation=response.invitation, name="Tablet", by=lead, now=make.NOON
    )
    return came(key, instance(staff="many")), lead


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_lead_and_officer_look_at_what_is_flagged_once(flagged, officer, who):
    step, lead = flagged
    by = lead if who == "lead" else officer

    done = act("look_at", step, by)

    assert (done.state, done.looked_by_id) == ("applied", by.person_id)
    assert AuditEntry.objects.get(verb="look_at_submission").by == by.person_id
    with pytest.raises(Refused, match="need a look any more"):
        act("look_at", step, by)


def test_the_answers_of_an_agency_are_not_the_officers_to_decide_on(flagged, officer):
    step, _lead = flagged

    for verb in ("take_in", "leave_out"):
        with pytest.raises(Denied):
            act(verb, step, officer)

    assert SubmissionStep.objects.get(pk=step.pk).state == "flagged"


def test_nobody_else_finds_it(flagged):
    step, _lead = flagged
    others = [people.viewer_with(role) for role in ("lead", "contributor", "focal_point", "expert")]

    for viewer in others:
        with pytest.raises(NotFound):
            act("look_at", step, viewer)
