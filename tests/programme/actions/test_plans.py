"""Planning dates: words, reasons, approval, baselines, dependencies."""

from datetime import date

import pytest
from tests.factories.members import person
from tests.factories.programme import EARLY, NOON, STAFF, initiative, milestone, plan, told

from serai.base.access import Denied, Viewer
from serai.base.models import AuditEntry
from serai.base.models import Message as Letter
from serai.programme import actions, queries
from serai.programme.actions import Refused
from serai.programme.models import Dependency, PlanVerdict

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)


def _proposed(row, words="mid-July 2021", **fields):
    fields.setdefault("reason", "waiting_for_member")
    return actions.propose_plan(milestone=row, words=words, by=STAFF, now=NOON, **fields)


def test_a_first_plan_holds_at_once():
    row = milestone(words="end of June 2021")

    found = queries.milestones(STAFF, D)[0]

    assert (found.plan.end_earliest, found.plan.end_latest) == (date(2021, 6, 21), D)
    assert str(found.words) == "end of June 2021"
    assert row.plans.get().verdict.state == "approved"


@pytest.mark.parametrize("words", ["summer 2021", "03/04/2021", "31 June", ""])
def test_words_that_name_no_date_are_refused(words):
    row = milestone()

    with pytest.raises(
        Refused, match="Not understood: write a day, month, quarter or 'end of June"
    ):
        actions.propose_plan(milestone=row, words=words, by=STAFF, now=NOON)


def test_end_before_start_names_both_days():
    with pytest.raises(Refused, match="2021-08-02|2 August|2021-06-30|30 June"):
        actions.propose_plan(
            milestone=milestone(), words="2 August 2021 to 30 June 2021", by=STAFF, now=NOON
        )


def test_a_new_date_needs_a_reason():
    row = milestone(words="22 June 2021")

    with pytest.raises(Refused, match="choose a reason"):
        _proposed(row, reason="")
    with pytest.raises(Refused, match="write it in a sentence"):
        _proposed(row, reason="other")


def test_a_new_date_waits_for_a_coordinator_and_is_told():
    from tests.factories.members import person_with

    coordinator = person_with("coordinator")
    row = milestone(words="22 June 2021")

    new = _proposed(row)

    assert str(queries.milestones(STAFF, D)[0].words) == "22 June 2021"
    assert queries.milestones(STAFF, D)[0].has_proposal is True
    letter = Letter.objects.get()
    assert letter.person_id == coordinator.pk
    assert letter.topic == "plan_proposed"
    actions.approve_plan(plan=new, by=STAFF, now=NOON)
    assert str(queries.milestones(STAFF, D)[0].words) == "mid-July 2021"


def test_nobody_approves_their_own_date():
    someone = person()
    own = Viewer(keys=STAFF.keys, roles=STAFF.roles, person_id=someone.pk)
    row = milestone(words="22 June 2021")
    new = actions.propose_plan(
        milestone=row, words="mid-July 2021", reason="staffing", by=own, now=NOON
    )

    with pytest.raises(Denied):
        actions.approve_plan(plan=new, by=own, now=NOON)

    assert not PlanVerdict.objects.filter(plan=new).exists()


def test_a_proposal_is_decided_once_and_rejected_with_a_reason():
    row = milestone(words="22 June 2021")
    new = _proposed(row)

    with pytest.raises(Refused, match="The reason is empty"):
        actions.reject_plan(plan=new, reason=" ", by=STAFF, now=NOON)
    actions.reject_plan(plan=new, reason="Too late", by=STAFF, now=NOON)
    with pytest.raises(Refused, match="decided already"):
        actions.approve_plan(plan=new, by=STAFF, now=NOON)

    assert str(queries.milestones(STAFF, D)[0].words) == "22 June 2021"


def test_slip_against_the_baseline_is_about_28_days():
    one = initiative()
    row = milestone(one, words="22 June 2021")
    actions.set_baseline(initiative=one, name="As agreed", by=STAFF, now=NOON, told=told())
    new = _proposed(row)
    actions.approve_plan(plan=new, by=STAFF, now=NOON)

    slip = queries.milestones(STAFF, D)[0].slip

    assert (slip.days, slip.low, slip.high, slip.is_about) == (28, 19, 28, True)


def test_a_baseline_without_dates_is_refused():
    one = initiative()
    milestone(one)

    with pytest.raises(Refused, match="No dates are set"):
        actions.set_baseline(initiative=one, name="As agreed", by=STAFF, now=NOON)


def test_a_circle_is_refused_and_named():
    one = initiative()
    rows = [milestone(one) for _ in range(9)]
    third, fifth, ninth = rows[2], rows[4], rows[8]
    for row, after in ((fifth, third), (ninth, fifth)):
        actions.add_dependency(milestone=row, after=after, by=STAFF, now=NOON)

    with pytest.raises(Refused, match="3 → 5 → 9 → 3"):
        actions.add_dependency(milestone=third, after=ninth, by=STAFF, now=NOON)

    assert Dependency.objects.count() == 2


def test_the_chain_puts_a_milestone_at_risk():
    one = initiative()
    late = milestone(one, words="22 June 2021")
    row = milestone(one, words="10 July 2021")
    actions.add_dependency(milestone=row, after=late, lag_days=14, by=STAFF, now=NOON, told=told())

    found = queries.milestones(STAFF, D)[1]

    assert found.forecast.high == date(2021, 7, 14)
    assert found.forecast.late_days == 4
    assert found.is_at_risk is True
    assert found.chain == ("1", "2")


def test_known_from_before_today_needs_a_source():
    with pytest.raises(Refused, match="say where this is written"):
        actions.propose_plan(
            milestone=milestone(), words="July 2021", by=STAFF, now=NOON,
            told=actions.Told(EARLY),
        )  # fmt: skip


def test_known_from_after_today_is_refused():
    with pytest.raises(Refused, match="1 August 2021 is after today, 30 June 2021"):
        actions.propose_plan(
            milestone=milestone(), words="July 2021", by=STAFF, now=NOON,
            told=actions.Told(date(2021, 8, 1), "Letter"),
        )  # fmt: skip


def test_every_change_leaves_an_audit_line():
    row = milestone(words="22 June 2021")

    assert AuditEntry.objects.get().verb == "propose_plan"
    assert plan is not None
    assert row.pk
