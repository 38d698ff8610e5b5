"""Read a report: preview, issued text by sections, files, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.html import Section, sections
from serai.base.pages import Crumb, render_page
from serai.base.shown import Tab
from serai.reports import access, queries
from serai.reports.actions.comparing import compare_with_now, compare_with_previous
from serai.reports.actions.making import MEDIA_TYPES, build, documents_in
from serai.reports.states import FileFormat
from serai.reports.views import steps

if TYPE_CHECKING:
    from serai.base.blocks import Document
    from serai.reports.models import Run


@guard(may=access.may_preview_run, load=queries.run)
def preview(request: ServedRequest, run: Run) -> HttpResponse:
    """Show the report as it would be issued today."""
    language = _wanted(request, run)
    built = build(run, language=language, dated=request.now.date())
    context = _pages(request, run, built.document, "preview", language)
    return render_page(request, "reports/read.html", context | {"warnings": built.warnings})


@guard(may=access.may_read_run, load=queries.run)
def read(request: ServedRequest, run: Run) -> HttpResponse:
    """Show an issued report from its snapshot, never from today's data."""
    if not run.snapshot:
        raise Http404
    language = _wanted(request, run)
    document = documents_in(run.snapshot)[language]
    context = _pages(request, run, document, "read", language)
    context["files"] = [f for f in queries.run_files(run) if f.language == language]
    return render_page(request, "reports/read.html", context)


def _wanted(request: ServedRequest, run: Run) -> str:
    """Return the language asked for, else the reader's, else the run's first."""
    for code in (request.GET.get("language", ""), get_language() or ""):
        if code in run.languages:
            return str(code)
    return str(run.languages[0])


def _pages(
    request: ServedRequest, run: Run, document: Document, current: str, language: str
) -> dict[str, object]:
    """Return the section asked for with the list of all sections."""
    here = reverse(f"reports:{current}", args=[run.public_id])
    parts = sections(document, address=lambda key: f"{here}?language={language}&section={key}")
    part = _section(parts, request.GET.get("section", ""))
    names = dict(settings.LANGUAGES)
    at = parts.index(part)
    context = steps.frame(request, run, current)
    context["crumbs"] = [*context["crumbs"], Crumb(_("Read"))]  # type: ignore[misc]
    return context | {
        "document": document,
        "part": part,
        "parts": [
            (p.title, f"{here}?language={language}&section={p.key}", p.key == part.key)
            for p in parts
        ],
        "before": parts[at - 1] if at else None,
        "after": parts[at + 1] if at + 1 < len(parts) else None,
        "here": here,
        "language": language,
        "languages": [
            Tab(names.get(code, code), f"{here}?language={code}", is_current=code == language)
            for code in run.languages
        ],
        "sample": document.sample,
    }


def _section(parts: tuple[Section, ...], key: str) -> Section:
    """Return the section with this key, the first one without a key; 404 for an unknown one."""
    if not key:
        return parts[0]
    for part in parts:
        if part.key == key:
            return part
    raise Http404(key)


@guard(may=access.may_build_run, load=queries.run)
def differences(request: ServedRequest, run: Run) -> HttpResponse:
    """Show this run against the previous one, and an issued one against today's facts."""
    context = steps.frame(request, run, "differences") | {
        "against_previous": compare_with_previous(run, today=request.now.date()),
        "against_now": compare_with_now(run, today=request.now.date()) if run.snapshot else None,
    }
    context["crumbs"] = [*context["crumbs"], Crumb(_("Differences"))]  # type: ignore[misc]
    return render_page(request, "reports/differences.html", context)


@guard(may=access.may_download_run, load=queries.run_file)
def download(request: ServedRequest, held: queries.HeldFile) -> HttpResponseBase:
    """Hand out one issued file."""
    format_ = FileFormat(held.file.format)
    sample = "sample-" if held.run.sample else ""
    name = f"{sample}report-{held.run.number}-{held.run.as_of}.{held.file.language}.{format_}"
    response = FileResponse(
        default_storage.open(held.file.storage_key),
        as_attachment=True,
        filename=name,
        content_type=MEDIA_TYPES[format_],
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{held.file.sha256}"'
    return response
