"""Which page of a long list is asked for."""

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """Return the page asked for; anything unreadable is the first."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isdigit() and len(asked) < 7 else 1
