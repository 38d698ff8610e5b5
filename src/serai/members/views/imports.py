"""Importing organisations from a sheet: map, preview with every fault, enter whole, undo."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.sheet_uploads import sign, unsign, uploaded
from serai.base.tables import Sheet
from serai.members import access, actions, exports, queries
from serai.members.forms import MapForm, SheetForm

SALT = "serai.members.import"
MOST_ROWS = 2_000


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Organisations"), reverse("members:organisations")), Crumb(_("Import"))]


@guard(may=access.may_import, methods=("GET", "POST"))
def upload(request: ServedRequest) -> HttpResponse:
    """Take a sheet and show what it would do."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (sheet := uploaded(form, MOST_ROWS)):
        return _preview(request, sheet, exports.guess_columns(sheet[0]))
    return render_page(
        request,
        "members/import_organisations.html",
        {"form": form, "columns": exports.wanted_columns(), "crumbs": _crumbs()},
        status=422 if form.errors else 200,
    )


def _preview(
    request: ServedRequest, sheet: Sheet, columns: dict[str, int], *, status: int = 200
) -> HttpResponse:
    """Show each row and what happens to it, and every fault at once."""
    rows = _read(request, sheet, columns)
    faults = [sentence for row in rows for sentence in row.errors]
    form = MapForm(
        columns=list(sheet[0]),
        wanted=exports.wanted_columns(),
        initial={f"column_{key}": str(number) for key, number in columns.items()},
    )
    return render_page(
        request,
        "members/check_import.html",
        {
            "form": form,
            "faults": faults,
            "table": exports.preview_table(rows),
            "sheet": sign(sheet, SALT),
            "new_count": sum(1 for row in rows if not row.errors and not row.known_public_id),
            "known_count": sum(1 for row in rows if row.known_public_id),
            "crumbs": _crumbs(),
        },
        status=status,
    )


@guard(may=access.may_import, methods=("POST",))
def check(request: ServedRequest) -> HttpResponse:
    """Map the columns anew, or enter every row, all or none."""
    sheet = unsign(request.POST.get("sheet", ""), SALT)
    if sheet is None:
        return redirect_with(
            request,
            reverse("members:import_organisations"),
            _("The preview is older than two hours. Upload the sheet again."),
        )
    columns = _columns(request, len(sheet[0]))
    rows = _read(request, sheet, columns)
    if request.POST.get("act") != "enter":
        return _preview(request, sheet, columns)
    if any(row.errors for row in rows):
        return _preview(request, sheet, columns, status=422)
    result = actions.import_organisations(
        rows=[_imported(request, row) for row in rows], by=request.viewer, now=request.now
    )
    return render_page(request, "members/imported.html", {"result": result, "crumbs": _crumbs()})


def _read(request: ServedRequest, sheet: Sheet, columns: dict[str, int]) -> list[exports.SheetRow]:
    numbered = [(row.number, row) for row in sheet[1:]]
    return exports.read_organisations(request.viewer, numbered, columns)


def _columns(request: ServedRequest, count: int) -> dict[str, int]:
    chosen = {key: request.POST.get(f"column_{key}", "") for key in exports.WANTED}
    return {key: int(text) for key, text in chosen.items() if text.isdigit() and int(text) < count}


def _imported(request: ServedRequest, row: exports.SheetRow) -> actions.ImportedOrganisation:
    facts = actions.OrganisationFacts(
        names=row.names,
        kind=exports.kind_of(row),
        member=queries.member(request.viewer, row.iso3) if row.iso3 else None,
        domains=row.domains,
    )
    return actions.ImportedOrganisation(row.number, facts, row.known_public_id)


@guard(may=access.may_import, methods=("POST",))
def undo(request: ServedRequest, key: str) -> HttpResponse:
    """Take an import back."""
    try:
        count = actions.undo_import(key=key, by=request.viewer, now=request.now)
        said = _("The import is undone: {count} organisations were removed.").format(count=count)
    except actions.Refused as error:
        said = str(error)
    return redirect_with(request, reverse("members:organisations"), said)
