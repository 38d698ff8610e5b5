"""The day a page is shown as of: what the address asks for, else what the reader asked for last.

An address always wins. Whoever is signed in and asks for today keeps it from page to page, until
they ask for the day the installation opens with. The choice stands in a cookie, so that reading a
page writes nothing; it is signed for one session and means nothing in the next.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from serai.base.access import ServedRequest

PARAMETER = "as_of"
COOKIE = "serai_as_of"
TODAY = "today"  # the one word an address may say instead of a day


@dataclass(frozen=True)
class Asked:
    """The day to show.

    Attributes:
        asked: the day in the address, if it is one.
        written: what the address says instead of a day; empty where nothing is wrong.
    """

    as_of: date
    asked: date | None = None
    written: str = ""

    @property
    def query(self) -> str:
        """Return what links keep of the day."""
        return f"?{PARAMETER}={self.asked.isoformat()}" if self.asked else ""


def asked_day(request: ServedRequest, *, opens_on: date, today: date) -> Asked:
    """Read the day from the address; without one, today if it was asked for, else `opens_on`."""
    written = request.GET.get(PARAMETER, "").strip()
    if not written:
        return Asked(today if _keeps_today(request) else opens_on)
    try:
        asked = today if written == TODAY else date.fromisoformat(written)
    except ValueError:
        return Asked(opens_on, written=written)
    if request.viewer.is_signed_in:
        _keep(request, asked, opens_on=opens_on, today=today)
    return Asked(asked, asked)


def at_day(address: str, day: date | None = None) -> str:
    """Return an address that shows a page as of a day; without one, as of today."""
    written = day.isoformat() if day else TODAY
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={written}"


def set_cookie(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser the choice made on this page, or take an earlier one back."""
    kept = getattr(request, "kept_day", None)
    if kept:
        response.set_cookie(
            COOKIE, kept,
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
    elif kept == "":
        response.delete_cookie(COOKIE, samesite="Lax")


def _keeps_today(request: ServedRequest) -> bool:
    if not request.viewer.is_signed_in:
        return False
    kept = getattr(request, "kept_day", request.COOKIES.get(COOKIE, ""))
    try:
        return _signer(request).unsign(kept) == TODAY
    except signing.BadSignature:
        return False


def _keep(request: ServedRequest, asked: date, *, opens_on: date, today: date) -> None:
    if asked == today != opens_on and not _keeps_today(request):
        request.kept_day = _signer(request).sign(TODAY)
    elif asked == opens_on != today and _keeps_today(request):
        request.kept_day = ""


def _signer(request: ServedRequest) -> signing.Signer:
    return signing.Signer(salt=f"{__name__}:{request.session.session_key}")
