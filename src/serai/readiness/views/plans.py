"""Plans of a budget: scenarios, their runs, one run with what stands beside it."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.jobs import job_shown
from serai.base.lists import download, kept_query, page_of
from serai.base.numbers import plain_number
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Figure, JobShown
from serai.readiness import access, actions, queries
from serai.readiness.actions import Refused, ScenarioFacts
from serai.readiness.exports import plans as exports
from serai.readiness.forms.planning import ScenarioForm
from serai.readiness.states import RunState
from serai.readiness.states.plan_words import run_mark
from serai.readiness.views.pages import crumbs, form_page, plans_step

if TYPE_CHECKING:
    from serai.readiness.models import Framework, Scenario, ScenarioRun

DEFAULT_FLOOR = "E3"
DEFAULT_YEARS = 3


@guard(may=access.may_open_plans)
def plans(request: ServedRequest) -> HttpResponseBase:
    """List the scenarios of whoever plans, and the plans in which one's own offices stand."""
    may_plan = access.may_see_agencies(request.viewer)
    if may_plan:
        rows = queries.scenarios(request.viewer)
        table, is_sample = exports.scenarios_table(rows), any(row.sample for row in rows)
    else:
        own = queries.own_runs(request.viewer)
        table = exports.runs_table(own, with_cost=False)
        is_sample = any(row.sample for row in own)
    if found := download(request, table, "plans"):
        return found
    page = page_of(request, table.rows)
    return render_page(
        request,
        "readiness/plans.html",
        {
            "table": replace(table, rows=list(page.object_list)) if table.rows else None,
            "page": page,
            "query": kept_query(request),
            "may_plan": may_plan,
            "crumbs": crumbs(title=_("Plans")),
            "sample": is_sample,
        },
    )


# ---------------------------------------------------------------- scenarios
@guard(may=access.may_plan, load=queries.framework_to_plan, methods=("GET", "POST"))
def make_scenario(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Make a scenario."""
    choices = queries.plan_choices(found)
    initial: dict[str, object] = {"years": DEFAULT_YEARS, "currency": "USD"}
    if DEFAULT_FLOOR in {code for code, _name, _value in choices.events}:
        for place in choices.places:
            initial |= {f"floor_{place.iso3}": DEFAULT_FLOOR, f"hosts_{place.iso3}": 1}
    form = _form(request, choices, initial)
    page = FormPage(
        title=_("Make a scenario"), verb=_("Save"), back=reverse("readiness:plans"),
        done=_("It is saved. Ask for a plan when it says what you want."),
        crumbs=crumbs(plans_step(), title=_("Make a scenario")),
    )  # fmt: skip
    return form_page(
        request,
        form,
        page,
        lambda: actions.make_scenario(
            framework=found, facts=_facts(form), by=request.viewer, now=request.now
        ),
        leads_to=lambda made: reverse("readiness:scenario", args=[made.public_id]),
        template="readiness/scenario_form.html",
    )


@guard(may=access.may_plan, load=queries.scenario, methods=("GET", "POST"))
def change_scenario(request: ServedRequest, found: "Scenario") -> HttpResponse:
    """Change what a scenario asks."""
    form = _form(request, queries.plan_choices(found.framework), _initial(found))
    back = reverse("readiness:scenario", args=[found.public_id])
    page = FormPage(
        title=_("Change the scenario"), verb=_("Save"), back=back, done=_("It is saved."),
        crumbs=crumbs(plans_step(), (found.name, back), title=_("Change")), sample=found.sample,
    )  # fmt: skip
    return form_page(
        request,
        form,
        page,
        lambda: actions.change_scenario(
            scenario=found, facts=_facts(form), by=request.viewer, now=request.now
        ),
        template="readiness/scenario_form.html",
    )


def _form(
    request: ServedRequest, choices: queries.PlanChoices, initial: dict[str, object]
) -> ScenarioForm:
    said = exports.said
    return ScenarioForm(
        typed(request),
        countries=[(one.iso3, said(one.name)) for one in choices.places],
        offices=[pair for one in choices.places for pair in one.offices],
        packages=[(code, said(name)) for code, name in choices.packages],
        events=[(code, said(name), value) for code, name, value in choices.events],
        initial=initial,
    )


def _initial(found: "Scenario") -> dict[str, object]:
    """Return what a scenario asks as its form shows it."""
    initial: dict[str, Any] = {
        "name": found.name, "budget": found.budget, "currency": found.currency,
        "years": found.years, "packages": found.exclusions, "offices": found.exclusions,
    }  # fmt: skip
    for code, one in found.floors.items():
        initial |= {f"floor_{code}": one["event"], f"hosts_{code}": one["offices"]}
    initial |= {f"factor_{code}": Decimal(one) for code, one in found.factors.items()}
    initial |= {f"cap_{code}": Decimal(one) for code, one in found.caps.items()}
    return initial | {f"value_{code}": Decimal(one) for code, one in found.values.items()}


def _facts(form: ScenarioForm) -> ScenarioFacts:
    given = form.cleaned_data
    return ScenarioFacts(
        name=given["name"], budget=given["budget"], currency=given["currency"],
        years=given["years"], factors=form.by_country("factor"), floors=form.floors(),
        caps=form.by_country("cap"), exclusions=form.left_out(), values=form.values(),
    )  # fmt: skip


@guard(may=access.may_plan, load=queries.scenario)
def scenario(request: ServedRequest, found: "Scenario") -> HttpResponse:
    """Show what a scenario asks, and its runs."""
    runs = queries.runs_of(found)
    choices = queries.plan_choices(found.framework)
    places = {one.iso3: exports.said(one.name) for one in choices.places}
    codes = sorted({*found.floors, *found.factors, *found.caps})
    return render_page(
        request,
        "readiness/scenario.html",
        {
            "found": found,
            "runs": exports.runs_table(runs) if runs else None,
            "by_country": [
                (
                    places.get(code, code),
                    found.floors.get(code),
                    found.factors.get(code),
                    found.caps.get(code),
                )
                for code in codes
            ],
            "left_out": _left_out(found, choices),
            "worth": [
                (code, exports.said(name), found.values.get(code, value))
                for code, name, value in choices.events
            ],
            "crumbs": crumbs(plans_step(), title=found.name),
            "sample": found.sample,
        },
    )


def _left_out(found: "Scenario", choices: queries.PlanChoices) -> list[str]:
    names = {code: exports.said(name) for code, name in choices.packages}
    names |= dict(pair for one in choices.places for pair in one.offices)
    return [names.get(code, code) for code in found.exclusions]


@guard(may=access.may_plan, load=queries.scenario, methods=("POST",))
def queue_run(request: ServedRequest, found: "Scenario") -> HttpResponse:
    """Ask for a plan."""
    try:
        made = actions.queue_run(scenario=found, by=request.viewer, now=request.now)
    except Refused as error:
        return refused(request, str(error), reverse("readiness:scenario", args=[found.public_id]))
    return redirect_with(request, reverse("readiness:plan", args=[made.public_id]))


@guard(may=access.may_plan, load=queries.plan_run, methods=("POST",))
def queue_again(request: ServedRequest, found: "ScenarioRun") -> HttpResponse:
    """Ask for the same once more."""
    made = actions.queue_again(run=found, by=request.viewer, now=request.now)
    return redirect_with(request, reverse("readiness:plan", args=[made.public_id]))


# ---------------------------------------------------------------- runs
@guard(may=access.may_see_plan, load=queries.plan_run)
def plan(request: ServedRequest, found: "ScenarioRun") -> HttpResponseBase:
    """Show one run: what to buy, beside the simple list, and what each budget buys."""
    page = queries.plan_page(request.viewer, found)
    wants_frontier = request.GET.get("of") == "frontier" and page.is_whole
    table = exports.frontier_table(page) if wants_frontier else exports.lines_table(page)
    if file := download(request, table, "frontier" if wants_frontier else "plan"):
        return file
    steps = [plans_step()]
    if page.is_whole:
        address = reverse("readiness:scenario", args=[found.scenario.public_id])
        steps.append((found.scenario.name, address))
    return render_page(
        request,
        "readiness/plan.html",
        {
            "found": found,
            "shown": page,
            "name": found.scenario.name if page.is_whole else exports.plan_name(found.queued_at),
            "mark": run_mark(found.state),
            "job": None if queries.is_ended(found) else _job(request, found),
            "sentences": sentences(found, page),
            "figures": figures(found, page) if page.is_whole else None,
            "plan": exports.plan_table(page) if found.value is not None else None,
            "without_count": len(page.offices) - len(exports.bought_for(page))
            if page.is_whole
            else 0,
            "chart": frontier_chart(page) if page.frontier else None,
            "firmness": exports.firmness_table(page) if page.chosen else None,
            "crumbs": crumbs(*steps, title=_("Plan")),
            "sample": found.sample,
        },
        part="serai/components/_job.html" if not queries.is_ended(found) else None,
    )


def _job(request: ServedRequest, found: "ScenarioRun") -> JobShown | None:
    asked = request.GET.get("asked", "")
    return job_shown(
        actions.run_key(found),
        address=reverse("readiness:plan", args=[found.public_id]),
        now=request.now,
        asked_count=int(asked) if asked.isdigit() else 0,
    )


def figures(found: "ScenarioRun", page: queries.PlanPage) -> list[Figure] | None:
    """Return the plan's value and cost beside those of the simple list."""
    if found.value is None:
        return None
    shown = [
        Figure(plain_number(found.value), _("value of the plan")),
        Figure(_money(found.cost, page.currency), _("cost of the plan")),
    ]
    if page.greedy_value is not None:
        shown += [
            Figure(plain_number(page.greedy_value), _("value of the simple list")),
            Figure(_money(page.greedy_cost, page.currency), _("cost of the simple list")),
        ]
    return shown


def _money(amount: Decimal | None, currency: str) -> str:
    return f"{plain_number(amount or Decimal(0), 0)} {currency}"


def sentences(found: "ScenarioRun", page: queries.PlanPage) -> list[str]:
    """Say in words how a run came out."""
    told: list[str] = []
    if not page.is_whole:
        return [_("You see what is planned for your own offices. The rest is the secretariat's.")]
    if found.state == RunState.FAILED:
        told.append(found.said)
    if found.state == RunState.INFEASIBLE:
        told.append(_impossible(found, page))
    if found.state == RunState.TIMED_OUT and found.value is None:
        told.append(_("The time ran out before any plan was found. Ask for fewer conditions."))
    elif found.value is not None:
        told.append(_how_good(found))
    if page.greedy_status == "infeasible":
        told.append(_("The simple list does not meet the least that countries shall have."))
    if page.is_changed:
        told.append(_("Facts have changed since this was asked, so it counts with the new ones."))
    return told


def _impossible(found: "ScenarioRun", page: queries.PlanPage) -> str:
    if found.least_budget is None:
        return _(
            "No budget meets what countries shall have at least. Ask for less of them, or let more be bought."
        )
    return _(
        "%(budget)s do not meet what countries shall have at least. The least that does: %(least)s."
    ) % {
        "budget": _money(page.budget, page.currency),
        "least": _money(found.least_budget, page.currency),
    }


def _how_good(found: "ScenarioRun") -> str:
    value = plain_number(found.value or Decimal(0))
    if found.state == RunState.TIMED_OUT:
        return _(
            "The time ran out: this is the best plan found. No plan is worth more than %(bound)s; this one is worth %(value)s, %(gap)s %% less at most."
        ) % {
            "bound": plain_number(found.bound or 0.0, 2), "value": value, "gap": plain_number(100 * (found.gap or 0.0), 2),
        }  # fmt: skip
    return _("Nothing of more value can be bought for this budget, and nothing as good for less.")


def frontier_chart(page: queries.PlanPage) -> charts.Chart:
    """Draw the value that each budget buys, in thousands."""
    points = tuple(
        charts.Point(float(one.budget) / 1000, float(one.value) if one.value is not None else None)
        for one in page.frontier
    )
    drawn = charts.line(
        [charts.Series(_("value"), points)], title=_("Value by budget, in thousands")
    )
    return replace(drawn, table=exports.frontier_table(page))


def refused(request: ServedRequest, sentence: str, back: str) -> HttpResponse:
    """Say why something cannot be done, with the way back."""
    return render_page(
        request,
        "readiness/refused.html",
        {"sentence": sentence, "back": back, "crumbs": crumbs(title=_("This cannot be done"))},
        status=422,
    )
