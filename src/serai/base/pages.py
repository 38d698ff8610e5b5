"""Answer with a page, a part of a page, or a redirect with a message."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from serai.base import frame as page_frame
from serai.base import removed


@dataclass(frozen=True)
class Crumb:
    """One step of the way back; the last has no address."""

    title: str
    address: str = ""


@dataclass(frozen=True)
class Todo:
    """One thing a person is asked to do: a verb, where, until when."""

    title: str
    verb: str
    address: str
    due_at: object = None
    note: str = ""
    is_sample: bool = False


def is_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a whole page, or only its part when htmx asked for it."""
    name = part if part and is_part(request) else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def redirect_with(request: HttpRequest, address: str, message: str = "") -> HttpResponse:
    """Redirect after a change (303) and say what happened."""
    if message:
        messages.success(request, message)
    if note := removed.told():
        messages.info(request, note)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def frame(request: HttpRequest) -> dict[str, object]:
    """Give every template the viewer and the request's own facts (context processor)."""
    return dict(page_frame.context(request))
