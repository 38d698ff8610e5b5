"""Scenarios: what is kept, what is refused, how a run ends."""

from decimal import Decimal

import pytest
from tests.factories import planning as make
from tests.factories.members import viewer_with

from serai.base.access import Denied
from serai.base.models import AuditEntry, Job
from serai.calc.readiness.problem import PlanStatus
from serai.readiness.actions import (
    Refused,
    ScenarioFacts,
    Solved,
    change_scenario,
    fail_run,
    keep_plan,
    make_scenario,
    queue_again,
    queue_run,
    start_run,
)
from serai.readiness.models import Scenario

pytestmark = pytest.mark.django_db
ASKED = ScenarioFacts("First", Decimal(500), "USD", 3)


def solved(status: PlanStatus, **fields) -> Solved:
    given = {
        "plan": {}, "value": None, "cost": None, "bound": None, "gap": None,
        "least_budget": None, "greedy": {}, "frontier": [],
    }  # fmt: skip
    return Solved(status, **(given | fields))


def test_make_scenario_keeps_only_what_was_told():
    asked = ScenarioFacts(
        " First ", Decimal(500), "USD", 3,
        factors={"GEO": Decimal("1.2"), "UZB": Decimal(1)},
        floors={"GEO": ("E3", 1), "UZB": ("", 2), "TJK": ("E1", 0)},
        caps={"GEO": Decimal(90)}, exclusions=["ROOM", "LINK"], values={"E3": Decimal(9)},
    )  # fmt: skip

    made = make_scenario(framework=make.framework(), facts=asked, by=make.staff(), now=make.NOON)

    made.refresh_from_db()
    assert (made.name, made.budget, made.years) == ("First", Decimal(500), 3)
    assert made.factors == {"GEO": "1.2"}
    assert made.floors == {"GEO": {"event": "E3", "offices": 1}}
    assert made.caps == {"GEO": "90"}
    assert made.exclusions == ["LINK", "ROOM"]
    assert made.values == {"E3": "9"}
    assert AuditEntry.objects.get(verb="make_scenario").thing == f"readiness.scenario:{made.pk}"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"budget": Decimal(-1)}, "budget"),
        ({"years": 21}, "budget"),
        ({"factors": {"GEO": Decimal(0)}}, ""),
        ({"floors": {"GEO": ("E9", 1)}}, ""),
        ({"values": {"E3": Decimal(1)}}, "value_E3"),
    ],
)
def test_make_scenario_refuses_what_no_plan_could_be_made_of(fields, field):
    asked = ScenarioFacts(
        **({"name": "First", "budget": Decimal(5), "currency": "USD", "years": 1} | fields)
    )

    with pytest.raises(Refused) as error:
        make_scenario(framework=make.framework(), facts=asked, by=make.staff(), now=make.NOON)

    assert error.value.field == field
    assert Scenario.objects.count() == 0


@pytest.mark.parametrize("role", ["lead", "focal_point", "expert", "contributor"])
def test_others_than_officers_make_no_scenario(role):
    with pytest.raises(Denied):
        make_scenario(framework=make.framework(), facts=ASKED, by=viewer_with(role), now=make.NOON)


def test_change_scenario_leaves_what_a_run_was_asked():
    make.scored()
    make.price("LINK")
    found = make.scenario(400)
    run = queue_run(scenario=found, by=make.staff(), now=make.NOON)

    change_scenario(scenario=found, facts=ASKED, by=make.staff(), now=make.NOON)

    run.refresh_from_db()
    assert found.budget == Decimal(500)
    assert run.basis["asked"]["budget"] == "400"


def test_queue_run_freezes_assessments_and_prices_and_asks_for_the_job():
    one = make.scored()
    cost = make.price("LINK")
    found = make.scenario()

    run = queue_run(scenario=found, by=make.staff(), now=make.NOON)

    assert run.state == "queued"
    assert run.basis["assessments"] == [one.pk]
    assert run.basis["prices"] == [cost.pk]
    assert run.basis["unpriced"] == ["ROOM", "LOAN"]
    assert Job.objects.get().arguments == {"run_id": run.pk}


def test_queue_run_says_that_nothing_is_scored_or_priced():
    found = make.scenario()

    with pytest.raises(Refused, match="No office has been scored yet"):
        queue_run(scenario=found, by=make.staff(), now=make.NOON)
    make.scored()
    with pytest.raises(Refused, match="3 packages lack a price in USD"):
        queue_run(scenario=found, by=make.staff(), now=make.NOON)


def test_queue_again_asks_with_the_same_basis():
    make.scored()
    make.price("LINK")
    run = queue_run(scenario=make.scenario(), by=make.staff(), now=make.NOON)
    make.scored()
    make.price("ROOM")

    again = queue_again(run=run, by=make.staff(), now=make.NOON)

    assert again.pk != run.pk
    assert again.basis == run.basis


def test_start_run_may_be_tried_twice_but_not_after_its_end():
    run = make.planned()

    start_run(run=run)
    start_run(run=run)
    fail_run(run=run, said="No.", now=make.NOON)

    assert run.state == "failed"
    with pytest.raises(Refused):
        start_run(run=run)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (PlanStatus.OPTIMAL, "done"),
        (PlanStatus.BEST_FOUND, "timed_out"),
        (PlanStatus.TIMED_OUT, "timed_out"),
        (PlanStatus.INFEASIBLE, "infeasible"),
    ],
)
def test_keep_plan_ends_a_run_as_it_came_out(status, state):
    run = start_run(run=make.planned())

    keep_plan(
        run=run, solved=solved(status, least_budget=Decimal(7)), is_changed=False, now=make.NOON
    )

    run.refresh_from_db()
    assert (run.state, run.ended_at, run.least_budget) == (state, make.NOON, Decimal(7))


def test_a_kept_plan_is_not_kept_again():
    run = start_run(run=make.planned())
    keep_plan(run=run, solved=solved(PlanStatus.OPTIMAL), is_changed=False, now=make.NOON)

    with pytest.raises(Refused):
        keep_plan(run=run, solved=solved(PlanStatus.OPTIMAL), is_changed=False, now=make.NOON)
