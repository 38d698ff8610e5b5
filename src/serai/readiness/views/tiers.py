"""Tables of tiers and platforms: one table, its draft, a sheet in place of its tiers."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage, status_of
from serai.base.held import typed
from serai.base.lists import download
from serai.base.pages import redirect_with, render_page
from serai.base.sheet_uploads import sign, unsign, uploaded
from serai.base.tables import Sheet
from serai.readiness import access, actions
from serai.readiness.exports.frameworks import platforms_table
from serai.readiness.exports.sheets import read_tier_sheet, tier_columns, tier_rows, tiers_table
from serai.readiness.forms.frameworks import ChangeNoteForm, SheetForm
from serai.readiness.queries import frameworks as editions
from serai.readiness.states import EditionState
from serai.readiness.states import edition_words as words
from serai.readiness.views.shared import crumbs, form_page

if TYPE_CHECKING:
    from serai.readiness.models import TierTable

SALT = "serai.readiness.tiers"
MOST_ROWS = 1_000


def _named(found: "TierTable") -> str:
    return _("Tiers and platforms, edition %(number)d") % {"number": found.number}


def _address(found: "TierTable") -> str:
    return reverse("readiness:tiers", args=[found.public_id])


@guard(may=access.may_read_framework, load=editions.tier_table)
def tiers(request: ServedRequest, found: "TierTable") -> HttpResponseBase:
    """Show what platforms ask of a line, and what else is known of them."""
    read = editions.platforms(found.document)
    if file := download(request, tiers_table(read.tiers, as_file=True), "tiers"):
        return file
    may_keep = access.may_keep_framework(request.viewer, found)
    return render_page(
        request,
        "readiness/tiers.html",
        {
            "found": found,
            "title": _named(found),
            "mark": words.edition_mark(found.state),
            "table": tiers_table(read.tiers, {one.code: one.name for one in read.platforms}),
            "platforms": platforms_table(read.platforms),
            "bodies": [(one.code, one.name) for one in read.platforms],
            "faults": read.faults,
            "may_keep": may_keep,
            "may_edit": may_keep and found.state == EditionState.DRAFT,
            "is_empty": not read.tiers,
            "crumbs": crumbs(title=_named(found)),
            "sample": found.sample,
        },
    )


@guard(may=access.may_keep_framework, load=editions.tier_table, methods=("POST",))
def copy(request: ServedRequest, found: "TierTable") -> HttpResponse:
    """Begin a draft with what a table says."""
    made = actions.copy_edition(edition=found, by=request.viewer, now=request.now)
    said = _("The draft is made. Upload a sheet in place of its tiers, then publish it.")
    return redirect_with(request, _address(made), said)


@guard(may=access.may_keep_framework, load=editions.tier_draft, methods=("POST",))
def delete(request: ServedRequest, found: "TierTable") -> HttpResponse:
    """Throw a draft away."""
    actions.delete_draft(draft=found, by=request.viewer, now=request.now)
    return redirect_with(request, reverse("readiness:frameworks"), _("The draft is deleted."))


@guard(may=access.may_keep_framework, load=editions.tier_draft, methods=("GET", "POST"))
def publish(request: ServedRequest, found: "TierTable") -> HttpResponse:
    """Put a draft in use."""
    form = ChangeNoteForm(typed(request))
    page = FormPage(
        title=_("Publish"), verb=_("Publish"), back=_address(found),
        done=_("The table is in use now."), sample=found.sample,
        intro=_("The table in use until now is retired; both stay as they are."),
        crumbs=crumbs((_named(found), _address(found)), title=_("Publish")),
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.publish(
            draft=found, change_note=form.cleaned_data["change_note"], by=request.viewer,
            now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_keep_framework, load=editions.tier_draft, methods=("GET", "POST"))
def upload(request: ServedRequest, found: "TierTable") -> HttpResponse:
    """Take a sheet of tiers and show what it would do; enter it once it was seen, whole."""
    if request.method == "POST" and "seen" in request.POST:
        return _enter(request, found)
    is_sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if is_sent else SheetForm()
    if is_sent and (sheet := uploaded(form, MOST_ROWS)):
        return _preview(request, found, sheet)
    return render_page(
        request,
        "readiness/upload_sheet.html",
        {
            "form": form, "title": _("Tiers from a sheet"), "columns": tier_columns(),
            "back": _address(found), "blank": f"{_address(found)}?as=",
            "crumbs": crumbs((_named(found), _address(found)), title=_("Tiers from a sheet")),
        },
        status=status_of(request, form),
    )  # fmt: skip


def _preview(
    request: ServedRequest, found: "TierTable", sheet: Sheet, *, status: int = 200
) -> HttpResponse:
    read = read_tier_sheet(sheet)
    return render_page(
        request,
        "readiness/check_sheet.html",
        {
            "title": _("Preview of the sheet"), "table": tiers_table(read.tiers),
            "refused": read.refused, "count": len(read.tiers), "sheet": sign(sheet, SALT),
            "address": reverse("readiness:upload_tiers", args=[found.public_id]),
            "crumbs": crumbs((_named(found), _address(found)), title=_("Preview of the sheet")),
        },
        status=status,
    )  # fmt: skip


def _enter(request: ServedRequest, found: "TierTable") -> HttpResponse:
    sheet = unsign(request.POST["seen"], SALT)
    if sheet is None:
        back = reverse("readiness:upload_tiers", args=[found.public_id])
        return redirect_with(
            request, back, _("The preview is older than two hours. Upload the sheet again.")
        )
    read = read_tier_sheet(sheet)
    if read.refused or not read.tiers:
        return _preview(request, found, sheet, status=422)
    actions.replace_tiers(
        draft=found, tiers=tier_rows(read.tiers), by=request.viewer, now=request.now
    )
    return redirect_with(request, _address(found), _("The tiers of the sheet are in the draft."))
