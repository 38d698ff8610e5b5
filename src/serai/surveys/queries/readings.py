"""Who outside an organisation read its answers, for its own people and its country."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.surveys import access
from serai.surveys.models import Reading, Response
from serai.surveys.states import ReaderRole, ReadingWay


@dataclass(frozen=True)
class ReadingRow:
    """That somebody read a response on one day and by one way.

    Attributes:
        name: "" of whom nothing is known any more: the account is closed.
        first_at: when they did so first on that day.
    """

    name: str
    role: ReaderRole
    way: ReadingWay
    first_at: datetime
    sample: bool


def readings(viewer: Viewer, found: Response, most: int | None = None) -> list[ReadingRow]:
    """Return who read a response, the latest first, all or so many; one query.

    Nothing for whoever is not told of it.
    """
    if not access.may_see_readings(viewer, found):
        return []
    rows: Iterable[Reading] = (
        Reading.objects.filter(response=found)
        .select_related("reader")
        .order_by("-first_at", "-id")[:most]
    )
    return [
        ReadingRow(
            row.reader.full_name,
            ReaderRole(row.role),
            ReadingWay(row.way),
            row.first_at,
            row.sample,
        )
        for row in rows
    ]
