"""Files that jobs made of answers: exports and copies; they end after a day, or with what they hold."""

from datetime import datetime, timedelta

from django.db import transaction

from serai.base.files import files_before, files_of, remove_file
from serai.surveys.models import Response, Wave
from serai.surveys.queries.copies import THING as COPY
from serai.surveys.queries.copies import thing_of
from serai.surveys.queries.exporting import THING as EXPORT
from serai.surveys.queries.exporting import thing_of_wave

KEPT = timedelta(days=1)
"""How long a file is there to be downloaded; whoever wants it later asks anew."""


@transaction.atomic
def end_made_files(*, now: datetime) -> int:
    """Remove what was made more than a day ago; return how many files that were."""
    old = [one for kind in (EXPORT, COPY) for one in files_before(kind, now - KEPT)]
    for stored in old:
        remove_file(stored=stored)
    return len(old)


def remove_made_of(response: Response) -> list[int]:
    """Remove the files that may hold a response's answers: its copies, exports of its wave.

    Returns:
        The numbers of the files.
    """
    gone = files_of(thing_of(response))
    if response.cleared_through:  # else it was in no export
        gone += files_of(thing_of_wave(Wave(pk=response.wave_id)))
    for stored in gone:
        remove_file(stored=stored)
    return [one.pk for one in gone]
