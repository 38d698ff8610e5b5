"""What every request passes: its number, its clock, its size, and errors in words."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation

from serai.base import as_of, errors, held, removed
from serai.base.access import ANONYMOUS, Denied, NotFound, ServedRequest
from serai.base.audit import request_number
from serai.base.limits import TooOften

NUL_SIGNS = ("\x00", "%00")
# What shrinks; documents, workbooks and photos are packed already.
PACKABLE = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class RequestFrame:
    """Give each request its number and its one moment in time."""

    def __init__(self, get_response: Callable[[ServedRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ServedRequest) -> HttpResponse:
        request.now = timezone.now()
        request.request_id = uuid.uuid4().hex[:16]
        request.viewer = ANONYMOUS  # until sessions are read; error pages may come before
        token = request_number.set(request.request_id)  # for the audit's lines of this request
        try:
            with removed.listening():
                response = self.get_response(request)
        finally:
            request_number.reset(token)
        held.set_cookie(request, response)
        as_of.set_cookie(request, response)
        response.headers["X-Request-ID"] = request.request_id
        return response


class PlainErrors:
    """Refuse what is too large before reading it; answer failures in the reader's language.

    Failures of disk and database end in `errors.broken`, wherever they happen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _body_bytes(request) > settings.BODY_MAX_BYTES:
            with translation.override(errors.language_of(request)):
                return errors.too_large(request)
        address = request.path + request.META.get("QUERY_STRING", "")
        if any(sign in address for sign in NUL_SIGNS):
            with translation.override(errors.language_of(request)):
                return errors.bad_request(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what rooms raise on purpose."""
        if isinstance(error, TooOften):
            return errors.too_often(request, error.retry_after)
        if isinstance(error, Denied | NotFound):
            return errors.not_found(request)
        return None


def _body_bytes(request: HttpRequest) -> int:
    """Return the announced size; a body without one is not read at all."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdigit() else 0


class PackedPages(GZipMiddleware):
    """Send pages and other text packed, so that a slow line carries a third of the bytes.

    Django's packer adds a random length to each answer, so that sizes betray no secret (BREACH).
    Style sheets and scripts are packed at set-up and do not come here.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Pack what is text."""
        if not response.headers.get("Content-Type", "").startswith(PACKABLE):
            return response
        return super().process_response(request, response)
