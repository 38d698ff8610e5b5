"""Tables of connection tests."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.readiness.actions import EnteredRun
from serai.readiness.queries.runs import Carried, RunRow
from serai.readiness.queries.testing import TestedOffice
from serai.readiness.states.fact_words import CARRIED, profile_words
from serai.readiness.states.probing import source_mark

if TYPE_CHECKING:
    from serai.readiness.models import Office

FEWEST_DRAWN, MOST_DRAWN = 2, 40


def offices_table(rows: Iterable[TestedOffice]) -> Table:
    """Return the offices, each leading to its tests."""
    return Table(
        title=_("Offices"),
        columns=[
            Column("office", _("Office"), "link"),
            Column("organisation", _("Organisation")),
            Column("count", _("Tests"), "whole"),
            Column("latest", _("Latest"), "day"),
        ],
        rows=[
            [
                Linked(
                    row.name, reverse("readiness:office_tests", args=[row.public_id]), row.sample
                ),
                row.organisation,
                row.run_count,
                row.latest_at,
            ]
            for row in rows
        ],
    )


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def carried_lines(rows: Iterable[Carried]) -> list[tuple[str, str]]:
    """Return what a line is good enough for: each platform, with its profiles in words."""
    lines: dict[str, list[str]] = {}
    for one in rows:
        said = str(CARRIED[one.level]) % {"profile": profile_words(one.profile)}
        lines.setdefault(one.platform, []).append(said)
    return [(platform, ", ".join(told)) for platform, told in lines.items()]


def runs_chart(rows: Iterable[RunRow]) -> charts.Chart | None:
    """Draw what the latest tests that count carried, oldest first; none below two."""
    counted = [row for row in rows if not row.void_reason]
    shown = sorted(counted, key=lambda row: row.at)[-MOST_DRAWN:]
    if len(shown) < FEWEST_DRAWN:
        return None

    def line(name: str, values: Iterable[float | None]) -> charts.Series:
        return charts.Series(
            name, tuple(charts.Point(n, value) for n, value in enumerate(values, 1))
        )

    return charts.line(
        [
            line(_("Down"), [row.down_mbps for row in shown]),
            line(_("Up"), [row.up_mbps for row in shown]),
        ],
        title=_("What each test carried, Mbit/s"),
        time_title=_("Test, the oldest first"),
        unit=_("Mbit/s"),
    )


def runs_table(rows: Iterable[RunRow], office: "Office") -> Table:
    """Return an office's tests, each leading to its page."""
    return Table(
        title=_("Tests"),
        columns=[
            Column("at", _("When"), "link"),
            Column("state", _("Evidence"), "state"),
            Column("where", _("Where")),
            Column("down", _("Down, Mbit/s"), "decimal"),
            Column("up", _("Up, Mbit/s"), "decimal"),
            Column("rtt", _("Round trip, ms"), "whole"),
            Column("r", _("Voice, R"), "whole"),
        ],
        rows=[
            [
                Linked(
                    f"{row.at:%Y-%m-%d %H:%M}",
                    reverse("readiness:run", args=[row.public_id]),
                    row.sample,
                    _("busy hour") if row.is_busy else "",
                ),
                _state(row),
                row.room or _("The whole office"),
                _round(row.down_mbps),
                _round(row.up_mbps),
                None if row.rtt_ms is None else round(row.rtt_ms),
                None if row.r is None else round(row.r),
            ]
            for row in rows
        ],
        note=_("Times on the office's clock: {zone}.").format(zone=office.time_zone),
    )


def _state(row: RunRow) -> Mark:
    """Return what a test is worth: void before cut short before thin before its source."""
    if row.void_reason:
        return Mark("wrong", _("Does not count"))
    if row.is_cut_short and row.source == "probe":
        return Mark("attention", _("Cut short"))
    if row.is_thin:
        return Mark("attention", _("Thin"))
    return source_mark(row.source)


def preview_table(rows: Iterable[EnteredRun]) -> Table:
    """Return what an import would enter."""
    return Table(
        title=_("What would be entered"),
        columns=[
            Column("at", _("When")),
            Column("tool", _("Tool")),
            Column("down", _("Down, Mbit/s"), "decimal"),
            Column("up", _("Up, Mbit/s"), "decimal"),
            Column("rtt", _("Round trip, ms"), "decimal"),
            Column("jitter", _("Jitter, ms"), "decimal"),
            Column("loss", _("Packets lost, %"), "decimal"),
        ],
        rows=[
            [
                f"{row.at:%Y-%m-%d %H:%M}", row.tool, row.down_mbps, row.up_mbps,
                row.rtt_ms, row.jitter_ms, row.loss_percent,
            ]
            for row in rows
        ],
    )  # fmt: skip
