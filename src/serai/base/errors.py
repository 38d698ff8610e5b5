"""Error pages in words: what is wrong, where, and what to do."""

import errno
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.template import loader
from django.utils import translation

FAILURES_OF_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
UNSHOWN = ("csrf", "code", "password", "secret", "token", "otp")
OURS = frozenset({"receipt", "seen", "sheet", "version"})  # what a form carries for itself


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 for what is missing or not for this viewer."""
    return render(request, "serai/errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return render(request, "serai/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return render(request, "serai/errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is old or foreign; the typed text is shown again."""
    return render(
        request,
        "serai/errors/csrf.html",
        {"posted": posted_texts(request), "back": request.path},
        status=403,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database; 503 with the typed text where the data failed."""
    if is_failure_of_data(sys.exc_info()[1]):
        with translation.override(language_of(request)):
            return not_saved(request)
    return HttpResponse(loader.render_to_string("serai/errors/500.html"), status=500)


def not_saved(request: HttpRequest) -> HttpResponse:
    """Answer 503 when disk or database fail, with the typed text; asks neither of them."""
    context = {"posted": posted_texts(request), "back": request.path}
    return HttpResponse(loader.render_to_string("serai/errors/503.html", context), status=503)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413 without reading the body; the browser still holds what was typed."""
    context = {"limit": settings.UPLOAD_MAX_BYTES // (1024 * 1024), "back": request.path}
    page = loader.render_to_string("serai/errors/413.html", context)
    response = HttpResponse(page, status=413)
    response.headers["Connection"] = "close"
    return response


def too_often(request: HttpRequest, retry_after: int) -> HttpResponse:
    """Answer 429 with the wait in words."""
    context = {"posted": posted_texts(request), "minutes": max(1, -(-retry_after // 60))}
    response = render(request, "serai/errors/429.html", context, status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response


def is_failure_of_data(error: BaseException | None) -> bool:
    """Tell whether disk or database failed, rather than our own code."""
    kinds: list[type[BaseException]] = [OperationalError, InterfaceError]
    if pools := sys.modules.get("psycopg_pool"):  # read on PostgreSQL alone
        kinds.append(pools.PoolTimeout)
    while error is not None:
        if isinstance(error, tuple(kinds)):
            return True
        if isinstance(error, OSError) and error.errno in FAILURES_OF_DISK:
            return True
        error = error.__cause__ or error.__context__
    return False


def language_of(request: HttpRequest) -> str:
    """Return the language of the address, else of the browser; asks no database."""
    return translation.get_language_from_request(request, check_path=True)


def posted_texts(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, so that it can be copied: no tokens, no secrets, no empty fields."""
    try:
        fields = request.POST.lists() if request.method == "POST" else []
        return [
            (name, value)
            for name, values in fields
            if name not in OURS and not any(part in name.casefold() for part in UNSHOWN)
            for value in values
            if isinstance(value, str) and value.strip()
        ]
    except (UnreadablePostError, TooManyFieldsSent, RequestDataTooBig):
        return []
