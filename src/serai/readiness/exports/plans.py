"""Scenarios, plans and frontiers as tables."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.days import plain_day
from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.base.text import TranslatedText
from serai.readiness.queries import OfficeInPlan, PlanLine, PlanPage, RunRow, ScenarioRow
from serai.readiness.states.plan_words import event_word, run_mark

PERCENT = 100


def said(text: TranslatedText) -> str:
    """Write a text plainly in the page's language."""
    return text.pick(get_language() or "en")[0]


def plan_name(asked_at: datetime) -> str:
    """Name a plan by its day, for those who read their own lines alone."""
    return _("Plan of %(day)s") % {"day": plain_day(asked_at)}


def scenarios_table(rows: Sequence[ScenarioRow]) -> Table:
    """Return the scenarios with what came of the latest run."""
    columns = (
        Column("name", _("Scenario")),
        Column("budget", _("Budget"), "money"),
        Column("currency", _("Currency")),
        Column("years", _("Years"), "whole"),
        Column("state", _("Latest plan"), "state"),
        Column("value", pgettext("plan", "Value"), "number"),
        Column("cost", _("Cost"), "money"),
    )
    found = [
        (
            Linked(
                row.name, reverse("readiness:scenario", args=[row.public_id]), is_sample=row.sample
            ),
            row.budget,
            row.currency,
            row.years,
            run_mark(row.state) if row.state else _("not asked yet"),
            row.value,
            row.cost,
        )
        for row in rows
    ]
    return Table(title=_("Scenarios"), columns=columns, rows=found)


def runs_table(rows: Sequence[RunRow], *, with_cost: bool = True) -> Table:
    """Return the runs of a scenario, or those in which one's own offices stand."""
    columns = [
        Column("name", _("Plan")),
        Column("asked", _("Asked on")),
        Column("state", _("State"), "state"),
    ]
    if with_cost:
        columns += [
            Column("budget", _("Budget"), "money"),
            Column("currency", _("Currency")),
            Column("value", pgettext("plan", "Value"), "number"),
            Column("cost", _("Cost"), "money"),
        ]
    found: list[list[object]] = []
    for row in rows:
        address = reverse("readiness:plan", args=[row.public_id])
        cells: list[object] = [
            Linked(row.name or plan_name(row.queued_at), address, is_sample=row.sample),
            plain_day(row.queued_at),
            run_mark(row.state),
        ]
        if with_cost:
            cells += [row.budget, row.currency, row.value, row.cost]
        found.append(cells)
    return Table(title=_("Plans"), columns=columns, rows=found)


def plan_table(page: PlanPage) -> Table:
    """Return each office with what the plan buys, beside the greedy list.

    Who sees all sees the offices for which something is bought; the others see all their own.
    """
    columns = [
        Column("country", _("Country")),
        Column("office", pgettext("place", "Office")),
        Column("today", _("Hosts today")),
        Column("planned", _("Hosts with the plan")),
        Column("bought", _("To buy")),
        Column("cost", _("Cost, %(currency)s") % {"currency": page.currency}, "money"),
    ]
    if page.is_whole:
        columns += [
            Column("by_greedy", _("Hosts by the simple list")),
            Column("bought_by_greedy", _("To buy by the simple list")),
        ]
    offices = bought_for(page) if page.is_whole else page.offices
    rows: list[list[object]] = [_office_cells(page, one) for one in offices]
    rows += [_shared_cells(page, one) for one in page.shared]
    return Table(title=_("What to buy"), columns=columns, rows=rows)


def bought_for(page: PlanPage) -> list[OfficeInPlan]:
    """Return the offices for which the plan or the greedy list buys something."""
    return [one for one in page.offices if one.bought or one.bought_by_greedy]


def _office_cells(page: PlanPage, one: OfficeInPlan) -> list[object]:
    cells: list[object] = [
        said(one.country_name), one.name, event_word(one.today), event_word(one.planned),
        _named(one.bought), one.cost,
    ]  # fmt: skip
    if page.is_whole:
        cells += [event_word(one.by_greedy), _named(one.bought_by_greedy)]
    return cells


def _shared_cells(page: PlanPage, one: PlanLine) -> list[object]:
    cells: list[object] = [
        said(one.country_name), _("all offices"), "", "", said(one.package_name), one.cost,
    ]  # fmt: skip
    return cells + ["", ""] if page.is_whole else cells


def _named(lines: Sequence[PlanLine]) -> str:
    return ", ".join(said(one.package_name) for one in lines) or _("nothing")


def lines_table(page: PlanPage) -> Table:
    """Return one row a line, with its codes: the plan as a file."""
    columns = (
        Column("country", _("Country")),
        Column("office", pgettext("place", "Office")),
        Column("package", _("Package")),
        Column("package_name", _("Name")),
        Column("cost", _("Cost"), "money"),
        Column("currency", _("Currency")),
        Column("planned", _("Hosts with the plan")),
    )
    rows: list[tuple[object, ...]] = []
    for office in page.offices:
        event = event_word(office.planned)
        rows += [_line_cells(page, one, event) for one in office.bought]
        if not office.bought:
            country = said(office.country_name)
            rows.append((country, office.name, "", "", None, page.currency, event))
    rows += [_line_cells(page, one, "") for one in page.shared]
    return Table(title=_("Plan"), columns=columns, rows=rows)


def _line_cells(page: PlanPage, one: PlanLine, event: str) -> tuple[object, ...]:
    return (
        said(one.country_name), one.office_name or _("all offices"), one.package,
        said(one.package_name), one.cost, page.currency, event,
    )  # fmt: skip


def frontier_table(page: PlanPage) -> Table:
    """Return what each budget buys."""
    columns = (
        Column("budget", _("Budget, %(currency)s") % {"currency": page.currency}, "money"),
        Column("value", pgettext("plan", "Value"), "number"),
        Column("cost", _("Cost"), "money"),
        Column("gain", _("Gain for 1,000 more"), "decimal"),
    )
    rows = [
        (
            one.budget,
            one.value if one.value is not None else _("no plan"),
            one.cost,
            one.gain * 1000 if one.gain is not None else None,
        )
        for one in page.frontier
    ]
    return Table(title=_("What each budget buys"), columns=columns, rows=rows)


def firmness_table(page: PlanPage) -> Table:
    """Return how firmly each line of the plan is chosen along the budgets."""
    columns = (
        Column("line", _("Line")),
        Column("where", _("For")),
        Column("share", _("Bought at so many of the budgets"), "percent"),
    )
    rows = [
        (
            said(one.package_name),
            one.office_name or said(one.country_name),
            round(one.chosen_share * PERCENT) if one.chosen_share is not None else None,
        )
        for one in page.chosen
    ]
    return Table(title=_("How firm each line is"), columns=columns, rows=rows)
