"""An office's facts as its test runs measure them, and whether its line is wide enough."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from serai.calc.network import (
    CannotRate,
    LinkFigures,
    LinkRun,
    Need,
    Stream,
    is_busy_hour,
    link_figures,
    need,
    quantile,
    voice,
)
from serai.calc.readiness.facts import Fact, FactKey, Grade, Keys, OfficeFacts, Scope, Value
from serai.readiness.models import Office, ProbeRun
from serai.readiness.queries.answers import OfficeAnswers
from serai.readiness.states import RunSource, UdpPath

SOURCE_RUNS = 12
HIGH_SHARE = 0.95
PERCENT = 100.0
UDP_FACT = {UdpPath.OPEN: "open", UdpPath.BLOCKED: "blocked"}
# Microsoft, "Prepare your network for Teams" (2022), recommended, kbit/s: a room's picture and
# one voice for each person at a seat; docs/readiness/assessment.md says why these.
ROOM_UP_KBPS, ROOM_DOWN_KBPS, VOICE_KBPS = 2500, 4000, 58


@dataclass(frozen=True)
class Measured:
    """What runs of an office show.

    Attributes:
        runs: those that count, oldest first.
        figures: over them, by the office's own clock.
    """

    runs: tuple[ProbeRun, ...]
    figures: LinkFigures
    zone: ZoneInfo

    def _busy(self) -> list[ProbeRun]:
        busy = [run for run in self.runs if is_busy_hour(run.at.astimezone(self.zone))]
        return busy or list(self.runs)

    def high(self, name: str, factor: float = 1.0) -> float | None:
        """Return the 95th percentile of a field over busy hours; None where no run has it."""
        found = [
            factor * value for run in self._busy() if (value := getattr(run, name)) is not None
        ]
        return quantile(found, HIGH_SHARE) if found else None

    @property
    def udp(self) -> str | None:
        """Return what the latest run that tried says of UDP."""
        tried = [UDP_FACT[UdpPath(run.udp)] for run in self.runs if run.udp in UDP_FACT]
        return tried[-1] if tried else None

    @property
    def source(self) -> str:
        """Name the runs, the newest first, as many as there is room for."""
        numbers = [run.public_id for run in reversed(self.runs)][:SOURCE_RUNS]
        return f"runs:{','.join(numbers)}"


def measured(
    office: Office, *, source: RunSource = RunSource.PROBE, since: date | None = None
) -> Measured:
    """Return what the runs of one source show; one query.

    Args:
        office: whose.
        source: of the runs.
        since: the day on which the line was changed: runs of later days alone tell what it
            carries now, where there are any.
    """
    rows = ProbeRun.objects.filter(office=office, source=source, void=None).defer("series")
    return measured_of(office, rows.order_by("at", "id"), since=since)


def measured_of(office: Office, rows: Iterable[ProbeRun], *, since: date | None = None) -> Measured:
    """Return what some runs of an office show, given oldest first; `since` as in `measured`."""
    zone = ZoneInfo(office.time_zone)
    runs = tuple(rows)
    if since is not None:
        runs = tuple(run for run in runs if run.at.astimezone(zone).date() > since) or runs
    return Measured(runs, link_figures([_link_run(run, zone) for run in runs]), zone)


def _link_run(run: ProbeRun, zone: ZoneInfo) -> LinkRun:
    is_thin = run.is_thin or run.is_cut_short
    down, up = run.down_tail_mbps, run.up_tail_mbps
    return LinkRun(run.at.astimezone(zone), down, up, _voice_r(run), is_thin)


def _voice_r(run: ProbeRun) -> float | None:
    """Rate a voice from a run's delay, jitter and losses; None where delay was not measured."""
    rtt = run.rtt_p95_ms if run.rtt_p95_ms is not None else run.rtt_ms
    if rtt is None:
        return None
    lost = PERCENT * ((run.loss_share or 0) + (run.late_share or 0))
    try:
        return voice(rtt, run.jitter_p95_ms or 0, min(PERCENT, lost), run.burst_ratio or 1).rating.r
    except CannotRate:
        return None


def measured_facts(found: Measured, keys: Keys) -> Iterator[Fact]:
    """Yield the facts that runs measure; nothing without a run."""
    if not found.runs:
        return
    figures = found.figures
    values: dict[str, Value | None] = {
        "link.down_p5": figures.down_mbps.p5.value if figures.down_mbps else None,
        "link.up_p5": figures.up_mbps.p5.value if figures.up_mbps else None,
        "link.voice_r_p5": figures.r.p5.value if figures.r else None,
        "link.loss_percent": found.high("loss_share", PERCENT),
        "link.jitter_ms": found.high("jitter_p95_ms"),
        "link.rtt_ms": found.high("rtt_ms"),
        "link.udp_policy": found.udp,
        "link.busy_runs": float(figures.busy_runs),
    }
    for name, value in values.items():
        if name in keys and value is not None:
            yield _fact(keys[name], value, found, Grade.MEASURED)


def _fact(key: FactKey, value: Value, found: Measured, grade: Grade, room: str = "") -> Fact:
    return Fact(
        key.key,
        round(value, 3) if isinstance(value, float) else value,
        grade,
        key.scope,
        room,
        key.unit,
        known_on=found.runs[-1].at.astimezone(found.zone).date(),
        is_thin=bool(found.figures.thin) and key.is_link,
        source=found.source,
    )


def told_facts(found: Measured, keys: Keys) -> Iterator[Fact]:
    """Yield what other tools' results say, as declared."""
    for fact in measured_facts(found, keys):
        if fact.key != "link.busy_runs":
            yield Fact(
                fact.key, fact.value, Grade.DECLARED, fact.scope, fact.room, fact.unit,
                fact.known_on, source=fact.source,
            )  # fmt: skip


def room_need(people_at_once: int) -> Need:
    """Say what a room in a meeting and the people at their seats need of the line."""
    return need(
        [
            Stream("room", 1, ROOM_UP_KBPS, ROOM_DOWN_KBPS),
            Stream("seats", people_at_once, VOICE_KBPS, VOICE_KBPS),
        ]
    )


def with_sizing(office: OfficeFacts, answers: OfficeAnswers, keys: Keys) -> OfficeFacts:
    """Add to each room how wide the line is against its need, by the rates that are believed.

    Args:
        office: aged and believed; rates not known leave the ratio missing.
        answers: with the people at once; not known, nothing is said.
        keys: all fact keys.
    """
    key = keys.get("link.sizing_ratio")
    rates = [office.facts.get(name) for name in ("link.down_p5", "link.up_p5")]
    down, up = rates
    if key is None or answers.people_at_once is None or down is None or up is None:
        return office
    if not (down.is_known and up.is_known):
        return office
    wanted = room_need(answers.people_at_once)
    ratio = min(_rate(down) / wanted.down_mbps, _rate(up) / wanted.up_mbps)
    worse = min((down, up), key=lambda one: one.grade is Grade.MEASURED)
    fact = replace(
        worse, key=key.key, value=round(ratio, 3), scope=Scope.ROOM, unit=key.unit,
        is_thin=down.is_thin or up.is_thin, is_stale=down.is_stale or up.is_stale,
    )  # fmt: skip
    rooms = {
        room: {**facts, key.key: replace(fact, room=room)} for room, facts in office.rooms.items()
    }
    return replace(office, rooms=rooms)


def _rate(fact: Fact) -> float:
    return float(fact.value or 0)
