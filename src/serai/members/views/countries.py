"""Members of the programme: the tile map and list, one member, its facts."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, anyone, guard
from serai.base.days import plain_day
from serai.base.forms.texts import read_texts, texts_of
from serai.base.languages import language_name
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.text import TranslatedText
from serai.members import access, actions, exports, queries
from serai.members.forms import MemberForm
from serai.members.states import Clearance, MemberState
from serai.members.states.words import CLEARANCES


@guard(may=anyone, methods=("GET",))
def members(request: ServedRequest) -> HttpResponse:
    """Show every member in programme order, and on the tile map."""
    rows = queries.members_ever(request.viewer)
    return render_page(
        request,
        "members/members.html",
        {
            "table": exports.members_table(rows),
            "count": len(rows),
            "chart": exports.members_map(queries.members(request.viewer)),
            "may_add": access.may_edit_member(request.viewer),
            "crumbs": [Crumb(_("Members"))],
        },
    )


def _name(request: ServedRequest, found: queries.MemberFound) -> str:
    return str(found.shown_name.pick(request.LANGUAGE_CODE)[0])


def _membership(found: queries.MemberFound) -> str:
    """Say until when it is, or was, a member; nothing where no end is set."""
    if found.until_on is None:
        return ""
    words = _("Member until %(day)s")
    if found.state == MemberState.FORMER:
        words = _("Former member; its membership ended on %(day)s")
    return words % {"day": plain_day(found.until_on)}


@guard(may=anyone, load=queries.member, methods=("GET",))
def member(request: ServedRequest, found: queries.MemberFound) -> HttpResponse:
    """Show one member: facts for all, people and organisations for those who may see them."""
    viewer = request.viewer
    sees = access.may_see_organisations(viewer)
    return render_page(
        request,
        "members/member.html",
        {
            "found": found,
            "name": _name(request, found),
            "clearance": dict(CLEARANCES)[found.clearance],
            "languages": ", ".join(language_name(code) for code in found.languages),
            "organisations": exports.organisations_table(
                queries.organisations(viewer, iso3=found.iso3)
            )
            if sees
            else None,
            "may_see_people": access.may_see_people(viewer),
            "membership": _membership(found),
            "is_former": found.state == MemberState.FORMER,
            "may_end": access.may_end_member(viewer, found),
            "may_edit": access.may_edit_member(viewer, found),
            "may_see_audiences": access.may_see_audiences(viewer, found),
            "is_signed_in": viewer.is_signed_in,
            "sample": found.sample,
            "crumbs": [
                Crumb(_("Members"), reverse("members:members")), Crumb(_name(request, found))
            ],
        },
    )  # fmt: skip


@guard(may=access.may_edit_member, load=queries.member, methods=("GET", "POST"))
def edit(request: ServedRequest, found: queries.MemberFound) -> HttpResponse:
    """Correct a member's names and facts."""
    form = MemberForm(
        request.POST or None,
        initial={
            "iso3": found.iso3,
            "languages": ", ".join(found.languages),
            "time_zone": found.time_zone,
            "tile_column": found.tile_column,
            "tile_row": found.tile_row,
            "order": found.order,
            "clearance": found.clearance,
        }
        | texts_of("name", found.names)
        | texts_of("short", found.short_name),
    )
    back = reverse("members:member", args=[found.iso3])
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.change_member(
                member=found, facts=_facts(form, found), by=request.viewer, now=request.now
            )
            return redirect_with(request, reverse("members:member", args=[kept.iso3]), _("Saved."))
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/edit_member.html",
        {
            "form": form,
            "name": _name(request, found),
            "back": back,
            "crumbs": [
                Crumb(_("Members"), reverse("members:members")),
                Crumb(_name(request, found), back),
                Crumb(_("Change")),
            ],
        },
        status=422 if form.errors else 200,
    )


@guard(may=access.may_edit_member, methods=("GET", "POST"))
def add(request: ServedRequest) -> HttpResponse:
    """Enter a member: it comes last in the programme's order unless another place is given."""
    last = max((row.order for row in queries.members_ever(request.viewer)), default=0)
    form = MemberForm(
        request.POST or None,
        initial={"order": last + 1, "clearance": Clearance.FOCAL_POINT.value},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_member(facts=_facts(form), by=request.viewer, now=request.now)
            back = reverse("members:member", args=[made.iso3])
            return redirect_with(request, back, _("The member is entered."))
        except actions.Refused as error:
            form.add_error(None, str(error))
    back = reverse("members:members")
    return render_page(
        request,
        "members/edit_member.html",
        {
            "form": form,
            "name": _("New member"),
            "back": back,
            "crumbs": [Crumb(_("Members"), back), Crumb(_("New member"))],
        },
        status=422 if form.errors else 200,
    )


def _facts(form: MemberForm, found: queries.MemberFound | None = None) -> actions.MemberFacts:
    given = form.cleaned_data
    column, row = given["tile_column"], given["tile_row"]
    return actions.MemberFacts(
        iso3=given["iso3"],
        names=read_texts(form, "name", found.names if found else TranslatedText()),
        short_name=read_texts(form, "short", found.short_name if found else TranslatedText()),
        languages=tuple(c.strip() for c in given["languages"].split(",") if c.strip()),
        time_zone=given["time_zone"],
        tile=(column, row) if column is not None and row is not None else None,
        order=given["order"],
        clearance=Clearance(given["clearance"]),
    )
