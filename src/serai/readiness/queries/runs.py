"""What connection tests say of an office: run by run, and summed up for scoring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from serai.base.access import NotFound, Viewer
from serai.calc.network import (
    TELLING_LOSS_SHARE,
    CannotRate,
    LinkFigures,
    LinkRun,
    LinkThin,
    Satisfaction,
    Tier,
    distance_km,
    highest_sustained,
    is_busy_hour,
    link_figures,
    quantile,
    read_tiers,
    voice,
)
from serai.readiness import access
from serai.readiness.models import Office, ProbePoint, ProbeRun, TierTable
from serai.readiness.states import EditionState, RunSource, UdpPath


@dataclass(frozen=True)
class RunRow:
    """One test as it is shown.

    Attributes:
        at: by the office's own clock.
        r: rating of a voice; None where no round trip is known.
        is_r_at_best: nothing told of loss and jitter.
        is_upper_bound: so much was lost that true delays are at most those shown.
        void_reason: why it does not count; "" where it does.
    """

    public_id: str
    at: datetime
    source: str
    tool: str
    room: str
    point: str
    is_wired: bool | None
    down_mbps: float | None
    up_mbps: float | None
    rtt_ms: float | None
    rtt_loaded_ms: float | None
    jitter_ms: float | None
    loss_percent: float | None
    late_percent: float | None
    burst_ratio: float | None
    is_upper_bound: bool
    r: float | None
    satisfaction: Satisfaction | None
    is_r_at_best: bool
    udp: str
    is_busy: bool
    is_thin: bool
    is_cut_short: bool
    distance_km: float | None
    void_reason: str
    sample: bool


@dataclass(frozen=True)
class Link:
    """What the tests of one office come to, for scoring.

    Attributes:
        figures: p5 of down, up and R over busy hours; fewer than 20 runs give "lowest of n".
        loss_percent, jitter_ms, rtt_ms: p95 over the same runs; None where no test told.
        udp: the worst that a run in busy hours found; "not tried" says nothing.
        is_voice_thin: no run told of loss and jitter, so R is at best.
        latest_at: of the runs that count.
    """

    figures: LinkFigures
    loss_percent: float | None
    jitter_ms: float | None
    rtt_ms: float | None
    udp: str
    is_voice_thin: bool
    latest_at: datetime | None

    @property
    def thin(self) -> tuple[LinkThin, ...]:
        """Return why the rates are thin evidence; empty where they are not."""
        return self.figures.thin


@dataclass(frozen=True)
class Carried:
    """What a line is good enough for: one profile of one platform, at its highest level."""

    platform: str
    profile: str
    level: str


UDP_WORST_FIRST = (UdpPath.BLOCKED, UdpPath.NOT_MEASURABLE, UdpPath.OPEN)


def km_to_point(office: Office, point: ProbePoint) -> float | None:
    """Return how far an office is from a point; None where either's place is not known."""
    places = (office.latitude, office.longitude, point.latitude, point.longitude)
    if None in places:
        return None
    north, east, north_there, east_there = (float(one or 0) for one in places)
    return round(distance_km((north, east), (north_there, east_there)), 1)


def runs(viewer: Viewer, office: Office) -> list[RunRow]:
    """Return an office's tests, newest first; nothing of an office whose tests are not the viewer's."""
    return [_shown(run, office) for run in reversed(_runs(viewer, office))]


def run(viewer: Viewer, public_id: str) -> ProbeRun:
    """Return a test.

    Raises:
        NotFound: there is none that the viewer may read.
    """
    found = (
        ProbeRun.objects.filter(public_id=public_id)
        .select_related(
            "office__organisation__member", "office__initiative", "room", "point", "void"
        )
        .first()
    )
    if found is None or not access.may_see_runs(viewer, found.office):
        raise NotFound(public_id)
    return found


def run_row(viewer: Viewer, found: ProbeRun) -> RunRow:
    """Return a test as it is shown.

    Raises:
        NotFound: the viewer may not read it.
    """
    if not access.may_see_runs(viewer, found.office):
        raise NotFound(found.public_id)
    return _shown(found, found.office)


def link(
    viewer: Viewer,
    office: Office,
    *,
    sources: Iterable[RunSource] = (RunSource.PROBE,),
    since: datetime | None = None,
) -> Link:
    """Sum up the tests that count, for scoring.

    Args:
        viewer: who looks; of what they may not read nothing is counted.
        office: whose line.
        sources: measured runs unless told otherwise; entered and imported ones are declared.
        since: earlier ones are left out.
    """
    wanted = {source.value for source in sources}
    counted = [
        row
        for one in _runs(viewer, office)
        if one.source in wanted and (since is None or one.at >= since)
        for row in [_shown(one, office)]
        if not row.void_reason
    ]
    found = link_figures(
        [LinkRun(row.at, row.down_mbps, row.up_mbps, row.r, row.is_thin) for row in counted]
    )
    told = [row for row in counted if row.is_busy] or counted
    return Link(
        figures=found,
        loss_percent=_high(row.loss_percent for row in told),
        jitter_ms=_high(row.jitter_ms for row in told),
        rtt_ms=_high(row.rtt_ms for row in told),
        udp=_udp(told),
        is_voice_thin=all(row.is_r_at_best for row in told),
        latest_at=max((row.at for row in counted), default=None),
    )


def carried(viewer: Viewer, *, down_mbps: float | None, up_mbps: float | None) -> list[Carried]:
    """Return what rates are good enough for by the table of tiers in use, best of each profile."""
    table = TierTable.objects.filter(state=EditionState.IN_USE.value).first()
    if table is None or down_mbps is None or up_mbps is None:
        return []
    if not access.may_read_framework(viewer, table):
        return []
    profiles: dict[tuple[str, str], list[Tier]] = {}
    for tier in read_tiers(table.document.get("tiers", [])).tiers:
        profiles.setdefault((tier.platform, tier.profile), []).append(tier)
    best = (
        highest_sustained(tiers, up_mbps=up_mbps, down_mbps=down_mbps)
        for _key, tiers in sorted(profiles.items())
    )
    names = {
        str(one.get("code")): str(one.get("name") or one.get("code"))
        for one in table.document.get("platforms", [])
    }
    return [
        Carried(names.get(one.platform, one.platform), one.profile, one.level.value)
        for one in best
        if one
    ]


def _runs(viewer: Viewer, office: Office) -> list[ProbeRun]:
    if not access.may_see_runs(viewer, office):
        return []
    found = ProbeRun.objects.filter(office=office).select_related("room", "point", "void")
    return list(found.order_by("at", "id"))


def _shown(run: ProbeRun, office: Office) -> RunRow:
    at = run.at.astimezone(ZoneInfo(office.time_zone))
    r, satisfaction = _voice(run)
    void = getattr(run, "void", None)
    return RunRow(
        public_id=run.public_id,
        at=at,
        source=run.source,
        tool=run.tool,
        room=run.room.name if run.room else "",
        point=run.point.name if run.point else "",
        is_wired=run.is_wired,
        down_mbps=run.down_tail_mbps,
        up_mbps=run.up_tail_mbps,
        rtt_ms=run.rtt_p95_ms,
        rtt_loaded_ms=run.rtt_loaded_ms,
        jitter_ms=run.jitter_p95_ms,
        loss_percent=None if run.loss_share is None else 100 * run.loss_share,
        late_percent=None if run.late_share is None else 100 * run.late_share,
        burst_ratio=run.burst_ratio,
        is_upper_bound=(run.loss_share or 0) > TELLING_LOSS_SHARE,
        r=r,
        satisfaction=satisfaction,
        is_r_at_best=run.loss_share is None or run.jitter_p95_ms is None,
        udp=run.udp,
        is_busy=is_busy_hour(at),
        is_thin=run.is_thin,
        is_cut_short=run.is_cut_short,
        distance_km=run.distance_km,
        void_reason=void.reason if void else "",
        sample=run.sample,
    )


def _voice(run: ProbeRun) -> tuple[float | None, Satisfaction | None]:
    """Rate a voice; None where no round trip is known or it is beyond what can be rated."""
    if run.rtt_p95_ms is None:
        return None, None
    missed = 100 * min(1.0, (run.loss_share or 0) + (run.late_share or 0))
    try:
        found = voice(run.rtt_p95_ms, run.jitter_p95_ms or 0, missed, run.burst_ratio or 1)
    except CannotRate:
        return None, None
    return found.rating.r, found.satisfaction


def _high(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return quantile(known, 0.95) if known else None


def _udp(rows: Sequence[RunRow]) -> str:
    seen = {row.udp for row in rows}
    return next((word.value for word in UDP_WORST_FIRST if word in seen), UdpPath.NOT_TRIED.value)
