"""A wave's answers as files: asked for, made in the background, kept for the asker."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.files import answer_file
from serai.base.held import typed
from serai.base.pages import Crumb, redirect_with, render_page
from serai.surveys import access, actions, queries
from serai.surveys.forms import ExportForm
from serai.surveys.views.shared import crumbs, wave_steps
from serai.surveys.views.work import job_of

if TYPE_CHECKING:
    from serai.surveys.models import Wave


@guard(may=access.may_export, load=queries.any_wave, methods=("GET", "POST"))
def export(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Ask for a file of the answers; list those made before."""
    address = reverse("surveys:export", args=[found.public_id])
    form = ExportForm(typed(request))
    if request.method == "POST" and form.is_valid():
        kind, with_labels = form.cleaned_data["kind"], form.cleaned_data["with_labels"]
        actions.ask_export(
            wave=found, kind=kind, with_labels=with_labels, language=get_language() or "en",
            by=request.viewer, now=request.now,
        )  # fmt: skip
        query = f"?kind={kind}&labels={int(with_labels)}"
        return redirect_with(request, f"{address}{query}")
    context = {
        "form": form, "found": found, "job": _job(request, found, address), "sample": found.sample,
        "files": queries.export_files(request.viewer, found), "crumbs": _crumbs(request, found),
    }  # fmt: skip
    return render_page(
        request, "surveys/export.html", context, part="serai/components/_job.html",
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


def _job(request: ServedRequest, found: "Wave", address: str) -> object:
    """Return the job of the file that was asked for last."""
    kind, labels = request.GET.get("kind", ""), request.GET.get("labels", "0")
    if kind not in dict(ExportForm.KINDS) or labels not in {"0", "1"}:
        return None
    key = actions.export_key(found, request.viewer, kind, with_labels=labels == "1")
    return job_of(request, key, f"{address}?kind={kind}&labels={labels}")


def _crumbs(request: ServedRequest, found: "Wave") -> list[Crumb]:
    steps = wave_steps(found) if access.may_see_survey(request.viewer, found) else []
    return crumbs(*steps, title=_("Answers as files"))


@guard(may=access.may_open_export, load=queries.export_file)
def file(request: ServedRequest, of: "queries.ExportFile") -> HttpResponseBase:
    """Give a file that was made."""
    return answer_file(of.stored)
