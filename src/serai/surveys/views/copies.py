"""A response as PDF or Word, to keep: asked for, made in the background, opened by its asker."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.files import answer_download, answer_file
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.surveys import access, actions, queries
from serai.surveys.exports.trail import trail_json
from serai.surveys.forms import CopyForm
from serai.surveys.queries.copies import CopyFile, copies_of, copy_file
from serai.surveys.queries.own import letter as own_letter
from serai.surveys.states import ReadingWay
from serai.surveys.views.answering import way_back
from serai.surveys.views.shared import note_read
from serai.surveys.views.work import job_of

if TYPE_CHECKING:
    from serai.surveys.models import SignOff


@guard(may=access.may_have_copy, load=queries.response, methods=("GET", "POST"))
def copy(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """Ask for a copy; list those made before."""
    address = reverse("surveys:copy", args=[found.public_id])
    form = CopyForm(typed(request))
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        actions.ask_copy(
            response=found, kind=kind, language=get_language() or "en", by=request.viewer,
            now=request.now,
        )  # fmt: skip
        return redirect_with(request, f"{address}?kind={kind}")
    kind = request.GET.get("kind", "")
    job = None
    if kind in dict(CopyForm.KINDS):
        key = actions.copy_key(found, request.viewer, kind)
        job = job_of(request, key, f"{address}?kind={kind}")
    head = queries.head_of(found)
    context = {
        "form": form, "found": found, "head": head, "job": job, "sample": found.sample,
        "files": copies_of(request.viewer, found),
        "crumbs": way_back(head, _("As PDF or Word")),
    }  # fmt: skip
    return render_page(
        request, "surveys/copy.html", context, part="serai/components/_job.html",
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


@guard(may=access.may_open_copy, load=copy_file)
def file(request: ServedRequest, of: CopyFile) -> HttpResponseBase:
    """Give a copy that was made."""
    return answer_file(of.stored)


@guard(may=access.may_have_trail, load=queries.response)
def trail(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Give all rows of a response with their proofs."""
    sample = "sample-" if found.sample else ""
    name = f"{sample}{found.wave.survey.code}-{found.public_id}.audit.json"
    content = trail_json(queries.trail(request.viewer, found))
    note_read(request, ReadingWay.PROOFS, found)
    return answer_download(content, name, "application/json")


@guard(may=access.may_read_letter, load=own_letter)
def letter(request: ServedRequest, found: "SignOff") -> HttpResponseBase:
    """Give back the letter that came with a signature."""
    note_read(request, ReadingWay.FILE, found.response)
    return answer_file(found.letter)  # type: ignore[arg-type]
