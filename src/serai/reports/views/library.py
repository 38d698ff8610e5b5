"""The library of issued reports, and the desk where a file is verified."""

import hashlib
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.held import typed
from serai.base.pages import Crumb, redirect_with, render_page
from serai.reports import access, queries
from serai.reports.forms import VerifyForm
from serai.reports.kinds import KINDS


@guard(may=access.may_open_library)
def library(request: ServedRequest) -> HttpResponse:
    """List what was issued, by kind, day and language, and what is being built.

    With a number in the address, as a meeting's paper gives it, lead to that report.
    """
    number = request.GET.get("number", "").strip()
    asked = queries.run_by_number(request.viewer, number) if number else None
    if asked is not None:
        page = "reports:read" if asked.issued_at else "reports:build"
        return redirect_with(request, reverse(page, args=[asked.public_id]))
    is_staff = access.is_staff(request.viewer)
    asked_for = {name: request.GET.get(name, "") for name in ("kind", "day", "language")}
    found = queries.library_page(
        request.viewer,
        kind=asked_for["kind"],
        as_of=_day(asked_for["day"]),
        language=asked_for["language"],
        page=request.GET.get("page"),
    )
    being_built = queries.open_runs(request.viewer)
    context = {
        "library": found,
        "page": found.rows,
        "query": urlencode({name: text for name, text in asked_for.items() if text}),
        "asked": asked_for,
        "open": being_built,
        "kinds": {code: kind.title for code, kind in KINDS.items()},
        "may_build": is_staff,
        "not_found": number,
        "sample": any(row.sample for row in (*found.rows, *being_built)),
    }
    return render_page(request, "reports/library.html", context, status=404 if number else 200)


def _day(written: str) -> date | None:
    """Read a day from the address; anything unreadable asks for none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


@guard(may=access.may_open_library, methods=("GET", "POST"))
def verify(request: ServedRequest) -> HttpResponse:
    """Say which report a file belongs to and whether it is intact; the file is not kept."""
    form = VerifyForm(typed(request), request.FILES or None)
    context: dict[str, object] = {"form": form, "crumbs": _crumbs()}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            digest = hashlib.sha256()
            for chunk in form.cleaned_data["file"].chunks():
                digest.update(chunk)
            found = queries.runs_with_hash(request.viewer, digest.hexdigest())
            context |= {
                "is_checked": True,
                "name": form.cleaned_data["file"].name,
                "digest": digest.hexdigest(),
                "found": found,
            }
        else:
            status = 422
    return render_page(request, "reports/verify.html", context, status=status)


def _crumbs() -> list[Crumb]:
    from_library = Crumb(_("Reports"), "../")
    return [from_library, Crumb(_("Verify a file"))]
