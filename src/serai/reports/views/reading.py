"""Read a report: preview, issued text by sections, files, differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.html import Section, sections
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Mark, Tab
from serai.base.typst import TypesetFailed
from serai.reports import access, actions, queries
from serai.reports.actions.comparing import compare_with_now, compare_with_previous
from serai.reports.states import FileFormat, RunState
from serai.reports.views import steps

if TYPE_CHECKING:
    from serai.base.blocks import Document
    from serai.reports.models import Run


@guard(may=access.may_preview_run, load=queries.run)
def preview(request: ServedRequest, run: Run) -> HttpResponse:
    """Show the report as it would be issued today."""
    language = _wanted(request, run)
    built = actions.build(run, language=language, dated=actions.programme_day(request.now))
    context = _pages(request, run, built.document, "preview", language)
    context["drafts"] = [
        (one, reverse("reports:draft", args=[run.public_id, language, one]))
        for one in (FileFormat.PDF, FileFormat.DOCX)
        if not run.issued_at and run.state != RunState.WITHDRAWN
    ]
    return render_page(request, "reports/read.html", context | {"warnings": built.warnings})


@guard(may=access.may_read_run, load=queries.run)
def read(request: ServedRequest, run: Run) -> HttpResponse:
    """Show an issued report from its snapshot, never from today's data."""
    if not run.snapshot:
        raise Http404
    language = _wanted(request, run)
    document = actions.documents_in(run.snapshot)[language]
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
    steps.lead_on(context, _("Read"))
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


@dataclass(frozen=True)
class RebuiltRow:
    """One file made again, held against the issued one."""

    name: str
    mark: Mark
    detail: str


def rebuilt_rows(run: Run) -> list[RebuiltRow]:
    """Return what the latest rebuild showed, a row a file; none before one was asked for."""
    return [_rebuilt(row) for row in run.rebuilt.get("files", [])]


def _rebuilt(row: dict[str, object]) -> RebuiltRow:
    names = dict(settings.LANGUAGES)
    name = f"{str(row['format']).upper()}, {names.get(str(row['language']), row['language'])}"
    if row.get("failure"):
        return RebuiltRow(name, Mark("wrong", _("Could not be made")), str(row["failure"]))
    if not row["differs"]:
        return RebuiltRow(name, Mark("done", _("The same")), "")
    parts = [str(part) for part in row["differs"] if part != "whole"]  # type: ignore[attr-defined]
    return RebuiltRow(name, Mark("attention", _("Differs")), ", ".join(parts))


@guard(may=access.may_build_run, load=queries.run)
def differences(request: ServedRequest, run: Run) -> HttpResponse:
    """Show this run against the previous one, and an issued one against today's facts."""
    today = actions.programme_day(request.now)
    context = steps.frame(request, run, "differences") | {
        "against_previous": compare_with_previous(run, today=today),
        "against_now": compare_with_now(run, today=today) if run.snapshot else None,
        "rebuilt": rebuilt_rows(run),
        "job": steps.rebuild_job(request, run),
    }
    steps.lead_on(context, _("Differences"))
    return render_page(request, "reports/differences.html", context)


@guard(may=access.may_build_run, load=queries.run, methods=("POST",))
def rebuild(request: ServedRequest, run: Run) -> HttpResponse:
    """Make the files again in the background, to see whether they are still the same."""
    here = reverse("reports:differences", args=[run.public_id])
    try:
        actions.ask_rebuild(run=run, by=request.viewer, now=request.now)
    except actions.CannotMove as refusal:
        messages.error(request, str(refusal))
        return redirect_with(request, here)
    return redirect_with(request, f"{here}#rebuilt", _("The files are being made again."))


@guard(may=access.may_build_run, load=queries.run)
def rebuild_progress(request: ServedRequest, run: Run) -> HttpResponse:
    """Show how far the making again is; htmx asks for this part."""
    job = steps.rebuild_job(request, run)
    if job is None:
        return steps.whole_page(request, reverse("reports:differences", args=[run.public_id]))
    context = steps.frame(request, run, "differences") | {"job": job}
    part = "serai/components/_job.html"
    return render_page(request, "reports/progress.html", context, part=part)


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
        content_type=actions.MEDIA_TYPES[format_],
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{held.file.sha256}"'
    return response


@guard(may=access.may_download_draft, load=queries.run_draft)
def draft(request: ServedRequest, wanted: queries.RunDraft) -> HttpResponse:
    """Hand out the report as it would be issued today, marked as a draft on every page."""
    run, format_ = wanted.run, wanted.format
    try:
        content = actions.draft_file(
            run,
            language=wanted.language,
            format_=format_,
            dated=actions.programme_day(request.now),
        )
    except TypesetFailed as failure:
        messages.error(request, str(failure))
        return redirect_with(request, reverse("reports:preview", args=[run.public_id]))
    name = f"draft-report-{run.number}-{run.as_of}.{wanted.language}.{format_}"
    response = HttpResponse(content, content_type=actions.MEDIA_TYPES[format_])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
