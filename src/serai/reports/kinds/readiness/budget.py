"""The annex: the best use of a budget: the plan, the greedy list beside it, the frontier."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base import charts
from serai.base.blocks import Block, ColumnKind, Figure, Heading, Number, words
from serai.calc.readiness.problem import NO_EVENT
from serai.readiness.queries.report_plan import LineTold, PlanTold
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.pen import Head, Pen, Said
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER, SHORT = ColumnKind.WORDS, ColumnKind.NUMBER, ColumnKind.SHORT
PERCENT = 100


def budget(pen: Pen, annex: str) -> list[Block]:
    """Write the annex, as far as these readers see the plan."""
    blocks: list[Block] = [
        Heading(1, words(_("Best use of a budget")), key="budget", number=pen.name(annex)),
    ]
    plan = pen.report.plan
    if plan is None:
        return [*blocks, pen.paragraph(_("No plan was solved that these readers may see."))]
    blocks += _whole(pen, plan)
    blocks += _lines(pen, plan)
    blocks += _events(pen, plan)
    blocks += _frontier(pen, plan)
    return blocks


def _number(
    pen: Pen, plan: PlanTold, key: str, value: Decimal | float, formula: str, **more: object
) -> Number:
    trace = Trace(formula, pen.framework, (), (f"plan:{plan.public_id}",))
    return pen.book.number(f"plan/{key}", value, trace, **more)  # type: ignore[arg-type]


def _money(pen: Pen, plan: PlanTold, key: str, value: Decimal | None, formula: str) -> Said:
    if value is None:
        return say.dash()
    return _number(pen, plan, key, round(value), formula, unit=plan.currency)


def _whole(pen: Pen, plan: PlanTold) -> list[Block]:
    """Say budget, cost and value, and what the greedy list would reach; only to who reads it all."""
    if plan.budget is None or plan.value is None:
        return [
            pen.paragraph(_("Told here is what a plan would buy for the offices of this report."))
        ]
    sentence = _(
        "For a budget of %(budget)s over %(years)s years the best plan found costs %(cost)s and "
        "reaches the value %(value)s; it is at most %(gap)s from the best there can be."
    )
    blocks: list[Block] = [
        pen.paragraph(
            sentence,
            budget=_money(pen, plan, "budget", plan.budget, "plan"),
            years=_number(pen, plan, "years", plan.years, "plan"),
            cost=_money(pen, plan, "cost", plan.cost, "cost"),
            value=_number(pen, plan, "value", round(plan.value, 1), "plan", decimals=1),
            gap=_number(
                pen, plan, "gap", round(PERCENT * (plan.gap or 0), 2), "plan", decimals=2, unit="%"
            ),
        )
    ]
    if plan.greedy_value is not None:
        blocks.append(
            pen.paragraph(
                _("Buying by gain for cost, one after another, reaches %(value)s for %(cost)s; "
                  "it does not see what a country can share."),
                value=_number(pen, plan, "greedy/value", round(plan.greedy_value, 1), "plan",
                              decimals=1),
                cost=_money(pen, plan, "greedy/cost", plan.greedy_cost, "cost"),
            )
        )  # fmt: skip
    if plan.unpriced:
        codes = pen.name(", ".join(plan.unpriced))
        blocks.append(pen.paragraph(_("Without a price, so not offered: %(codes)s."), codes=codes))
    return blocks


def _lines(pen: Pen, plan: PlanTold) -> list[Block]:
    if not plan.lines:
        return []
    rows = []
    for place, one in enumerate(plan.lines, 1):
        cells: list[Said] = [
            pen.name(one.place), pen.name(one.name),
            _money(pen, plan, f"line/{place}/cost", one.cost, "cost"),
        ]  # fmt: skip
        if plan.is_whole:
            cells.append(_share(pen, plan, place, one))
        rows.append(pen.row(*cells))
    heads: list[Head] = [
        (_("For"), WORDS, 2), (_("Package"), WORDS, 2), (pgettext("plan", "Cost"), NUMBER),
    ]  # fmt: skip
    if plan.is_whole:
        heads.append((_("Bought by"), NUMBER))
    notes = []
    if plan.is_whole:
        notes.append(
            pen.say(_("Bought by: the share of the frontier's budgets that buy the line."))
        )
    return [pen.table("plan-lines", pen.say(_("What the plan buys")), heads, rows, notes)]


def _share(pen: Pen, plan: PlanTold, place: int, one: LineTold) -> Said:
    if one.chosen_share is None:
        return say.dash()
    value = round(PERCENT * one.chosen_share)
    return _number(pen, plan, f"line/{place}/share", value, "frontier", unit="%")


def _events(pen: Pen, plan: PlanTold) -> list[Block]:
    """Write the event each office hosts today and by the plan."""
    rows = [
        pen.row(
            pen.name(one.place), _event(pen, one.today), _event(pen, one.planned),
        )
        for one in plan.hosts
    ]  # fmt: skip
    if not rows:
        return []
    heads: list[Head] = [
        (pgettext("place", "Office"), WORDS), (_("Hosts today, as the plan counts"), WORDS),
        (_("Hosts by the plan"), WORDS),
    ]  # fmt: skip
    return [pen.table("plan-events", pen.say(_("Events by the plan")), heads, rows)]


def _event(pen: Pen, code: str) -> str:
    return pen.name(say.event_name("" if code == NO_EVENT else code))


def _frontier(pen: Pen, plan: PlanTold) -> list[Block]:
    """Draw value over budget, with each point in a table."""
    points = [one for one in plan.frontier if one.value is not None]
    if not points:
        return []
    line = charts.Series(
        _("Value"), tuple(charts.Point(float(one.budget), float(one.value or 0)) for one in points)
    )
    title = _("Value that each budget reaches")
    budget_title = _("Budget, %(currency)s") % {"currency": plan.currency}
    chart = charts.line([line], title=title, time_title=budget_title)
    trace = Trace("frontier", pen.framework, (), (f"plan:{plan.public_id}",))
    chart = pen.book.figure("figure/frontier", chart, trace)
    rows = []
    for place, one in enumerate(plan.frontier, 1):
        key = f"frontier/{place}"
        value: Said = say.dash()
        if one.value is not None:
            value = _number(pen, plan, f"{key}/value", round(one.value, 1), "frontier", decimals=1)
        rows.append(
            pen.row(
                _money(pen, plan, f"{key}/budget", one.budget, "frontier"), value,
                _money(pen, plan, f"{key}/cost", one.cost, "frontier"),
                _gain(pen, plan, key, one.gain),
            )
        )  # fmt: skip
    heads: list[Head] = [
        (_("Budget"), NUMBER), (_("Value"), NUMBER), (pgettext("plan", "Cost"), NUMBER),
        (_("Gain for each further thousand"), NUMBER),
    ]  # fmt: skip
    figure = Figure(
        chart_svg=chart.svg, narrow_svg=chart.narrow, alt=chart.summary, key="frontier",
        caption=pen.say(title),
    )  # fmt: skip
    return [figure, pen.table("frontier-table", pen.say(_("The same in numbers")), heads, rows)]


def _gain(pen: Pen, plan: PlanTold, key: str, gain: float | None) -> Said:
    if gain is None:
        return say.dash()
    return _number(pen, plan, f"{key}/gain", round(1000 * gain, 2), "frontier", decimals=2)
