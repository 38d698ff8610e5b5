"""Planned dates: proposed, decided, fixed in baselines; dependencies without circles."""

from datetime import date

import pytest
from django.db import transaction
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import Denied
from serai.base.models import AuditEntry, Message
from serai.base.text import TranslatedText
from serai.calc.schedule import on_day
from serai.programme import actions
from serai.programme.actions import Refused, Told
from serai.programme.actions.plans import current_plan
from serai.programme.models import Baseline, Dependency, Milestone, Plan, PlanVerdict

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
D = date(2021, 6, 30)


def linked(first: Milestone, *others: Milestone) -> None:
    """Let each come after the one before it."""
    for before, row in zip((first, *others), others, strict=False):
        actions.add_dependency(milestone=row, after=before, by=STAFF, now=NOON)


# ---------------------------------------------------------------- propose
def test_a_first_plan_holds_at_once_and_needs_no_reason():
    row = make.milestone()

    plan = actions.propose_plan(milestone=row, words="end of June 2021", by=STAFF, now=NOON)

    assert (plan.end_earliest, plan.end_latest) == (date(2021, 6, 21), D)
    assert (plan.verdict.state, plan.change_reason, str(plan.words)) == (
        "approved", "", "end of June 2021",
    )  # fmt: skip
    assert current_plan(row) == plan
    assert AuditEntry.objects.get(verb="propose_plan").after == {"end_latest": "2021-06-30"}
    assert Message.objects.count() == 0


def test_a_new_date_waits_and_coordinators_are_told():
    row = make.milestone(words="30 June 2021")
    held = current_plan(row)
    coordinator = people.person_with("coordinator")
    people.person_with("officer")

    plan = actions.propose_plan(
        milestone=row, words="15 July 2021", reason="procurement", by=STAFF, now=NOON
    )

    assert current_plan(row) == held
    assert PlanVerdict.objects.filter(plan=plan).exists() is False
    assert plan.change_reason == "procurement"
    letter = Message.objects.get()
    assert (letter.person_id, letter.key.partition(":")[0]) == (
        coordinator.pk, "programme.plan_proposed",
    )  # fmt: skip


def test_who_proposes_is_not_asked_to_decide():
    row = make.milestone(words="30 June 2021")
    proposer = people.person_with("coordinator")

    make_by = people.viewer_of(proposer, NOON)
    actions.propose_plan(
        milestone=row, words="15 July 2021", reason="procurement", by=make_by, now=NOON
    )

    assert Message.objects.count() == 0


def test_a_first_date_from_a_file_waits_and_coordinators_are_told():
    row, coordinator = make.milestone(), people.person_with("coordinator")

    actions.propose_plan(milestone=row, words="15 July 2021", waits=True, by=STAFF, now=NOON)

    assert current_plan(row) is None
    letter = Message.objects.get()
    assert (letter.person_id, letter.key.partition(":")[0]) == (
        coordinator.pk, "programme.plan_proposed",
    )  # fmt: skip
    assert "the proposed date is 15 July 2021; no date was set before." in letter.text


@pytest.mark.parametrize("reason", ["", "weather"])
def test_a_new_date_without_a_known_reason_is_refused(reason):
    row = make.milestone(words="30 June 2021")

    with pytest.raises(Refused) as refused:
        make.plan(row, "15 July 2021", reason=reason)

    assert str(refused.value) == "Say why the date changes: choose a reason."
    assert Plan.objects.count() == 1


def test_the_reason_other_needs_a_sentence():
    row = make.milestone(words="30 June 2021")

    with pytest.raises(Refused) as refused:
        make.plan(row, "15 July 2021", reason="other", reason_text=" ")
    plan = make.plan(row, "15 July 2021", reason="other", reason_text=" Elections ")

    assert str(refused.value) == "The reason is “other”: write it in a sentence."
    assert plan.reason_text == "Elections"


def test_the_date_that_holds_already_is_refused():
    row = make.milestone(words="June 30, 2021")

    with pytest.raises(Refused) as refused:
        make.plan(row, "30 June 2021", reason="procurement")

    assert str(refused.value) == "This is the date that holds already: June 30, 2021."


def test_words_that_name_no_date_are_refused():
    with pytest.raises(Refused, match="Not understood: write a day, month, quarter"):
        make.plan(make.milestone(), "summer 2021")

    assert Plan.objects.count() == 0


def test_end_before_start_is_refused_with_both_days():
    with pytest.raises(Refused, match="2 August 2021, is before the start, 30 September 2021"):
        make.plan(make.milestone(), "30 September 2021 to 2 August 2021")


def test_a_window_given_with_the_words_is_taken():
    plan = make.plan(make.milestone(), "as agreed", window=on_day(D))

    assert (plan.end_latest, str(plan.words)) == (D, "as agreed")


def test_a_partner_plans_the_own_milestones_alone():
    agency = people.organisation()
    own, other = make.milestone(owner=agency), make.milestone()
    partner = people.viewer_with("partner", agency)

    actions.propose_plan(milestone=own, words="2021", by=partner, now=NOON)
    with pytest.raises(Denied):
        actions.propose_plan(milestone=other, words="2021", by=partner, now=NOON)

    assert (own.plans.count(), other.plans.count()) == (1, 0)


def test_plans_of_a_sample_milestone_are_sample():
    plan = make.plan(make.milestone(sample=True), "2021")

    assert (plan.sample, plan.verdict.sample) == (True, True)


# ---------------------------------------------------------------- decide
def test_an_approved_date_holds_and_the_proposer_is_told():
    row, officer = make.milestone(words="30 June 2021"), people.person_with("officer")
    plan = actions.propose_plan(
        milestone=row, words="15 July 2021", reason="staffing",
        by=people.viewer_of(officer, NOON), now=NOON,
    )  # fmt: skip

    verdict = actions.approve_plan(plan=plan, by=STAFF, now=NOON)

    assert (verdict.state, current_plan(row)) == ("approved", plan)
    letter = Message.objects.get(key__startswith="programme.plan_decided:")
    assert letter.person_id == officer.pk


def test_a_rejected_date_changes_nothing_and_says_why():
    row = make.milestone(words="30 June 2021")
    plan = make.proposal(row, "15 July 2021")

    with pytest.raises(Refused):
        actions.reject_plan(plan=plan, reason=" ", by=STAFF, now=NOON)
    verdict = actions.reject_plan(plan=plan, reason=" Too late ", by=STAFF, now=NOON)

    assert (verdict.state, verdict.reason) == ("rejected", "Too late")
    assert str(current_plan(row).words) == "30 June 2021"


def test_a_proposal_is_decided_once():
    plan = make.proposal(make.milestone(words="30 June 2021"), "15 July 2021")
    actions.approve_plan(plan=plan, by=STAFF, now=NOON)

    with pytest.raises(Refused) as refused:
        actions.reject_plan(plan=plan, reason="No", by=STAFF, now=NOON)

    assert str(refused.value) == "This proposal is decided already. Reload the page to see it."


def test_nobody_decides_on_the_own_proposal_nor_without_the_role():
    row, coordinator = make.milestone(words="30 June 2021"), people.viewer_with("coordinator")
    plan = actions.propose_plan(
        milestone=row, words="15 July 2021", reason="staffing", by=coordinator, now=NOON
    )

    for viewer in (coordinator, people.viewer_with("officer")):
        with pytest.raises(Denied):
            actions.approve_plan(plan=plan, by=viewer, now=NOON)

    assert current_plan(row) != plan


def test_the_latest_approved_date_holds_in_the_order_of_approval():
    row = make.milestone(words="30 June 2021")
    first, second = make.proposal(row, "15 July 2021"), make.proposal(row, "30 July 2021")

    actions.approve_plan(plan=second, by=STAFF, now=NOON)
    actions.approve_plan(plan=first, by=STAFF, now=NOON)

    assert current_plan(row) == first


# ---------------------------------------------------------------- with a milestone
def test_a_milestone_with_its_date_is_added_whole_or_not_at_all():
    home = make.initiative()
    name = TranslatedText.of("First draft")

    row = actions.add_milestone_with_date(
        initiative=home, name=name, kind="event", words=TranslatedText.of("2021"), by=STAFF,
        now=NOON,
    )  # fmt: skip
    with pytest.raises(Refused), transaction.atomic():
        actions.add_milestone_with_date(
            initiative=home, name=name, kind="event", words=TranslatedText.of("summer"), by=STAFF,
            now=NOON,
        )  # fmt: skip

    assert (home.milestones.count(), str(current_plan(row).words)) == (1, "2021")


# ---------------------------------------------------------------- baselines
def test_a_baseline_fixes_the_dates_that_hold():
    home = make.initiative()
    first, second = make.milestone(home, "30 June 2021"), make.milestone(home, "30 July 2021")
    make.milestone(home)
    make.proposal(second, "31 August 2021")

    baseline = actions.set_baseline(initiative=home, name=" Agreed in June ", by=STAFF, now=NOON)

    assert (baseline.number, baseline.name, baseline.set_on) == (0, "Agreed in June", D)
    assert [
        (line.milestone_id, str(line.plan.words)) for line in baseline.lines.order_by("id")
    ] == [(first.pk, "30 June 2021"), (second.pk, "30 July 2021")]


def test_a_baseline_known_from_a_day_holds_the_dates_of_that_day():
    row = make.milestone(words="30 June 2021")
    make.approved(row, "31 July 2021", date(2021, 6, 1))

    baseline = actions.set_baseline(
        initiative=row.initiative, name="Spring", by=STAFF, now=NOON,
        told=make.told(date(2021, 5, 1)),
    )  # fmt: skip

    assert str(baseline.lines.get().plan.words) == "30 June 2021"


def test_baselines_are_numbered_0_to_10():
    home = make.milestone(words="30 June 2021").initiative

    numbers = [
        actions.set_baseline(initiative=home, name=f"No. {n}", by=STAFF, now=NOON).number
        for n in range(11)
    ]
    with pytest.raises(Refused) as refused:
        actions.set_baseline(initiative=home, name="One more", by=STAFF, now=NOON)

    assert numbers == list(range(11))
    assert str(refused.value) == ("All eleven baselines, 0 to 10, are set. No more can be added.")


def test_a_baseline_of_nothing_is_refused():
    home = make.milestone().initiative

    with pytest.raises(Refused) as refused:
        actions.set_baseline(initiative=home, name="Empty", by=STAFF, now=NOON)

    assert str(refused.value) == "No dates are set: there is nothing to fix as a baseline."
    assert Baseline.objects.count() == 0


def test_a_baseline_needs_a_name_and_a_coordinator():
    home = make.milestone(words="30 June 2021").initiative

    with pytest.raises(Refused):
        actions.set_baseline(initiative=home, name=" ", by=STAFF, now=NOON)
    with pytest.raises(Denied):
        actions.set_baseline(
            initiative=home, name="Mine", by=people.viewer_with("officer"), now=NOON
        )


# ---------------------------------------------------------------- dependencies
def test_a_dependency_has_a_kind_and_a_lag():
    home = make.initiative()
    first, second = make.milestone(home), make.milestone(home)

    found = actions.add_dependency(
        milestone=second, after=first, kind="SS", lag_days=14, by=STAFF, now=NOON
    )

    assert (found.milestone, found.after, found.kind, found.lag_days) == (second, first, "SS", 14)


def test_a_circle_is_refused_and_shown():
    home = make.initiative()
    rows = {n: make.milestone(home, number=n) for n in (3, 5, 9)}
    linked(rows[3], rows[5], rows[9])

    with pytest.raises(Refused) as refused:
        actions.add_dependency(milestone=rows[3], after=rows[9], by=STAFF, now=NOON)

    assert str(refused.value) == "This would close a circle: 3 → 5 → 9 → 3."
    assert Dependency.objects.count() == 2


def test_a_circle_names_another_initiative_by_its_code():
    home, other = make.initiative("here"), make.initiative("there")
    first, second = make.milestone(home, number=3), make.milestone(other, number=5)
    linked(first, second)

    with pytest.raises(Refused) as refused:
        actions.add_dependency(milestone=first, after=second, by=STAFF, now=NOON)

    assert str(refused.value) in {
        "This would close a circle: 3 → there/5 → 3.",
        "This would close a circle: here/3 → 5 → here/3.",
    }


def test_a_milestone_does_not_wait_for_itself():
    row = make.milestone(number=7)

    with pytest.raises(Refused) as refused:
        actions.add_dependency(milestone=row, after=row, by=STAFF, now=NOON)

    assert str(refused.value) == "This would close a circle: 7 → 7."


def test_a_dependency_is_recorded_once_while_it_lasts():
    home = make.initiative()
    first, second = make.milestone(home), make.milestone(home)
    linked(first, second)

    with pytest.raises(Refused) as refused:
        linked(first, second)
    actions.end_dependency(dependency=Dependency.objects.get(), by=STAFF, now=NOON)
    linked(first, second)

    assert str(refused.value) == "This dependency is recorded already."
    assert list(Dependency.objects.order_by("id").values_list("ended_on", flat=True)) == [D, None]


def test_an_ended_dependency_closes_no_circle():
    home = make.initiative()
    first, second = make.milestone(home), make.milestone(home)
    linked(first, second)
    actions.end_dependency(dependency=Dependency.objects.get(), by=STAFF, now=NOON)

    linked(second, first)

    assert Dependency.objects.filter(ended_on=None).count() == 1


def test_only_those_who_keep_it_link_milestones():
    home = make.initiative()
    first, second = make.milestone(home), make.milestone(home)
    linked(first, second)
    focal = people.viewer_with("focal_point")

    with pytest.raises(Denied):
        actions.add_dependency(milestone=first, after=second, by=focal, now=NOON)
    with pytest.raises(Denied):
        actions.end_dependency(dependency=Dependency.objects.get(), by=focal, now=NOON)


def test_a_plan_of_tomorrow_is_refused():
    with pytest.raises(Refused, match="Known from 1 July 2021 is after today, 30 June 2021"):
        actions.propose_plan(
            milestone=make.milestone(), words="2021", by=STAFF, now=NOON,
            told=Told(date(2021, 7, 1), "Letter"),
        )  # fmt: skip


def test_a_milestone_is_added_also_without_a_date():
    row = actions.add_milestone_with_date(
        initiative=make.initiative(), name=TranslatedText.of("Draft"), kind="event", words=None,
        by=STAFF, now=NOON,
    )  # fmt: skip

    assert (row.kind, row.plans.count()) == ("event", 0)
