"""A response as PDF or Word, to keep."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from serai.base.access import ServedRequest, guard
from serai.base.files import answer_download, answer_file
from serai.surveys import access, queries
from serai.surveys.exports.copy import MEDIA_TYPES, WRITERS, copy_of
from serai.surveys.exports.trail import trail_json
from serai.surveys.queries.own import letter as own_letter
from serai.surveys.states import ReadingWay
from serai.surveys.views.shared import note_read

if TYPE_CHECKING:
    from serai.surveys.models import SignOff


@guard(may=access.may_read_response, load=queries.response)
def pdf(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Give what the reader may read of a response as PDF."""
    return _copy(request, found, "pdf")


@guard(may=access.may_read_response, load=queries.response)
def docx(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Give what the reader may read of a response as a Word file."""
    return _copy(request, found, "docx")


@guard(may=access.may_have_trail, load=queries.response)
def trail(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Give all rows of a response with their proofs."""
    note_read(request, ReadingWay.PROOFS, found)
    content = trail_json(queries.trail(request.viewer, found))
    return answer_download(content, _name(found, "audit.json"), "application/json")


@guard(may=access.may_read_letter, load=own_letter)
def letter(request: ServedRequest, found: "SignOff") -> HttpResponseBase:
    """Give back the letter that came with a signature."""
    note_read(request, ReadingWay.COPY, found.response)
    return answer_file(found.letter)  # type: ignore[arg-type]


def _copy(request: ServedRequest, found: "queries.Response", kind: str) -> HttpResponseBase:
    note_read(request, ReadingWay.COPY, found)
    language = get_language() or "en"
    book = queries.workbook(request.viewer, found, request.now, language)
    document = copy_of(book, found, request.viewer, language)
    content = WRITERS[kind](document, fonts=tuple(settings.FONT_DIRS))
    return answer_download(content, _name(found, kind), MEDIA_TYPES[kind])


def _name(found: "queries.Response", ending: str) -> str:
    sample = "sample-" if found.sample else ""
    return f"{sample}{found.wave.survey.code}-{found.public_id}.{ending}"
