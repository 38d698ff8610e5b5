"""Who outside an organisation read its answers: noted for its own people by every door."""

from collections.abc import Iterable
from datetime import datetime

from serai.base.access import Viewer
from serai.surveys import access, queries
from serai.surveys.models import Reading, Response
from serai.surveys.states import ReadingWay


def note_readings(
    *, responses: Iterable[Response], way: ReadingWay, by: Viewer, now: datetime
) -> None:
    """Note that somebody from outside reads these responses; once a reader, day and way.

    Two statements, however many responses; one where all is noted already, none for own people.
    The rows are themselves the record, append-only: the audit does not repeat them.
    """
    roles = {
        one.pk: (one, role)
        for one in responses
        if (role := access.reader_role(by, one)) is not None
    }
    if not roles or by.person_id is None:
        return
    day = now.astimezone(queries.programme_clock()).date()
    noted = set(
        Reading.objects.filter(
            reader_id=by.person_id, day=day, way=way, response__in=list(roles)
        ).values_list("response_id", flat=True)
    )
    rows = [
        Reading(
            response=one, reader_id=by.person_id, day=day, way=way, role=role, first_at=now,
            sample=one.sample or by.is_sample,
        )
        for number, (one, role) in roles.items()
        if number not in noted
    ]  # fmt: skip
    if rows:
        # Two pages opened at once note it once.
        Reading.objects.bulk_create(rows, ignore_conflicts=True)
