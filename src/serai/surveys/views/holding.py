"""The cookie of a browser that answers without a name."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http.response import HttpResponseBase

from serai.base.access import ServedRequest
from serai.surveys.access import COOKIE, Held

if TYPE_CHECKING:
    from serai.surveys.models import Response


def hold(request: ServedRequest, answer: HttpResponseBase, secret: str) -> None:
    """Let the browser hold a response that was begun."""
    _set(answer, _held(request).with_secret(secret))


def hold_handed_in(request: ServedRequest, answer: HttpResponseBase, found: "Response") -> None:
    """Let the browser read for an hour what it handed in; `found` as it was before."""
    if found.holder_hash:
        _set(answer, _held(request).handed_in(found.pk, found.holder_hash, request.now))


def _held(request: ServedRequest) -> Held:
    return Held.read(request.COOKIES.get(COOKIE, ""), request.now)


def _set(answer: HttpResponseBase, held: Held) -> None:
    """Set the cookie until the browser is closed: closed to scripts, sent to us alone."""
    answer.set_cookie(
        COOKIE, held.written(), httponly=True, samesite="Lax", secure=settings.PRODUCTION
    )
