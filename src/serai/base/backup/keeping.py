"""Which nightly copies stay: the latest of 7 days, 4 weeks and 12 months."""

import re
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 4, 12
NIGHTLY = re.compile(r"serai-(\d{8}T\d{6}Z)")


def name_for(now: datetime) -> str:
    """Name the copy of a moment."""
    return f"serai-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def moment_of(name: str) -> datetime | None:
    """Return when a copy of that name was made; None for any other name."""
    match = NIGHTLY.fullmatch(name)
    if not match:
        return None
    return datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def to_keep(moments: Sequence[datetime]) -> set[datetime]:
    """Choose the newest of each of the latest 7 days, 4 weeks and 12 months that have one."""
    newest_first = sorted(moments, reverse=True)
    kept: set[datetime] = set()
    for most, period in (
        (DAYS, lambda m: m.date().isoformat()),
        (WEEKS, lambda m: str(m.isocalendar()[:2])),
        (MONTHS, lambda m: f"{m.year}-{m.month}"),
    ):
        seen: dict[str, datetime] = {}
        for moment in newest_first:
            seen.setdefault(period(moment), moment)
        kept.update(list(seen.values())[:most])
    return kept


def latest(folder: Path) -> datetime | None:
    """Return when the newest copy in a folder was made."""
    return max(_moments(folder), default=None)


def prune(folder: Path) -> list[str]:
    """Remove the nightly copies whose turn is over; whatever else lies there stays."""
    moments = _moments(folder)
    over = sorted(name_for(moment) for moment in set(moments) - to_keep(moments))
    for name in over:
        shutil.rmtree(folder / name)
    return over


def _moments(folder: Path) -> list[datetime]:
    if not folder.is_dir():
        return []
    found = (moment_of(path.name) for path in folder.iterdir() if path.is_dir())
    return [moment for moment in found if moment]
