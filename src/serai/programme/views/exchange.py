"""Dates out to files and back in: exports, preview, apply, undo."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from serai.base.access import ServedRequest, guard
from serai.base.files.answers import answer_download
from serai.base.form_pages import status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.base.plans import write_plan
from serai.base.shown import Mark
from serai.base.tables import Column, Table
from serai.programme import access, actions, exports, queries
from serai.programme.actions import Refused
from serai.programme.actions.verdicts import REFUSES, WORKS, refusal
from serai.programme.forms import ImportForm, ReasonForm
from serai.programme.states import ImportState
from serai.programme.views.shared import crumbs, days_of, named, saved, shown

if TYPE_CHECKING:
    from serai.programme.models import ImportBatch, Initiative

VERDICTS = {
    "change": ("attention", lazy("New date proposed")),
    "first": ("part", lazy("First date proposed")),
    "done": ("done", lazy("Completion recorded")),
    "same": ("open", lazy("No change")),
    "note": ("attention", lazy("Read differently")),
    "unknown": ("wrong", lazy("Not known here")),
    "conflict": ("wrong", lazy("Changed since export")),
    "problem": ("wrong", lazy("Not understood")),
    "not_read": ("wrong", lazy("Not changed from a file")),
}


@guard(may=access.may_exchange, methods=("GET", "POST"))
def exchange(request: ServedRequest) -> HttpResponse:
    """Offer the exports, and read a file for a preview."""
    kept = [row for row in queries.initiative_choices(request.viewer) if row.may_keep]
    form = ImportForm(
        typed(request), request.FILES or None,
        initiatives=[(row.code, named(row.name)) for row in kept],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.preview_import(
                initiative=queries.initiative(request.viewer, form.cleaned_data["initiative"]),
                content=file.read(), name=file.name, language=get_language() or "en",
                by=request.viewer, now=request.now,
            )  # fmt: skip
        except Refused as error:
            form.add_error("file", str(error))
        else:
            address = reverse("programme:import", args=[batch.public_id])
            return redirect_with(request, address)
    return render_page(
        request,
        "programme/exchange.html",
        {
            "form": form,
            "initiatives": kept,
            "imports": queries.imports(request.viewer),
            "crumbs": crumbs(title=_("Files in and out")),
        },
        status=status_of(request, form),
    )


@guard(may=access.may_see_import, load=queries.import_batch, methods=("GET", "POST"))
def one_import(request: ServedRequest, found: "ImportBatch") -> HttpResponse:
    """Show what a file would change; apply it whole, or undo it."""
    form = ReasonForm(typed(request))
    here = reverse("programme:import", args=[found.public_id])
    if request.method == "POST":
        done = _act(request, found, form)
        if done:
            return saved(request, here, done)
    rows = queries.preview_rows(found)
    works = sum(row.verdict in WORKS for row in rows)
    places = [row.place for row in rows if row.verdict in REFUSES]
    return render_page(
        request,
        "programme/import.html",
        {
            "found": found,
            "form": form,
            "works": works,
            "refusal": refusal(places) if places else "",
            "table": _table(rows),
            "is_previewed": found.state == ImportState.PREVIEWED,
            "is_applied": found.state == ImportState.APPLIED,
            "crumbs": crumbs(
                (_("Files in and out"), reverse("programme:exchange")), title=found.file_name
            ),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )


def _act(request: ServedRequest, found: "ImportBatch", form: ReasonForm) -> str:
    by, now = request.viewer, request.now
    try:
        if "undo" in request.POST:
            actions.undo_import(batch=found, by=by, now=now)
            return _("The import is undone.")
        if form.is_valid():
            actions.apply_import(
                batch=found, reason=form.cleaned_data["reason"],
                language=get_language() or "en", by=by, now=now,
            )  # fmt: skip
            return _("The import is applied. New dates wait for the coordinator.")
    except Refused as error:
        form.add_error(None, str(error))
    return ""


def _table(rows: list[queries.PreviewRow]) -> Table:
    columns = (
        Column("number", _("No.")),
        Column("name", _("Milestone")),
        Column("here", _("Here")),
        Column("file", _("In the file")),
        Column("reading", _("Read as")),
        Column("verdict", _("What happens"), "state"),
        Column("sentence", _("Remark")),
    )
    shown_ = [
        (row.number or "–", row.name, row.here or "–", row.file or "–", days_of(row.window) or "–",
         Mark(VERDICTS[row.verdict][0], str(VERDICTS[row.verdict][1])), row.sentence or "–")
        for row in rows
    ]  # fmt: skip
    return Table(_("What the file would change"), columns, shown_)


@guard(may=access.may_see_initiative, load=queries.initiative)
def project_file(request: ServedRequest, found: "Initiative") -> HttpResponseBase:
    """Give an initiative's milestones as Microsoft Project XML."""
    day = shown(request)
    rows = queries.milestones(request.viewer, day.as_of, initiative=found.code)
    plan = exports.plan_file(rows, title=named(found.name), status_on=day.as_of)
    name = f"{'sample-' if found.sample else ''}{found.code}.xml"
    return answer_download(write_plan(plan), name, "application/xml")
