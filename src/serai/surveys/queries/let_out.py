"""What readers from outside see of a response's rows: those that were let out, no draft between."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from serai.base.access import Viewer
from serai.surveys import access
from serai.surveys.access.shares import is_colleague, is_of_country
from serai.surveys.models import Answer, Response
from serai.surveys.states import Stance


def rows_let_out(viewer: Viewer, found: Response, rows: Iterable[Answer]) -> list[Answer]:
    """Return the rows of a response that the viewer reads, oldest first; its own people read all.

    Args:
        viewer: who reads.
        found: whose rows they are.
        rows: oldest first.
    """
    numbers = numbers_let_out(viewer, found)
    return list(rows) if numbers is None else stood_at(rows, numbers)


def numbers_let_out(viewer: Viewer, found: Response) -> list[int] | None:
    """Return up to which answers a response was let out, oldest first; None for its own people.

    Country and colleagues read what was signed, all others what was cleared of it.
    """
    through = access.reads_through(viewer, found)
    if through is None:
        return None
    signed = found.signatures.filter(last_answer__lte=through)
    if not (is_of_country(viewer, found) or is_colleague(viewer, found)):
        signed = signed.filter(clearances__stance=Stance.CLEARED)
    return sorted({*signed.values_list("last_answer", flat=True), through})


def stood_at(rows: Iterable[Answer], numbers: Sequence[int]) -> list[Answer]:
    """Return the rows that stood at their place when an answer of these numbers was the newest.

    Args:
        rows: oldest first.
        numbers: oldest first.
    """
    newest: dict[tuple[str, str, int], Answer] = {}
    for row in rows:
        place = bisect_left(numbers, row.pk)
        if place < len(numbers):
            newest[row.path, row.entry, place] = row
    return sorted(newest.values(), key=lambda row: row.pk)
