"""Copies of a response that were made: whose they are, and who asks for the next."""

from dataclasses import dataclass

from serai.base.access import ANONYMOUS, NotFound, Viewer
from serai.base.files import files_of, stored_file
from serai.base.models import StoredFile
from serai.surveys import access
from serai.surveys.models import Response
from serai.surveys.queries.responses import fresh_response

THING = "surveys.copy"


@dataclass(frozen=True)
class CopyFile:
    """A copy, and what it is of."""

    response: Response
    stored: StoredFile

    @property
    def received_by_id(self) -> int | None:
        """Return for whom it was made; none for a holder without an account."""
        return self.stored.received_by_id


def thing_of(response: Response) -> str:
    """Return what a response's copies are kept under."""
    return f"{THING}:{response.pk}"


def copies_of(viewer: Viewer, response: Response) -> list[StoredFile]:
    """Return the copies that were made of a response for the viewer, newest first."""
    rows = files_of(thing_of(response))
    return [one for one in reversed(rows) if one.received_by_id == viewer.person_id]


def copy_file(viewer: Viewer, number: str) -> CopyFile:
    """Return a copy that was made for the viewer.

    Raises:
        NotFound: there is none of theirs.
    """
    stored = stored_file(number)
    thing, _colon, pk = stored.thing.partition(":")
    if thing != THING or stored.received_by_id != viewer.person_id:
        raise NotFound(number)
    return CopyFile(fresh_response(int(pk)), stored)


def response_to_copy(number: int) -> Response | None:
    """Return a response for a job; None where it was removed meanwhile."""
    return fresh_response(number) if Response.objects.filter(pk=number).exists() else None


def holder_of(response: Response) -> Viewer:
    """Return whoever fills a response in without an account, for the job that serves them."""
    return access.with_held(ANONYMOUS, [access.holder_key(response.holder_hash)])
