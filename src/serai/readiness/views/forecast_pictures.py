"""Forecasts as pictures and sentences: strips, the table of checks, reasons, ways, the better hour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from serai.base import charts
from serai.base.numbers import plain_number
from serai.base.shown import Mark
from serai.calc.readiness.brier import Brier
from serai.calc.readiness.forecast import AMBER_FROM, FEW_RUNS, RED_FROM, Colour, PlanB
from serai.readiness.exports.events import PERCENT, place_words
from serai.readiness.queries import (
    Band,
    BetterHour,
    DelegationRow,
    EventRow,
    HostCount,
    Kept,
    NoteRow,
)
from serai.readiness.states import DeskNoteKind
from serai.readiness.states.event_words import (
    PLAN_B_STEPS,
    PLAN_B_WORDS,
    TROUBLE_WORDS,
    check_mark,
    colour_mark,
    outcome_mark,
    reason_words,
    short_mark,
    way_word,
)

if TYPE_CHECKING:
    from serai.readiness.models import EventPlan

TONES = {"part": "info"}
MOST_SYMBOLS = 12
SECONDS = 60
MOST_PERCENT = 99.99


@dataclass(frozen=True)
class StripPart:
    """Delegations of one colour: a symbol for each, and the same in words."""

    tone: str
    symbols: str
    words: str


@dataclass(frozen=True)
class WayShown:
    """One way of plan B, the first being the plan."""

    title: str
    steps: str
    note: str = ""


@dataclass(frozen=True)
class NoteShown:
    """One note of the desk in words."""

    row: NoteRow
    kind: str
    said: str


# ---------------------------------------------------------------- an event
def strip_of(row: EventRow) -> list[StripPart]:
    """Return the delegations of an event by colour; those without a forecast last."""
    parts = []
    for colour in Colour:
        if count := row.counts[colour]:
            mark = short_mark(colour)
            tone = TONES.get(mark.tone, mark.tone)
            parts.append(StripPart(tone, _symbols(mark, count), f"{mark.word} {count}"))
    if row.unforecast:
        mark = colour_mark(None)
        words = _("%(n)d without a forecast") % {"n": row.unforecast}
        parts.append(StripPart("", _symbols(mark, row.unforecast), words))
    return parts


def _symbols(mark: Mark, count: int) -> str:
    """Write a symbol for each, as many as fit on a telephone; the number stands beside them."""
    return mark.symbol * min(count, MOST_SYMBOLS) + ("…" if count > MOST_SYMBOLS else "")


def line_mark(found: Kept) -> Mark:
    """Return the mark of what tests say of the line."""
    p = found.chance.p
    if found.chance.run_count < FEW_RUNS:
        return Mark("open", pgettext("line", "too few tests"))
    if p >= RED_FROM:
        return Mark("wrong", pgettext("line", "falls short"))
    if p >= AMBER_FROM:
        return Mark("part", pgettext("line", "may fall short"))
    return Mark("good", pgettext("line", "holds"))


def checks_chart(rows: Sequence[DelegationRow]) -> charts.Chart | None:
    """Return a mark for each delegation and check that is asked of any; None before a forecast."""
    forecast = [(row, row.forecast) for row in rows if row.forecast is not None]
    if not forecast:
        return None
    cells = [dict(_checks(found)) for _row, found in forecast]
    titles = [title for title in _check_titles() if any(title in one for one in cells)]
    marks = [
        charts.MarkRow(
            place_words(row),
            (short_mark(found.colour), *(one.get(title) for title in titles)),
        )
        for (row, found), one in zip(forecast, cells, strict=True)
    ]
    columns = [_("Forecast"), *titles]
    return charts.dot_matrix(
        marks, columns, title=_("Delegations and what was checked"), label_title=_("Delegation")
    )


def better_words(plan: "EventPlan", better: BetterHour | None) -> list[str]:
    """Say which start would suit all delegations best, on the meeting's clock and in UTC."""
    if better is None:
        return []
    said = []
    if better.outside_count:
        said.append(
            ngettext(
                "As planned, the hours are outside 08:00-18:00 in %(n)d capital time zone.",
                "As planned, the hours are outside 08:00-18:00 in %(n)d capital time zones.",
                better.outside_count,
            )
            % {"n": better.outside_count}
        )
    if better.utc_minute is None:
        return [*said, _("No start lies within 08:00-18:00 in every capital.")]
    if not better.is_better:
        return [*said, _("No other start within 08:00-18:00 in every capital looks better.")]
    start = start_at(plan, better.utc_minute)
    hours = {
        "local": f"{start.astimezone(ZoneInfo(plan.meeting.zone)):%H:%M}", "utc": f"{start:%H:%M}",
    }  # fmt: skip
    sums = {"then": plain_number(better.total, 1), "now": plain_number(better.planned_total, 1)}
    return [
        *said,
        _("Best within working hours: start at %(local)s on the meeting's clock, %(utc)s UTC.")
        % hours,
        _("Delegations expected to fall short: %(then)s then, %(now)s as planned.") % sums,
    ]


def start_at(plan: "EventPlan", utc_minute: int) -> datetime:
    """Return a start on the event's day, by its minute in UTC."""
    day = plan.meeting.starts_at.astimezone(UTC).date()
    return datetime.combine(day, time(), UTC) + timedelta(minutes=utc_minute)


def host_words(found: HostCount | None) -> str:
    """Say to a host how many of the others may have trouble, never who."""
    if found is None:
        return ""
    if found.worried is None:
        return _("Beside your own: %(n)d. They are too few for a count of their forecasts.") % {
            "n": found.others
        }
    return _("Beside your own: %(n)d. Of them %(worried)d do not look green.") % {
        "n": found.others, "worried": found.worried,
    }  # fmt: skip


# ---------------------------------------------------------------- a delegation
def reasons_of(row: DelegationRow) -> list[str]:
    """Say why a forecast has its colour, each reason a sentence."""
    found = row.forecast
    if found is None:
        return []
    checks = found.checks
    gates = [
        gate
        for gate, word in (("security", checks.security), ("contingency", checks.contingency))
        if word == "fail"
    ]
    said = [reason_words(one, platform_word=checks.platform, gates=gates) for one in found.reasons]
    return said or [_("Tests, platform, room, microphone and gates all look well.")]


def checks_of(row: DelegationRow) -> list[tuple[str, Mark]]:
    """Return each check that is asked, with its mark."""
    if row.forecast is None:
        return []
    return [*_checks(row.forecast)]


def _check_titles() -> list[str]:
    return [
        pgettext("link", "Line"), _("Platform"), _("Room"), _("Microphone"), _("Security gate"),
        _("Contingency gate"),
    ]  # fmt: skip


def _checks(found: Kept) -> Iterator[tuple[str, Mark]]:
    line, *others = _check_titles()
    yield line, line_mark(found)
    checks = found.checks
    words = (
        checks.platform, checks.room, checks.microphone, checks.security, checks.contingency,
    )  # fmt: skip
    for title, word in zip(others, words, strict=True):
        mark = check_mark(word)
        if mark is not None:
            yield title, mark


def asked_words(row: DelegationRow) -> list[str]:
    """Say what the event asks of the line, and how well the voice is known."""
    found = row.forecast
    if found is None:
        return []
    said = [
        _("The line has to carry %(down)s Mbit/s down and %(up)s Mbit/s up.")
        % {
            "down": plain_number(found.asked.down_mbps, 1),
            "up": plain_number(found.asked.up_mbps, 1),
        }
    ]
    if found.asked.r:
        said.append(_("A voice needs R of %(r)d or more.") % {"r": found.asked.r})
    if found.asked.is_udp_needed:
        said.append(_("The platform needs UDP."))
    if found.r_lowest is not None:
        lowest = {"r": f"{found.r_lowest:.0f}"}
        said.append(
            _("Lowest R of these tests: %(r)s at best, as loss and jitter were not measured.")
            % lowest
            if found.is_r_at_best
            else _("Lowest R of these tests: %(r)s.") % lowest
        )
    return said


def reach_words(row: DelegationRow, plan: "EventPlan") -> list[str]:
    """Say how much of the time the office is reached, and what that makes of this event."""
    if row.forecast is None:
        return []
    found = row.forecast.reach
    if found is None:
        return [_("How often the line fails is not known: the agency has not said it.")]
    minutes = (plan.ends_at - plan.starts_at).total_seconds() / SECONDS
    said = [
        _(
            "By what the agency said of its outages, the line works %(percent)s %% of the time: "
            "it may be away for %(away)s of the %(minutes)d minutes of this event."
        )
        % {
            "percent": _share_words(found.low),
            "away": plain_number((1 - found.low) * minutes, 1),
            "minutes": minutes,
        }
    ]
    if found.high > found.low:
        said.append(
            _("With a second line that fails as seldom as the first one: %(percent)s %%.")
            % {"percent": _share_words(found.high)}
        )
    return said


def _share_words(share: float) -> str:
    """Write a share in percent; what is not always is never written as 100."""
    percent = share * PERCENT
    return plain_number(percent if share == 1 else min(percent, MOST_PERCENT), 2)


def chance_chart(row: DelegationRow) -> charts.Chart | None:
    """Return the chance of falling short between the ends of its interval; None without a test."""
    if row.forecast is None or not row.forecast.chance.run_count:
        return None
    found = row.forecast.chance
    rows = [
        charts.Row(_("Low end"), round(found.low * PERCENT, 1)),
        charts.Row(_("Chance"), round(found.p * PERCENT, 1)),
        charts.Row(_("High end"), round(found.high * PERCENT, 1)),
    ]
    return charts.strip(
        rows, title=_("Chance of falling short"), value_title=_("Chance"), unit="%", high=100
    )


def ways_of(row: DelegationRow, plan: "EventPlan") -> list[WayShown]:
    """Return the ways of plan B in their order."""
    return [
        WayShown(
            str(PLAN_B_WORDS[one]),
            str(PLAN_B_STEPS[one]),
            _hour_note(row, plan) if one is PlanB.BETTER_HOUR else "",
        )
        for one in row.ways
    ]


def _hour_note(row: DelegationRow, plan: "EventPlan") -> str:
    better = row.forecast.better if row.forecast else None
    if better is None or better.utc_minute is None:
        return ""
    start = start_at(plan, better.utc_minute)
    return _("%(utc)s UTC, %(local)s on the office's clock.") % {
        "utc": f"{start:%H:%M}", "local": f"{start.astimezone(ZoneInfo(row.zone)):%H:%M}",
    }  # fmt: skip


def outcome_of(row: DelegationRow) -> tuple[Mark, str] | None:
    """Return how it went with the note; None before the review."""
    mark = outcome_mark(row.outcome)
    return (mark, row.outcome_note) if mark else None


def note_shown(row: NoteRow) -> NoteShown:
    """Return a note of the desk in words."""
    said = []
    if row.is_in is not None:
        said.append(
            pgettext("desk", "connected") if row.is_in else pgettext("desk", "not connected")
        )
    if row.on_plan:
        said.append(way_word(row.on_plan))
    if row.trouble:
        said.append(_("trouble: %(word)s") % {"word": TROUBLE_WORDS[row.trouble]})
    kind = _("Rehearsal") if row.kind is DeskNoteKind.REHEARSAL else _("Desk")
    return NoteShown(row, kind, "; ".join(said))


# ---------------------------------------------------------------- past forecasts
def record_words(score: Brier | None) -> str:
    """Say whether forecasts are worth having."""
    if score is None:
        return ""
    if score.score < score.base_score:
        return _("Forecasts were better than always saying the base rate.")
    return _("Forecasts were no better than always saying the base rate.")


def bands_chart(found: Sequence[Band]) -> charts.Chart:
    """Return for each band of chances how many forecasts it holds and how many fell short."""
    rows = [
        charts.Bar(
            _("%(low)d\u2013%(high)d %% forecast")
            % {"low": round(one.low * PERCENT), "high": round(one.high * PERCENT)},
            one.short_count if one.count else None,
            one.count if one.count else None,
        )
        for one in found
    ]
    return charts.bars(
        rows, title=_("What came of forecasts"), label_title=_("Chance of falling short"),
        value_title=_("Fell short"), total_title=_("Forecasts"),
    )  # fmt: skip
