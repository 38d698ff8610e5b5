"""Pictures of where offices stand: the map, the heat map, an office's dimensions and evidence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base import charts
from serai.readiness.queries import definitions, results
from serai.readiness.queries.offices import DimensionScore, OfficeRow
from serai.readiness.views.shared import named

if TYPE_CHECKING:
    from serai.readiness.models import Assessment

CUTS = (20, 40, 60, 80)
WHOLE = 100
# A heat map of more rows than this is not read by anyone: its rows are members then.
MOST_HEAT = 40


def map_of(rows: Sequence[OfficeRow]) -> charts.Chart | None:
    """Draw the share of each country's offices that host at least one event."""
    tiles: dict[str, list[OfficeRow]] = {}
    for row in rows:
        if row.tile is not None:
            tiles.setdefault(row.iso3, []).append(row)
    if not tiles:
        return None
    return charts.tile_map(
        [
            charts.Tile(
                iso3, named(theirs[0].country), theirs[0].tile[0], theirs[0].tile[1],
                round(WHOLE * sum(bool(row.headline_host) for row in theirs) / len(theirs)),
            )
            for iso3, theirs in tiles.items()
            if theirs[0].tile is not None
        ],
        title=_("Offices that host at least one event, by member"),
        cuts=CUTS,
        value_title=_("Offices that host"),
        unit="%",
    )  # fmt: skip


def heat_of(rows: Sequence[OfficeRow]) -> charts.Chart | None:
    """Draw the score of each dimension by office, of many offices by member."""
    if not rows:
        return None
    names = definitions.dimensions_in_use(get_language() or "en")
    codes = [code for code, _name in names]
    is_by_member = len(rows) > MOST_HEAT
    return charts.heat_table(
        _member_rows(rows, codes) if is_by_member else [_heat_row(row, codes) for row in rows],
        [name for _code, name in names],
        title=_("Mean score of a member's offices in each dimension, 0 to 100")
        if is_by_member
        else _("Score of each dimension, 0 to 100"),
        cuts=CUTS,
        label_title=_("Member") if is_by_member else _("Office"),
    )


def _heat_row(row: OfficeRow, codes: Sequence[str]) -> charts.HeatRow:
    scores = [row.dimensions.get(code) for code in codes]
    return charts.HeatRow(row.name, tuple(_whole(one.value) if one else None for one in scores))


def _member_rows(rows: Sequence[OfficeRow], codes: Sequence[str]) -> list[charts.HeatRow]:
    """Return the means over the offices of each member whose score is known."""
    places: dict[str, list[OfficeRow]] = {}
    for row in rows:
        places.setdefault(named(row.country), []).append(row)
    return [
        charts.HeatRow(
            f"{name} ({len(theirs)})",
            tuple(
                _mean([one.dimensions[code].value for one in theirs if code in one.dimensions])
                for code in codes
            ),
        )
        for name, theirs in sorted(places.items())
    ]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [one for one in values if one is not None]
    return round(sum(known) / len(known)) if known else None


def _whole(value: float | None) -> float | None:
    return None if value is None else round(value)


def bars(dimensions: Sequence[results.DimensionShown]) -> charts.Chart | None:
    """Draw each dimension's score, its interval beside its name; none where too little is known."""
    scored = [(one.name, one.score) for one in dimensions if one.score is not None]
    if not scored:
        return None
    return charts.bars(
        [charts.Bar(_with_interval(name, score), _whole(score.value)) for name, score in scored],
        title=_("Score of each dimension, 0 to 100"),
        label_title=_("Dimension"),
        value_title=_("Score"),
        high=WHOLE,
    )


def _with_interval(name: str, score: DimensionScore) -> str:
    """Name a dimension with how far missing facts could move its score, if they could."""
    low, high = round(score.low), round(score.high)
    if low == high:
        return name
    return _("%(name)s: %(low)s to %(high)s") % {"name": name, "low": low, "high": high}


def evidence(shown: "Assessment") -> charts.Chart:
    """Draw how much of the weight is measured, declared and missing."""
    measured = round(WHOLE * shown.measured_share)
    declared = round(WHOLE * (shown.known_share - shown.measured_share))
    return charts.bars(
        [
            charts.Bar(_("measured"), measured),
            charts.Bar(_("declared"), declared),
            charts.Bar(_("missing"), WHOLE - measured - declared),
        ],
        title=_("What the score rests on, in percent of its weight"),
        label_title=_("Evidence"),
        value_title=_("Share"),
        unit="%",
        high=WHOLE,
    )
