"""Who may have a response as a document, made for them and kept."""

from typing import Protocol

from serai.base.access import Viewer, rule
from serai.surveys.access.answering import READERS, may_read_response
from serai.surveys.models import Response


@rule("Have a copy of a response as PDF or Word", roles=READERS)
def may_have_copy(viewer: Viewer, response: Response) -> bool:
    """Admit its readers; where answers are nameless, nothing is made in a visitor's name.

    A copy is kept with its moment and for whoever asked, which a nameless answer never is.
    """
    is_nameless = viewer.person_id is None and response.wave.survey.is_anonymous
    return may_read_response(viewer, response) and not is_nameless


class CopyOf(Protocol):
    """A copy that was made of a response."""

    @property
    def response(self) -> Response: ...

    @property
    def received_by_id(self) -> int | None: ...


@rule("Open a copy of a response that was made for oneself", roles=READERS)
def may_open_copy(viewer: Viewer, of: CopyOf) -> bool:
    """Admit whom it was made for, as long as they may have one."""
    return viewer.person_id == of.received_by_id and may_have_copy(viewer, of.response)
