"""Error pages in words: what is wrong, where, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
    return render(request, "serai/errors/csrf.html", {"posted": request.POST}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database."""
    return render(request, "serai/errors/500.html", status=500)
