"""Who outside an organisation read its results: noted for it by every door that shows them."""

from collections.abc import Iterable
from datetime import datetime

from serai.base.access import Viewer
from serai.readiness.models import ResultReading
from serai.readiness.queries.releases import numbers_to_note
from serai.surveys.queries import programme_clock


def note_readings(*, numbers: Iterable[int], way: str, by: Viewer, now: datetime) -> None:
    """Note that somebody from outside reads these assessments; once a reader, day and way.

    Two statements, however many assessments; one where all is noted already. Visitors are not
    known and not noted. The rows are themselves the record: the audit does not repeat them.
    """
    wanted = sorted(set(numbers))
    if by.person_id is None or not wanted:
        return
    day = now.astimezone(programme_clock()).date()
    rows = [
        ResultReading(
            assessment=one, reader_id=by.person_id, day=day, way=way, first_at=now,
            sample=one.sample or by.is_sample,
        )
        for one in numbers_to_note(by, wanted, way, day)
    ]  # fmt: skip
    if rows:
        # Two pages opened at once note it once.
        ResultReading.objects.bulk_create(rows, ignore_conflicts=True)
