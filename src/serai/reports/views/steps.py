"""What every page of a run shares: its head, its steps, its blocks and its job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest
from serai.base.jobs import job_shown
from serai.base.pages import Crumb, is_part, redirect_with
from serai.base.shown import JobShown, Mark, Tab
from serai.reports import access, queries
from serai.reports.kinds import KINDS
from serai.reports.states import STALE_DAYS, RunState
from serai.reports.templatetags.reports import TONES, state_word

if TYPE_CHECKING:
    from datetime import date

    from serai.reports.models import Run


@dataclass(frozen=True)
class BlockRow:
    """One narrative block as the steps page lists it."""

    block: str
    title: str
    group: str
    mark: Mark
    author: str
    written_on: date | None
    has_newer_note: bool
    is_sample: bool


def mark_of(state: str) -> Mark:
    """Return the mark of a run's state."""
    return Mark(TONES[RunState(state)], state_word(state))


def frame(request: ServedRequest, run: Run, current: str) -> dict[str, object]:
    """Return what stands at the head of every page of a run."""
    kind = KINDS[run.kind]
    title = _("Report %(number)s") % {"number": run.number}
    crumbs = [
        Crumb(_("Reports"), reverse("reports:library")),
        Crumb(title, reverse("reports:build", args=[run.public_id])),
    ]
    return {
        "run": run,
        "kind": kind,
        "state": mark_of(run.state),
        "tabs": _tabs(request, run, current),
        "crumbs": crumbs if access.is_staff(request.viewer) else crumbs[:1],
        "title": title,
        "sample": run.sample,
        "is_staff": access.is_staff(request.viewer),
    }


def lead_on(context: dict[str, object], title: str) -> None:
    """Add the page itself to the way back."""
    crumbs = cast("list[Crumb]", context["crumbs"])
    context["crumbs"] = [*crumbs, Crumb(title)]


def _tabs(request: ServedRequest, run: Run, current: str) -> list[Tab]:
    """Return the tabs this viewer may open."""
    viewer = request.viewer
    is_staff = access.may_build_run(viewer, run)
    entries = (
        ("build", "reports:build", _("Steps"), is_staff),
        (
            "preview",
            "reports:preview",
            _("Preview"),
            not run.issued_at and access.may_preview_run(viewer, run),
        ),
        ("read", "reports:read", _("Issued text"), run.issued_at is not None),
        ("differences", "reports:differences", _("Differences"), is_staff),
        (
            "remarks",
            "reports:remarks",
            _("Remarks of countries"),
            access.may_read_remarks(viewer, run),
        ),
    )
    shown = [(code, name, title) for code, name, title, may in entries if may]
    return [
        Tab(title, reverse(name, args=[run.public_id]), is_current=code == current)
        for code, name, title in shown
    ]


def blocks(run: Run, language: str) -> list[BlockRow]:
    """Return the narrative blocks with author, date and freshness."""
    viewer = access.audience_viewer(run.audience, language)
    texts = queries.narrative_texts(run)
    rows = []
    for offer in KINDS[run.kind].offers(viewer, run.as_of, language):
        kept = texts.get(offer.block)
        is_empty = kept is None or not str(kept.text)
        newer = offer.written_on is not None and (
            kept is None or offer.written_on > kept.written_on
        )
        rows.append(
            BlockRow(
                block=offer.block,
                title=offer.title,
                group=offer.group,
                mark=_freshness(run, None if kept is None or is_empty else kept.written_on),
                author="" if kept is None else kept.author_name,
                written_on=None if kept is None else kept.written_on,
                has_newer_note=newer,
                is_sample=kept is not None and kept.sample,
            )
        )
    return rows


def _freshness(run: Run, written_on: date | None) -> Mark:
    if written_on is None:
        return Mark("open", _("No text yet"))
    if (run.as_of - written_on).days > STALE_DAYS:
        return Mark("attention", _("Older than 30 days"))
    return Mark("done", _("Fresh"))


def job(request: ServedRequest, run: Run) -> JobShown | None:
    """Return the making of files as its watcher sees it; None when nothing was asked for."""
    return job_shown(
        f"reports.build_run:{run.pk}",
        address=reverse("reports:progress", args=[run.public_id]),
        result_address=reverse("reports:read", args=[run.public_id]) if run.issued_at else "",
        asked_count=_asked_count(request),
        now=request.now,
    )


def unfinished_job(request: ServedRequest, run: Run) -> JobShown | None:
    """Return the making of files while it goes on or has failed; the issued run says the rest."""
    shown = job(request, run)
    return shown if shown and (shown.is_running or shown.error) else None


def whole_page(request: ServedRequest, address: str) -> HttpResponse:
    """Lead from a part that has ended to its whole page, which shows what came of it."""
    if not is_part(request):
        return redirect_with(request, address)
    response = HttpResponse()
    response.headers["HX-Refresh"] = "true"
    return response


def _asked_count(request: ServedRequest) -> int:
    """Return how often the page has asked already."""
    asked = request.GET.get("asked", "")
    return int(asked) if asked.isdigit() and len(asked) < 7 else 0


def rebuild_job(request: ServedRequest, run: Run) -> JobShown | None:
    """Return the making again of files; None when nobody asked for it or it is done."""
    shown = job_shown(
        f"reports.rebuild_run:{run.pk}",
        address=reverse("reports:rebuild_progress", args=[run.public_id]),
        result_address=reverse("reports:differences", args=[run.public_id]),
        asked_count=_asked_count(request),
        now=request.now,
    )
    return shown if shown and (shown.is_running or shown.error) else None
