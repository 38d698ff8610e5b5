"""An office's line as a report tells it: p5, p50 and p95 of what was measured, and its tiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.calc.network import Spread, highest_sustained
from serai.calc.network.tiers import Tier
from serai.readiness import access
from serai.readiness.models import Assessment, Office, ProbeRun
from serai.readiness.queries.frameworks import platforms, tiers_in_use
from serai.readiness.queries.link_facts import Measured, measured_of
from serai.readiness.states import RunSource

DOWN, UP, VOICE = "down", "up", "voice"


@dataclass(frozen=True)
class LineFigure:
    """One figure of a line in busy hours.

    Attributes:
        name: `down` and `up` in Mbit/s, `voice` as R.
        is_lowest: p5 is the lowest of `count`, since there are fewer than 20.
    """

    name: str
    p5: float
    p50: float
    p95: float
    count: int
    is_lowest: bool


@dataclass(frozen=True)
class TierHeld:
    """The best tier of one profile that a line carries; level "" for none."""

    platform: str
    profile: str
    level: str
    up_kbps: float
    down_kbps: float
    source: str


@dataclass(frozen=True)
class Line:
    """What is measured of an office's line.

    Attributes:
        figures: empty where nothing was measured.
        runs: public numbers of those that count, oldest first.
        files: numbers of the files that show other tools' results.
        thin: why it is little evidence.
        tiers: empty where a rate is not known.
    """

    figures: tuple[LineFigure, ...] = ()
    runs: tuple[str, ...] = ()
    busy_count: int = 0
    day_count: int = 0
    thin: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    tiers: tuple[TierHeld, ...] = ()
    tiers_edition: int = 0


@dataclass(frozen=True)
class TiersRead:
    """The tiers in use, by platform in its own name, and profile; edition 0 for none."""

    edition: int
    groups: dict[tuple[str, str], list[Tier]]


def line_of(viewer: Viewer, found: Assessment, tiers: TiersRead) -> Line | None:
    """Return what was measured when an assessment was scored; two queries.

    None where the viewer may not read the office's tests.
    """
    office = found.office
    if not access.may_see_runs(viewer, office):
        return None
    seen = _counted(office, RunSource.PROBE, found.scored_at)
    told = _counted(office, RunSource.ENTERED, found.scored_at)
    figures = tuple(_figures(seen))
    return Line(
        figures=figures,
        runs=tuple(one.public_id for one in seen.runs),
        busy_count=seen.figures.busy_runs,
        day_count=seen.figures.days,
        thin=tuple(one.value for one in seen.figures.thin) if seen.runs else (),
        files=tuple(one.file.public_id for one in told.runs if one.file is not None),
        tiers=tuple(_held(figures, tiers.groups)),
        tiers_edition=tiers.edition,
    )


def _counted(office: Office, source: RunSource, until: datetime | None) -> Measured:
    """Return the runs that stood when the office was scored: a later void takes nothing back."""
    rows = ProbeRun.objects.filter(office=office, source=source).select_related("void", "file")
    runs = [
        one
        for one in rows.defer("series").order_by("at", "id")
        if until is None or (one.at <= until and not _was_void(one, until))
    ]
    return measured_of(office, runs)


def _was_void(one: ProbeRun, until: datetime) -> bool:
    void = getattr(one, "void", None)
    return void is not None and void.at <= until


def _figures(seen: Measured) -> Iterator[LineFigure]:
    found = seen.figures
    for name, spread in ((DOWN, found.down_mbps), (UP, found.up_mbps), (VOICE, found.r)):
        if spread is not None:
            yield _figure(name, spread)


def _figure(name: str, spread: Spread) -> LineFigure:
    low = spread.p5
    return LineFigure(name, low.value, spread.p50, spread.p95, low.count, low.is_lowest)


def tiers_read() -> TiersRead:
    """Return the tiers in use; one query."""
    found = tiers_in_use()
    groups: dict[tuple[str, str], list[Tier]] = {}
    if found is None:
        return TiersRead(0, groups)
    read = platforms(found.document)
    names = {one.code: one.name for one in read.platforms}
    for one in read.tiers:
        key = names.get(one.platform, one.platform), one.profile
        groups.setdefault(key, []).append(one)
    return TiersRead(found.number, groups)


def _held(
    figures: tuple[LineFigure, ...], tiers: dict[tuple[str, str], list[Tier]]
) -> Iterator[TierHeld]:
    rates = {one.name: one.p5 for one in figures}
    if DOWN not in rates or UP not in rates:
        return
    for (platform, profile), rows in tiers.items():
        best = highest_sustained(rows, up_mbps=rates[UP], down_mbps=rates[DOWN])
        yield TierHeld(
            platform, profile,
            best.level.value if best else "",
            best.up_kbps if best else 0,
            best.down_kbps if best else 0,
            (best or rows[0]).source,
        )  # fmt: skip
