"""The repair bench as an administrator within an open unlock sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from serai.base.access import NotFound, Viewer
from serai.base.bench import BENCH, Shelf
from serai.members import access
from serai.members.models import Unlock
from serai.members.states import UnlockState


@dataclass(frozen=True)
class BenchRow:
    """One row of a table on the bench, found for this viewer."""

    shelf: Shelf
    row: Model


@dataclass(frozen=True)
class ShelfCount:
    """One table with the number of rows this viewer may read."""

    shelf: Shelf
    count: int


def _open(viewer: Viewer) -> None:
    if not access.may_open_bench(viewer):
        raise NotFound("The bench is closed.")


def bench_tables(viewer: Viewer) -> list[tuple[str, Sequence[ShelfCount]]]:
    """Return every table with its count, by room.

    Raises:
        NotFound: outside an open unlock.
    """
    _open(viewer)
    return [
        (room, [ShelfCount(shelf, shelf.rows(viewer).count()) for shelf in shelves])
        for room, shelves in BENCH.by_room().items()
    ]


def bench_table(viewer: Viewer, name: str) -> Shelf:
    """Return one table.

    Raises:
        NotFound: outside an open unlock, or if the table is not on the bench.
    """
    _open(viewer)
    return BENCH.shelf(name)


def bench_row(viewer: Viewer, name: str, number: int) -> BenchRow:
    """Return one row.

    Raises:
        NotFound: outside an open unlock, or if this viewer may not read the row.
    """
    shelf = bench_table(viewer, name)
    row = shelf.rows(viewer).filter(pk=number).first()
    if row is None:
        raise NotFound(f"{name}:{number}")
    return BenchRow(shelf, row)


def own_open_unlock(viewer: Viewer, now: datetime) -> Unlock | None:
    """Return the viewer's own unlock that is open now."""
    return Unlock.objects.filter(
        administrator_id=viewer.person_id, state=UnlockState.OPEN, until_at__gt=now
    ).first()
