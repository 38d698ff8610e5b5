"""Deliveries as tables."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.numbers import plain_number
from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.calc.network.change import Change
from serai.calc.readiness.effects import EffectSeen
from serai.readiness.exports.offices import fact_name, number_words
from serai.readiness.exports.plans import said
from serai.readiness.queries import LineChange, ProvisionRow
from serai.readiness.states.plan_words import (
    changed_mark,
    promise_mark,
    provision_mark,
    value_words,
)


def provisions_table(rows: Sequence[ProvisionRow]) -> Table:
    """Return deliveries, one a row."""
    columns = (
        Column("package", _("What")),
        Column("country", _("Country")),
        Column("office", pgettext("place", "Office")),
        Column("state", _("State"), "state"),
        Column("due_on", _("Due"), "day"),
    )
    found = [
        (
            Linked(
                said(row.package_name),
                reverse("readiness:delivery", args=[row.public_id]),
                is_sample=row.sample,
            ),
            said(row.country),
            row.office or _("all offices"),
            provision_mark(row.state),
            row.due_on,
        )
        for row in rows
    ]
    return Table(title=_("Deliveries"), columns=columns, rows=found)


def promises_table(rows: Sequence[EffectSeen], units: Mapping[str, str]) -> Table:
    """Return what a package guarantees, with what is seen of it; `units` by fact."""
    columns = (
        Column("fact", _("Fact")),
        Column("need", _("Promised")),
        Column("have", _("Seen")),
        Column("verdict", _("Result"), "state"),
    )
    found = [
        (
            fact_name(row.fact, ""),
            held_words(row.need, units.get(row.fact, "")),
            held_words(row.have, units.get(row.fact, "")),
            promise_mark(row.verdict),
        )
        for row in rows
    ]
    return Table(title=_("What was promised"), columns=columns, rows=found)


def held_words(value: object, unit: str) -> str:
    """Write a value with its unit, a choice in words; nothing where it is not known."""
    if value is None:
        return ""
    return value_words(value) if isinstance(value, str) else number_words(value, unit) or ""


def changes_table(rows: Sequence[LineChange]) -> Table:
    """Return a line's figures before and after."""
    columns = (
        Column("figure", _("Figure")),
        Column("verdict", _("Change"), "state"),
        Column("difference", _("Difference of medians"), "decimal"),
        Column("interval", _("90 % interval")),
        Column("before", _("Tests before")),
        Column("after", _("Tests after")),
    )
    names = {
        "down_tail_mbps": _("Download, Mbit/s"),
        "up_tail_mbps": _("Upload, Mbit/s"),
        "rtt_ms": _("Round trip, ms"),
    }
    found = [
        (
            names[row.figure],
            changed_mark(row.change.verdict),
            None if row.change.difference is None else round(row.change.difference, 1),
            _interval(row.change),
            _counted(row.change.before.runs, row.change.before.days),
            _counted(row.change.after.runs, row.change.after.days),
        )
        for row in rows
    ]
    return Table(title=_("The line before and after"), columns=columns, rows=found)


def _interval(change: Change) -> str:
    if change.low is None or change.high is None:
        return _("too few tests: 5 on 2 days are needed on each side")
    low, high = (plain_number(edge, 1) for edge in (change.low, change.high))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _counted(runs: int, days: int) -> str:
    return _("%(runs)d, on %(days)d days") % {"runs": runs, "days": days}
