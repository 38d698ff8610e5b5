"""How good past forecasts were: each with its outcome, and their score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.readiness.brier import Brier, brier
from serai.calc.readiness.forecast import AMBER_FROM, RED_FROM, Colour
from serai.readiness import access
from serai.readiness.models import Delegation
from serai.readiness.queries.own_offices import offices_seen
from serai.readiness.queries.verdicts import kept
from serai.readiness.states import DelegationState
from serai.readiness.states.event_words import Outcome


@dataclass(frozen=True)
class PastForecast:
    """One forecast that met its outcome."""

    event_public_id: str
    title: TranslatedText
    office: str
    starts_at: datetime
    colour: Colour
    p: float
    runs: int
    fell_short: bool
    sample: bool


@dataclass(frozen=True)
class Band:
    """Forecasts of a band of chances, and how many of them fell short.

    Attributes:
        low, high: chances from low up to below high.
    """

    low: float
    high: float
    count: int
    short_count: int

    @property
    def share(self) -> float | None:
        """Return the share that fell short; None of none."""
        return self.short_count / self.count if self.count else None


@dataclass(frozen=True)
class ForecastRecord:
    """Past forecasts with their score; none before the first outcome."""

    rows: tuple[PastForecast, ...]
    score: Brier | None
    bands: tuple[Band, ...]


def forecast_record(viewer: Viewer) -> ForecastRecord:
    """Return the forecasts that met an outcome, newest first; one query.

    Who did not come says nothing of the line and is left out.
    """
    if not access.may_see_record(viewer):
        return ForecastRecord((), None, ())
    found = (
        Delegation.objects.filter(state=DelegationState.REVIEWED, office__in=offices_seen(viewer))
        .select_related("plan__meeting", "office")
        .order_by("-plan__starts_at", "-id")
    )
    rows = tuple(row for one in found if (row := _row(one)) is not None)
    pairs = [(row.p, row.fell_short) for row in rows]
    return ForecastRecord(rows, brier(pairs) if pairs else None, _bands(rows))


def _row(one: Delegation) -> PastForecast | None:
    found, word = kept(one.verdict), one.outcome.get("word", "")
    if found is None or word not in {Outcome.WENT_WELL, Outcome.FELL_SHORT}:
        return None
    return PastForecast(
        event_public_id=one.plan.public_id,
        title=one.plan.meeting.title,
        office=one.office.name,
        starts_at=one.plan.starts_at,
        colour=found.colour,
        p=found.chance.p,
        runs=found.chance.run_count,
        fell_short=word == Outcome.FELL_SHORT,
        sample=one.sample,
    )


def _bands(rows: Sequence[PastForecast]) -> tuple[Band, ...]:
    """Sort forecasts into the bands of the colours: below 0.15, below a half, from a half up."""
    edges = (0.0, AMBER_FROM, RED_FROM, 1.0)
    found = []
    for low, high in zip(edges, edges[1:], strict=False):
        held = [one for one in rows if low <= one.p < high or (high == 1.0 == one.p)]
        found.append(Band(low, high, len(held), sum(one.fell_short for one in held)))
    return tuple(found)
