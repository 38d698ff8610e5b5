"""Scenarios of a budget: made, changed, solved in the background, what came out kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import Viewer, require
from serai.base.jobs import enqueue
from serai.calc.readiness.problem import PlanStatus
from serai.readiness import access
from serai.readiness.actions.acts import Refused, check_move, note_audit
from serai.readiness.actions.solving import Solved
from serai.readiness.models import Framework, Scenario, ScenarioRun
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.plan_inputs import Basis, basis_of
from serai.readiness.states import RunState

MOST_YEARS = 20
ENDS = {
    PlanStatus.OPTIMAL: RunState.DONE,
    PlanStatus.BEST_FOUND: RunState.TIMED_OUT,
    PlanStatus.INFEASIBLE: RunState.INFEASIBLE,
    PlanStatus.TIMED_OUT: RunState.TIMED_OUT,
}


@dataclass(frozen=True)
class ScenarioFacts:
    """What a plan is asked for.

    Attributes:
        factors, caps: by country; floors: by country, event and number of offices.
        exclusions: codes of packages, public numbers of offices.
        values: by event, where they differ from the framework's.
    """

    name: str
    budget: Decimal
    currency: str
    years: int
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    floors: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    caps: Mapping[str, Decimal] = field(default_factory=dict)
    exclusions: Sequence[str] = ()
    values: Mapping[str, Decimal] = field(default_factory=dict)


@transaction.atomic
def make_scenario(
    *, framework: Framework, facts: ScenarioFacts, by: Viewer, now: datetime
) -> Scenario:
    """Keep a new scenario."""
    require(access.may_plan, by, framework)
    made = Scenario(framework=framework, made_at=now, made_by_id=by.person_id, sample=by.is_sample)
    _write(made, facts)
    note_audit("make_scenario", made, by=by, now=now, after={"budget": made.budget})
    return made


@transaction.atomic
def change_scenario(
    *, scenario: Scenario, facts: ScenarioFacts, by: Viewer, now: datetime
) -> Scenario:
    """Change what is asked for; runs keep what they were asked."""
    require(access.may_plan, by, scenario)
    before = {"budget": scenario.budget, "years": scenario.years}
    _write(scenario, facts)
    after = {"budget": scenario.budget, "years": scenario.years}
    note_audit("change_scenario", scenario, by=by, now=now, before=before, after=after)
    return scenario


def _write(scenario: Scenario, facts: ScenarioFacts) -> None:
    _check(scenario.framework, facts)
    scenario.name = facts.name.strip()
    scenario.budget = facts.budget
    scenario.currency = facts.currency
    scenario.years = facts.years
    scenario.factors = {code: str(one) for code, one in facts.factors.items() if one != 1}
    scenario.floors = {
        code: {"event": event, "offices": offices}
        for code, (event, offices) in facts.floors.items()
        if event and offices > 0
    }
    scenario.caps = {code: str(one) for code, one in facts.caps.items()}
    scenario.exclusions = sorted(facts.exclusions)
    scenario.values = {code: str(one) for code, one in facts.values.items()}
    scenario.save()


def _check(framework: Framework, facts: ScenarioFacts) -> None:
    """Refuse what no plan could be made of."""
    if facts.budget < 0 or not 0 <= facts.years <= MOST_YEARS:
        raise Refused(_("Budget and years are not below 0, and years at most 20."), "budget")
    if any(factor <= 0 for factor in facts.factors.values()):
        raise Refused(_("A country's factor is above 0. Write 1 where buying costs as elsewhere."))
    events = definition_of(framework).ladder.events
    known = {one.code for one in events}
    named = {*facts.values, *(event for event, _offices in facts.floors.values() if event)}
    if named - known:
        raise Refused(_("The framework has no event %(code)s.") % {"code": min(named - known)})
    latest = Decimal(0)
    for one in events:
        value = facts.values.get(one.code, one.value)
        if value < latest:
            raise Refused(
                _("%(code)s is worth less than the event before it. Values never fall.")
                % {"code": one.code},
                f"value_{one.code}",
            )
        latest = value


@transaction.atomic
def queue_run(*, scenario: Scenario, by: Viewer, now: datetime) -> ScenarioRun:
    """Ask for a plan from what is known now."""
    require(access.may_plan, by, scenario)
    basis = basis_of(scenario, now.date())
    _check_basis(basis)
    return _queue(scenario, basis.to_json(), by, now)


@transaction.atomic
def queue_again(*, run: ScenarioRun, by: Viewer, now: datetime) -> ScenarioRun:
    """Ask once more for what a run was asked: the same assessments, prices and wishes."""
    require(access.may_plan, by, run)
    return _queue(run.scenario, dict(run.basis), by, now)


def _check_basis(basis: Basis) -> None:
    if not basis.assessments:
        raise Refused(_("No office has been scored yet. Score an office, then ask for a plan."))
    if not basis.prices:
        raise Refused(
            ngettext(
                "%(n)d package lacks a price in %(currency)s. Enter prices, then ask for a plan.",
                "%(n)d packages lack a price in %(currency)s. Enter prices, then ask for a plan.",
                len(basis.unpriced),
            )
            % {"n": len(basis.unpriced), "currency": basis.asked["currency"]}
        )


def _queue(
    scenario: Scenario, basis: Mapping[str, object], by: Viewer, now: datetime
) -> ScenarioRun:
    run = ScenarioRun.objects.create(
        scenario=scenario, basis=basis, queued_at=now, queued_by_id=by.person_id,
        sample=scenario.sample or by.is_sample,
    )  # fmt: skip
    enqueue("readiness.run_plan", key=run_key(run), by=by.person_id, run_id=run.pk)
    note_audit("queue_run", run, by=by, now=now)
    return run


def run_key(run: ScenarioRun) -> str:
    """Name the job that solves a run."""
    return f"readiness.run_plan:{run.pk}"


@transaction.atomic
def start_run(*, run: ScenarioRun) -> ScenarioRun:
    """Say that a run is being solved; a second try finds it so."""
    if run.state != RunState.RUNNING:
        check_move(run, RunState.RUNNING)
        run.state = RunState.RUNNING.value
        run.save(update_fields=["state"])
    return run


@transaction.atomic
def keep_plan(*, run: ScenarioRun, solved: Solved, is_changed: bool, now: datetime) -> ScenarioRun:
    """Keep what came out of a run."""
    wanted = ENDS[solved.status]
    check_move(run, wanted)
    run.plan, run.greedy, run.frontier = solved.plan, solved.greedy, solved.frontier
    run.value, run.cost = solved.value, solved.cost
    run.bound, run.gap, run.least_budget = solved.bound, solved.gap, solved.least_budget
    run.plan["is_changed"] = is_changed
    run.state, run.ended_at = wanted.value, now
    run.save()
    note_audit("keep_plan", run, by=None, now=now, after={"state": wanted, "cost": run.cost})
    return run


@transaction.atomic
def fail_run(*, run: ScenarioRun, said: str, now: datetime) -> ScenarioRun:
    """Say that no plan can be made of what is known, and why."""
    check_move(run, RunState.FAILED)
    run.state, run.said, run.ended_at = RunState.FAILED.value, said, now
    run.save(update_fields=["state", "said", "ended_at"])
    note_audit("fail_run", run, by=None, now=now)
    return run
