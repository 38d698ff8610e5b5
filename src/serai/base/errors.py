"""Error pages in words: what is wrong, where, and what to do."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.template import loader

UNSHOWN = ("csrf", "code", "password", "secret", "token", "otp")


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
    """Answer 500 without asking the database."""
    return HttpResponse(loader.render_to_string("serai/errors/500.html"), status=500)


def not_saved(request: HttpRequest) -> HttpResponse:
    """Answer 503 when disk or database fail, with the typed text; asks neither of them."""
    context = {"posted": posted_texts(request), "back": request.path}
    return HttpResponse(loader.render_to_string("serai/errors/503.html", context), status=503)


def posted_texts(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, so that it can be copied: no tokens, no secrets, no empty fields."""
    try:
        fields = request.POST.lists() if request.method == "POST" else []
        return [
            (name, value)
            for name, values in fields
            if not any(part in name.casefold() for part in UNSHOWN)
            for value in values
            if isinstance(value, str) and value.strip()
        ]
    except (UnreadablePostError, TooManyFieldsSent, RequestDataTooBig):
        return []
