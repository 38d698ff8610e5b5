"""Events, forecasts and past forecasts as tables."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.calc.readiness.forecast import Colour
from serai.readiness.exports.plans import said
from serai.readiness.queries import DelegationRow, EventRow, ForecastRecord
from serai.readiness.states.event_words import (
    PLAN_B_WORDS,
    ROLE_WORDS,
    Outcome,
    colour_mark,
    delegation_mark,
    outcome_mark,
    short_mark,
)

PERCENT = 100


def events_table(rows: Sequence[EventRow]) -> Table:
    """Return events, one a row, with their delegations by colour."""
    columns = (
        Column("event", _("Event")),
        Column("on", _("Day and hour"), "moment"),
        Column("kind", _("Kind of event")),
        Column("platform", _("Platform")),
        Column("state", _("State"), "state"),
        Column("delegations", _("Delegations"), "whole"),
        *(Column(one.value, short_mark(one).word, "whole") for one in Colour),
    )
    found = [
        (
            Linked(
                said(row.title), reverse("readiness:event", args=[row.public_id]),
                is_sample=row.sample,
            ),
            row.starts_at,
            f"{row.event} {said(row.event_name)}",
            row.platform,
            delegation_mark(row.state),
            row.total,
            *(row.counts[one] for one in Colour),
        )
        for row in rows
    ]  # fmt: skip
    return Table(title=_("Events"), columns=columns, rows=found)


def place_words(row: DelegationRow) -> str:
    """Write an office and its room."""
    return f"{row.office}, {row.room}" if row.room else row.office


def chance_words(row: DelegationRow) -> str:
    """Write the chance of falling short with its interval and its tests."""
    if row.forecast is None:
        return ""
    found = row.forecast.chance
    if not found.run_count:
        return _("No test at this hour of the day")
    return _("%(p)d %% (%(low)d\u2013%(high)d %%), %(short)d of %(runs)d tests fell short") % {
        "p": round(found.p * PERCENT), "low": round(found.low * PERCENT),
        "high": round(found.high * PERCENT), "short": found.short_count,
        "runs": found.run_count,
    }  # fmt: skip


def delegations_table(rows: Sequence[DelegationRow]) -> Table:
    """Return the delegations of an event with their forecasts."""
    columns = (
        Column("place", _("Delegation")),
        Column("country", _("Country")),
        Column("forecast", _("Forecast"), "state"),
        Column("chance", _("Chance of falling short")),
        Column("plan_b", _("Plan B")),
        Column("role", _("Takes part as")),
        Column("seats", _("People"), "whole"),
        Column("state", _("State"), "state"),
    )
    found = [
        (
            Linked(
                place_words(row), reverse("readiness:delegation", args=[row.public_id]),
                is_sample=row.sample,
            ),
            said(row.country),
            short_mark(row.forecast.colour) if row.forecast else colour_mark(None),
            chance_words(row),
            str(PLAN_B_WORDS[row.ways[0]]) if row.ways else "",
            str(ROLE_WORDS[row.role]),
            row.seats,
            outcome_mark(row.outcome) or delegation_mark(row.state),
        )
        for row in rows
    ]  # fmt: skip
    return Table(title=_("Delegations"), columns=columns, rows=found)


def record_table(found: ForecastRecord) -> Table:
    """Return past forecasts beside what came."""
    columns = (
        Column("event", _("Event")),
        Column("on", _("Day and hour"), "moment"),
        Column("office", _("Delegation")),
        Column("forecast", _("Forecast"), "state"),
        Column("p", _("Chance of falling short"), "percent"),
        Column("runs", _("Tests"), "whole"),
        Column("outcome", _("What came"), "state"),
    )
    rows = [
        (
            Linked(
                said(row.title), reverse("readiness:event", args=[row.event_public_id]),
                is_sample=row.sample,
            ),
            row.starts_at,
            row.office,
            short_mark(row.colour),
            round(row.p * PERCENT, 1),
            row.runs,
            outcome_mark(Outcome.FELL_SHORT if row.fell_short else Outcome.WENT_WELL),
        )
        for row in found.rows
    ]  # fmt: skip
    return Table(title=_("Past forecasts"), columns=columns, rows=rows)
