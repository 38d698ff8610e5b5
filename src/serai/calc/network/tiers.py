"""Tiers that vendors name for their platforms: given as rows, checked, compared with a line."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from serai.calc.network.sizing import NOTHING, Need, Stream, check_from_0_up, need


class Level(StrEnum):
    """How good a tier is, worst first."""

    MINIMUM = "minimum"
    RECOMMENDED = "recommended"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Tier:
    """What a vendor asks of a line for one stream.

    Attributes:
        platform, profile: such as "Teams", "video meeting".
        level: minimum, recommended or best; a vendor may name only some.
        up_kbps, down_kbps: kbit/s each way.
        source, dated_on: where it was read, and of what day that is.
        is_copy: whether it was read in another's copy, not at the vendor.
    """

    platform: str
    profile: str
    level: Level
    up_kbps: float
    down_kbps: float
    source: str
    dated_on: date
    is_copy: bool = False

    def stream(self, count: int = 1) -> Stream:
        """Return so many streams of this tier."""
        return Stream(f"{self.platform} {self.profile}", count, self.up_kbps, self.down_kbps)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not a tier, with the sentence that says why."""

    row: int
    said: str


@dataclass(frozen=True, slots=True)
class TierPreview:
    """Rows read: the tiers, and the rows refused."""

    tiers: tuple[Tier, ...]
    refused: tuple[RefusedRow, ...]


class _Refused(Exception):
    pass


def highest_sustained(
    tiers: Sequence[Tier], *, up_mbps: float, down_mbps: float, background: Need = NOTHING
) -> Tier | None:
    """Find the best tier of one profile that a line carries both ways.

    Args:
        tiers: of one platform and profile, in any order.
        up_mbps: what the line carries: the tail of a run, or busy-hour p5 of an office.
        down_mbps: the same downwards.
        background: what else must pass.
    Returns:
        The tier of the highest level whose need fits (of two at one level the one that needs
        more); None where none does. It stands where others claim a MOS of video.
    Raises:
        CannotSize: if a rate is not a finite number from 0 up.
    Source: docs/methods/line-sizing.md, "Tiers"; the need of one stream as in "Need".
    """
    check_from_0_up("The rate up", up_mbps)
    check_from_0_up("The rate down", down_mbps)
    order = list(Level)
    ranked = sorted(tiers, key=lambda tier: (order.index(tier.level), tier.down_kbps, tier.up_kbps))
    for tier in reversed(ranked):
        if need([tier.stream()], background).fits(up_mbps, down_mbps):
            return tier
    return None


def read_tiers(rows: Iterable[Mapping[str, object]], *, first_row: int = 2) -> TierPreview:
    """Read tiers from rows of a sheet; a bad row is named and the rest is read.

    Args:
        rows: platform, profile, level, up_kbps, down_kbps, source, dated_on (a day or
            YYYY-MM-DD), is_copy (true where filled with anything but no, false, 0).
        first_row: the number of the first row in the sheet.
    Returns:
        Tiers in the order given, and the refused rows.
    Source: docs/methods/line-sizing.md, "Tiers".
    """
    tiers: list[Tier] = []
    refused: list[RefusedRow] = []
    for number, row in enumerate(rows, first_row):
        try:
            tiers.append(_tier(row))
        except _Refused as fault:
            refused.append(RefusedRow(number, f"Row {number}: {fault}"))
    return TierPreview(tuple(tiers), tuple(refused))


def _tier(row: Mapping[str, object]) -> Tier:
    level = _text(row, "level")
    if level not in list(Level):
        raise _Refused(f"'{level}' is not a level. Write {', '.join(Level)}.")
    return Tier(
        platform=_text(row, "platform"),
        profile=_text(row, "profile"),
        level=Level(level),
        up_kbps=_kbps(row, "up_kbps"),
        down_kbps=_kbps(row, "down_kbps"),
        source=_text(row, "source"),
        dated_on=_day(row, "dated_on"),
        is_copy=str(row.get("is_copy") or "").strip().lower() not in ("", "no", "false", "0"),
    )


def _text(row: Mapping[str, object], name: str) -> str:
    found = row.get(name)
    said = "" if found is None else str(found).strip()
    if not said:
        raise _Refused(f"{name} is missing.")
    return said


def _kbps(row: Mapping[str, object], name: str) -> float:
    said = _text(row, name)
    try:
        found = float(said)
    except ValueError:
        found = math.nan
    if not 0 <= found < math.inf:
        raise _Refused(f"{name} '{said}' is not a rate in kbit/s.")
    return found


def _day(row: Mapping[str, object], name: str) -> date:
    found = row.get(name)
    if isinstance(found, date):
        return found.date() if isinstance(found, datetime) else found
    said = _text(row, name)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise _Refused(f"{name} '{said}' is not a day. Write it as 2026-11-30.") from None
