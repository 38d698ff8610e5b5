"""A response as a workbook: downloaded, brought back, looked at, taken over, undone."""

from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.files import answer_download
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Mark
from serai.base.tables import XLSX_TYPE, Column, SheetFault, Table
from serai.surveys import access, actions, queries
from serai.surveys.actions import Fate, Refused, Taken, Undo
from serai.surveys.exports.returned import read_returned
from serai.surveys.exports.workbook import NotTaken, workbook_file
from serai.surveys.forms import WorkbookForm
from serai.surveys.queries.returned import Given, Returned, RowAct, Stray
from serai.surveys.states import ReadingWay
from serai.surveys.views.answering import way_back
from serai.surveys.views.shared import note_read

if TYPE_CHECKING:
    from serai.surveys.queries import Response

KEPT_SECONDS = 2 * 3600
SALT, UNDO_SALT = "serai.surveys.workbook", "serai.surveys.workbook_undo"
MOST_SHOWN = 300


@guard(may=access.may_have_workbook, load=queries.fillable_response)
def download(request: ServedRequest, found: "Response") -> HttpResponseBase:
    """Give the questions and answers as a workbook to be filled in."""
    return _file(request, found, [])


def _file(request: ServedRequest, found: "Response", rest: list[NotTaken]) -> HttpResponseBase:
    note_read(request, ReadingWay.COPY, found)
    book = queries.workbook(request.viewer, found, request.now, get_language() or "en")
    sample = "sample-" if found.sample else ""
    name = f"{sample}{found.wave.survey.code}-{found.public_id}.xlsx"
    return answer_download(workbook_file(book, found, rest), name, XLSX_TYPE)


@guard(may=access.may_bring_workbook, load=queries.fillable_response, methods=("GET", "POST"))
def bring(request: ServedRequest, found: "Response") -> HttpResponseBase:
    """Take a workbook back and show what it would change, cell by cell."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        try:
            returned = read_returned(file.read(), file.name, found.public_id)
        except SheetFault as error:
            form.add_error("workbook", str(error))
        else:
            return _preview(request, found, returned)
    head = queries.head_of(found)
    context = {
        "form": form, "found": found, "head": head, "sample": found.sample,
        "is_entered": queries.enters_for(request.viewer, found),
        "back": _home(request, found), "crumbs": way_back(head, _("As a workbook")),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render_page(request, "surveys/workbook.html", context, status=status)


def _preview(
    request: ServedRequest, found: "Response", returned: Returned, problem: str = ""
) -> HttpResponse:
    try:
        taken = actions.try_workbook(
            response=found, returned=returned, by=request.viewer, now=request.now
        )
    except Refused as error:
        return redirect_with(request, _home(request, found), str(error))
    note_read(request, ReadingWay.PAGE, found)
    head = queries.head_of(found)
    context = {
        "found": found, "head": head, "taken": taken, "problem": problem, "sample": found.sample,
        "changes": _table(_("What changes"), taken, Fate.NEW, Fate.SUGGESTED),
        "rest": _table(_("What is not taken"), taken, Fate.CONFLICT, Fate.REFUSED),
        "same": len(taken.of(Fate.SAME)), "packed": pack(returned), "seen": taken.digest,
        "crumbs": way_back(head, _("Preview of the workbook")),
    }  # fmt: skip
    return render_page(
        request, "surveys/workbook_preview.html", context, status=422 if problem else 200
    )


def _table(title: str, taken: Taken, *fates: Fate) -> Table:
    """Return some cells, now and then beside each other; strays among those not taken."""
    said = {
        Fate.NEW: Mark("done", _("new")), Fate.SUGGESTED: Mark("info", _("proposed")),
        Fate.CONFLICT: Mark("attention", _("changed by both")),
        Fate.REFUSED: Mark("wrong", _("refused")),
    }  # fmt: skip
    columns = (
        Column("cell", _("Cell")), Column("question", _("Question")), Column("old", _("Now")),
        Column("new", _("In the workbook")), Column("fate", _("What becomes of it"), "state"),
        Column("why", _("Why")),
    )  # fmt: skip
    rows: list[tuple[object, ...]] = [
        (f"{one.meant.given.sheet} {one.meant.given.address}", one.meant.question,
         one.meant.before, one.meant.after or one.meant.given.text, said[one.fate], one.why)
        for one in taken.of(*fates)
    ]  # fmt: skip
    if Fate.REFUSED in fates:
        rows += [
            (f"{one.sheet} {one.address}", "", "", one.text, said[Fate.REFUSED], one.why)
            for one in taken.strays
        ]
    return Table(title, columns, rows[:MOST_SHOWN])


@guard(may=access.may_bring_workbook, load=queries.fillable_response, methods=("POST",))
def take(request: ServedRequest, found: "Response") -> HttpResponseBase:
    """Take over all that the preview said, or nothing."""
    returned = unpack(request.POST.get("packed", ""))
    if returned is None or returned.response != found.public_id:
        return redirect_with(
            request, _address(found), _("The preview is older than two hours. Upload it again.")
        )
    try:
        taken = actions.take_workbook(
            response=found, returned=returned, seen=request.POST.get("seen", ""),
            by=request.viewer, now=request.now,
        )  # fmt: skip
    except Refused as error:
        return _preview(request, found, returned, str(error))
    head = queries.head_of(found)
    context = {
        "found": found, "head": head, "count": taken.changes, "sample": found.sample,
        "rest": len(taken.of(Fate.CONFLICT, Fate.REFUSED)) + len(taken.strays),
        "packed": request.POST["packed"], "undo": pack_undo(found, taken.undo),
        "is_entered": queries.enters_for(request.viewer, found),
        "crumbs": way_back(head, _("The workbook is in")), "back": _home(request, found),
    }  # fmt: skip
    return render_page(request, "surveys/workbook_taken.html", context)


@guard(may=access.may_bring_workbook, load=queries.fillable_response, methods=("POST",))
def rest(request: ServedRequest, found: "Response") -> HttpResponseBase:
    """Give the workbook anew, with the cells that were not taken and why."""
    returned = unpack(request.POST.get("packed", ""))
    if returned is None or returned.response != found.public_id:
        return redirect_with(
            request, _address(found), _("This was more than two hours ago. Upload it again.")
        )
    taken = actions.try_workbook(
        response=found, returned=returned, by=request.viewer, now=request.now
    )
    return _file(request, found, _not_taken(taken))


def _not_taken(taken: Taken) -> list[NotTaken]:
    cells = [
        NotTaken(one.meant.given.sheet, one.meant.given.address, one.meant.question,
                 one.meant.given.text or one.meant.after, one.why, one.meant.ref)
        for one in taken.of(Fate.CONFLICT, Fate.REFUSED)
    ]  # fmt: skip
    return cells + [NotTaken(one.sheet, one.address, "", one.text, one.why) for one in taken.strays]


@guard(may=access.may_bring_workbook, load=queries.fillable_response, methods=("POST",))
def undo(request: ServedRequest, found: "Response") -> HttpResponseBase:
    """Put back all that a workbook wrote, or nothing."""
    kept = unpack_undo(found, request.POST.get("undo", ""))
    back = _home(request, found)
    if kept is None:
        return redirect_with(
            request, back, _("This was more than two hours ago. Change the answers here.")
        )
    try:
        count = actions.undo_workbook(response=found, undo=kept, by=request.viewer, now=request.now)
    except Refused as error:
        return redirect_with(request, back, str(error))
    said = ngettext("%(n)d change is taken back.", "%(n)d changes are taken back.", count)
    return redirect_with(request, back, said % {"n": count})


def _home(request: ServedRequest, found: "Response") -> str:
    """Return where the viewer goes on: the response, or the page where they enter it."""
    if queries.enters_for(request.viewer, found):
        return _address(found)
    return reverse("surveys:response", args=[found.public_id])


def _address(found: "Response") -> str:
    return reverse("surveys:workbook", args=[found.public_id])


# ---------------------------------------------------------------- carried by the preview's form
def pack(returned: Returned) -> str:
    """Pack what was read, signed, for the preview's form."""
    given = [
        [one.sheet, one.address, one.path, one.entry, one.base, one.seen, one.text, one.reason,
         one.marks, one.fault]
        for one in returned.given
    ]  # fmt: skip
    rows = [
        [one.sheet, one.address, one.repeat_path, one.name, one.parent, one.is_new]
        for one in returned.rows
    ]
    strays = [[one.sheet, one.address, one.text, one.why] for one in returned.strays]
    head = [returned.response, returned.version, returned.language, returned.digest]
    return signing.dumps([head, given, rows, strays], salt=SALT, compress=True)


def unpack(text: str) -> Returned | None:
    """Return what a preview carried; None when it is older than two hours or not ours."""
    try:
        head, given, rows, strays = signing.loads(text, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    response, version, language, digest = head
    return Returned(
        response, version, language, digest, tuple(Given(*one) for one in given), tuple(RowAct(*one) for one in rows),
        tuple(Stray(*one) for one in strays),
    )  # fmt: skip


def pack_undo(found: "Response", undo: Undo) -> str:
    """Return what the button that undoes carries."""
    what = [undo.answers, undo.added, undo.removed, undo.suggested]
    return signing.dumps([found.public_id, what], salt=UNDO_SALT, compress=True)


def unpack_undo(found: "Response", text: str) -> Undo | None:
    """Return what undoing needs; None when it is too old, or not of this response."""
    try:
        number, what = signing.loads(text, salt=UNDO_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    if number != found.public_id:
        return None
    answers, added, removed, suggested = what
    return Undo(
        tuple(tuple(one) for one in answers), tuple(added), tuple(removed), tuple(suggested)
    )
