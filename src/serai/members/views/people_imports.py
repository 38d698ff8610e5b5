"""Inviting people from a sheet: map, preview with every fault, invite whole, undo."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import Denied, ServedRequest, guard
from serai.base.held import held_post
from serai.base.imports import CellFault, Preview, guess_columns
from serai.base.lists import download
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.sheet_uploads import sign, unsign, uploaded
from serai.base.tables import Sheet
from serai.members import access, actions, exports, queries
from serai.members.forms import MapForm, SheetForm
from serai.members.views.shared import from_people

SALT = "serai.members.people_import"
Read = Preview[exports.SheetPerson]


def _crumbs() -> list[Crumb]:
    return [*from_people(), Crumb(_("Import"))]


@guard(may=access.may_invite, methods=("GET", "POST"), fresh=True)
def upload(request: ServedRequest) -> HttpResponse:
    """Take a sheet and show whom it would invite."""
    form = SheetForm(request.POST or None, request.FILES or None)
    form.fields["sheet"].help_text = _(
        "CSV, XLSX or ODS: one role of one person a row, names of columns in the first row."
    )
    if request.method == "POST" and (sheet := uploaded(form, exports.MOST_PEOPLE)):
        return _preview(request, sheet, guess_columns(sheet[0], exports.people_columns()))
    return render_page(
        request,
        "members/import_people.html",
        {"form": form, "columns": exports.people_columns(), "crumbs": _crumbs()},
        status=422 if form.errors else 200,
    )


def _read(request: ServedRequest, sheet: Sheet, columns: Mapping[str, int]) -> Read:
    """Read the sheet, and ask of each row whether its invitation could be written."""
    wanted = _Wanted(request)

    def check(row: exports.SheetPerson) -> bool:
        role = wanted.of(row)
        if queries.holds_or_is_invited(
            row.email,
            row.role,
            member=role.member,
            organisation=role.organisation,
            now=request.now,
        ):
            return True
        try:
            actions.check_invitation(
                email=row.email, wanted=role, by=request.viewer, now=request.now
            )
        except actions.Refused as error:
            raise CellFault(str(error)) from error
        except Denied as error:
            raise CellFault(
                _("You may not give this role here. Check its member or organisation.")
            ) from error
        return False

    return exports.read_people(request.viewer, sheet, columns, check)


class _Wanted:
    """Turns rows into roles; each member and organisation is read once."""

    def __init__(self, request: ServedRequest) -> None:
        self.viewer = request.viewer
        self.members: dict[str, queries.MemberFound] = {}
        self.organisations: dict[str, queries.OrganisationFound] = {}

    def of(self, row: exports.SheetPerson) -> actions.RoleWanted:
        """Return a row's role with its scope."""
        if row.iso3 and row.iso3 not in self.members:
            self.members[row.iso3] = queries.member(self.viewer, row.iso3)
        if row.organisation and row.organisation not in self.organisations:
            found = queries.organisation(self.viewer, row.organisation)
            self.organisations[row.organisation] = found
        return actions.RoleWanted(
            role=row.role,
            member=self.members.get(row.iso3),
            organisation=self.organisations.get(row.organisation),
            initiatives=row.initiatives,
            until_on=row.until_on,
        )


def _preview(
    request: ServedRequest, sheet: Sheet, columns: Mapping[str, int], *, status: int = 200
) -> HttpResponse:
    """Show each row and what happens to it, and every fault at once."""
    found = _read(request, sheet, columns)
    form = MapForm(
        columns=list(sheet[0]),
        wanted=[(column.key, column.title) for column in exports.people_columns()],
        initial={f"column_{key}": str(number) for key, number in columns.items()},
    )
    known = sum(1 for entry in found.entries if entry.value.is_known)
    return render_page(
        request,
        "members/check_people.html",
        {
            "form": form,
            "faults": found.faults,
            "table": exports.invitees_table(found) if found.entries else None,
            "sheet": sign(sheet, SALT),
            "new_count": len(found.entries) - known,
            "known_count": known,
            "crumbs": _crumbs(),
        },
        status=status,
    )


@guard(may=access.may_invite, methods=("GET", "POST"), fresh=True)
def check(request: ServedRequest) -> HttpResponse:
    """Map the columns anew, or invite every row, all or none.

    Who had to sign in again meanwhile comes back here by GET and finds the preview as it was.
    """
    posted = request.POST or held_post(request) or QueryDict()
    sheet = unsign(posted.get("sheet", ""), SALT)
    if sheet is None:
        return redirect_with(
            request,
            reverse("members:import_people"),
            _("The preview is older than two hours. Upload the sheet again."),
        )
    columns = _columns(posted, len(sheet[0]))
    if request.method != "POST" or posted.get("act") != "enter":
        return _preview(request, sheet, columns)
    found = _read(request, sheet, columns)
    if not found.may_be_applied:
        return _preview(request, sheet, columns, status=422)
    result = actions.import_people(
        rows=_invitees(request, found), by=request.viewer, now=request.now
    )
    return render_page(
        request, "members/imported_people.html", {"result": result, "crumbs": _crumbs()}
    )


def _columns(posted: QueryDict, count: int) -> dict[str, int]:
    keys = [column.key for column in exports.people_columns()]
    chosen = {key: str(posted.get(f"column_{key}", "")) for key in keys}
    return {key: int(text) for key, text in chosen.items() if text.isdigit() and int(text) < count}


def _invitees(request: ServedRequest, found: Read) -> Sequence[actions.Invitee]:
    wanted = _Wanted(request)
    return [
        actions.Invitee(
            email=entry.value.email,
            full_name=entry.value.full_name,
            wanted=wanted.of(entry.value),
            language=entry.value.language,
        )
        for entry in found.entries
        if not entry.value.is_known
    ]


@guard(may=access.may_invite, methods=("POST",))
def undo(request: ServedRequest, key: str) -> HttpResponse:
    """Take an import back."""
    try:
        count = actions.undo_people_import(key=key, by=request.viewer, now=request.now)
        said = ngettext(
            "The import is undone: {n} invitation was withdrawn.",
            "The import is undone: {n} invitations were withdrawn.",
            count,
        ).format(n=count)
    except actions.Refused as error:
        said = str(error)
    return redirect_with(request, reverse("members:invitations"), said)


@guard(may=access.may_see_people, methods=("GET",))
def sheet(request: ServedRequest) -> HttpResponseBase:
    """Give people and roles, one role a row, in the shape the import reads."""
    table = exports.roles_sheet(queries.grants_of(request.viewer))
    found = download(request, table, "people-and-roles")
    return found or redirect_with(request, reverse("members:people"))
