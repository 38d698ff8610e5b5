"""Organisations: the list, one, entering, changing, merging, closing."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.forms.texts import texts_of
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.tables import in_order
from serai.members import access, actions, exports, queries
from serai.members.forms import MergeForm, OrganisationForm
from serai.members.states import OrganisationKind, OrganisationState
from serai.members.states.words import KIND_NAMES, KINDS, ORGANISATION_STATES
from serai.members.views.shared import with_reason


@guard(may=access.may_see_organisations, methods=("GET",))
def organisations(request: ServedRequest) -> HttpResponseBase:
    """List organisations by member, with filters and downloads."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "iso3", "kind", "state")}
    state = asked["state"] if asked["state"] in set(OrganisationState) else "active"
    rows = queries.organisations(
        request.viewer,
        iso3=asked["iso3"],
        kind=asked["kind"] if asked["kind"] in set(OrganisationKind) else "",
        words=asked["q"],
        state=state,
    )
    rows, sort = in_order(rows, request.GET, exports.ORGANISATION_SORTS)
    if found := download(request, exports.organisations_table(rows), "organisations"):
        return found
    page = page_of(request, rows)
    return render_page(
        request,
        "members/organisations.html",
        {
            "asked": asked | {"state": state},
            "count": len(rows),
            "table": exports.organisations_table(list(page.object_list)),
            "page": page,
            "query": kept_query(request),
            "sort": sort,
            "kinds": KINDS,
            "states": [(s.value, ORGANISATION_STATES[s]) for s in OrganisationState],
            "members": queries.member_names(request.viewer, request.LANGUAGE_CODE),
            "may_add": access.may_add_organisation(request.viewer),
            "may_import": access.may_import(request.viewer),
            "crumbs": [Crumb(_("Organisations"))],
        },
        part="members/_organisations_list.html",
    )


def _crumbs(found: queries.OrganisationFound | None, title: str = "") -> list[Crumb]:
    steps = [Crumb(_("Organisations"), reverse("members:organisations"))]
    if found is not None:
        name = found.names.pick("en")[0]
        own = reverse("members:organisation", args=[found.public_id]) if title else ""
        steps.append(Crumb(name, own))
    return [*steps, Crumb(title)] if title else steps


@guard(may=access.may_see_organisations, load=queries.organisation, methods=("GET",))
def organisation(request: ServedRequest, found: queries.OrganisationFound) -> HttpResponse:
    """Show one organisation."""
    return render_page(
        request,
        "members/organisation.html",
        {
            "found": found,
            "kind": KIND_NAMES[found.kind],
            "state": ORGANISATION_STATES[found.state],
            "people": queries.organisation_people(request.viewer, found)
            if access.may_see_people(request.viewer)
            else [],
            "may_edit": access.may_edit_organisation(request.viewer, found),
            "may_keep": access.may_keep_organisations(request.viewer, found),
            "is_active": found.state == OrganisationState.ACTIVE,
            "is_closed": found.state == OrganisationState.CLOSED,
            "sample": found.sample,
            "crumbs": _crumbs(found),
        },
    )


def _form(
    request: ServedRequest, found: queries.OrganisationFound | None = None
) -> OrganisationForm:
    viewer, language = request.viewer, request.LANGUAGE_CODE
    kept = (found.member.iso3,) if found and found.member else ()
    members = queries.member_choices(viewer, language, kept=kept)
    if not access.is_officer(viewer):
        own = viewer.scopes("focal_point") | viewer.scopes("deputy")
        members = [choice for choice in members if choice[0] in own]
    initial: dict[str, object] = {"kind": OrganisationKind.GOVERNMENT.value}
    if len(members) == 1:
        initial["member"] = members[0][0]
    if found is not None:
        initial = {
            "kind": found.kind,
            "member": found.member.iso3 if found.member else "",
            "parent": found.parent.public_id if found.parent else "",
            "domains": ", ".join(found.domains),
        } | texts_of("name", found.names)
    above = [
        choice
        for choice in queries.organisation_choices(viewer, language)
        if found is None or choice[0] != found.public_id
    ]
    return OrganisationForm(
        request.POST or None, initial=initial, members=members, organisations=above
    )


def _facts(request: ServedRequest, form: OrganisationForm) -> actions.OrganisationFacts:
    found, viewer = form.cleaned_data, request.viewer
    return actions.OrganisationFacts(
        names=form.text(),
        kind=OrganisationKind(found["kind"]),
        member=queries.member(viewer, found["member"]) if found["member"] else None,
        domains=tuple(found["domains"].split(",")),
        parent=queries.organisation(viewer, found["parent"]) if found["parent"] else None,
    )


@guard(may=access.may_add_organisation, methods=("GET", "POST"))
def add(request: ServedRequest) -> HttpResponse:
    """Enter a new organisation."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_organisation(
                facts=_facts(request, form), by=request.viewer, now=request.now
            )
            back = reverse("members:organisation", args=[row.public_id])
            return redirect_with(request, back, _("The organisation is entered."))
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/edit_organisation.html",
        {
            "form": form,
            "title": _("New organisation"),
            "back": reverse("members:organisations"),
            "crumbs": _crumbs(None, _("New")),
        },
        status=422 if form.errors else 200,
    )


@guard(may=access.may_edit_organisation, load=queries.organisation, methods=("GET", "POST"))
def edit(request: ServedRequest, found: queries.OrganisationFound) -> HttpResponse:
    """Correct an organisation's facts."""
    form = _form(request, found)
    back = reverse("members:organisation", args=[found.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(
                organisation=found,
                facts=_facts(request, form),
                by=request.viewer,
                now=request.now,
            )
            return redirect_with(request, back, _("Saved."))
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/edit_organisation.html",
        {
            "form": form,
            "title": _("Change the organisation"),
            "back": back,
            "crumbs": _crumbs(found, _("Change")),
        },
        status=422 if form.errors else 200,
    )


@guard(may=access.may_keep_organisations, load=queries.organisation, methods=("GET", "POST"))
def merge(request: ServedRequest, found: queries.OrganisationFound) -> HttpResponse:
    """Make one organisation out of two."""
    iso3 = found.member.iso3 if found.member else ""
    others = [
        choice
        for choice in queries.organisation_choices(request.viewer, request.LANGUAGE_CODE, iso3=iso3)
        if choice[0] != found.public_id
    ]
    form = MergeForm(request.POST or None, organisations=others)
    if request.method == "POST" and form.is_valid():
        into = queries.organisation(request.viewer, form.cleaned_data["into"])
        try:
            actions.merge_organisations(
                organisation=found, into=into, by=request.viewer, now=request.now
            )
            return redirect_with(
                request,
                reverse("members:organisation", args=[into.public_id]),
                _("The two are one organisation now."),
            )
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/merge_organisation.html",
        {
            "form": form,
            "found": found,
            "has_others": bool(others),
            "back": reverse("members:organisation", args=[found.public_id]),
            "crumbs": _crumbs(found, _("Merge")),
        },
        status=422 if form.errors else 200,
    )


@guard(may=access.may_keep_organisations, load=queries.organisation, methods=("GET", "POST"))
def close(request: ServedRequest, found: queries.OrganisationFound) -> HttpResponse:
    """Close an organisation."""
    return with_reason(
        request,
        title=_("Close the organisation"),
        text=_("It stays in old answers and reports, and can be reopened."),
        verb=_("Close the organisation"),
        back=reverse("members:organisation", args=[found.public_id]),
        act=lambda reason: actions.close_organisation(
            organisation=found, reason=reason, by=request.viewer, now=request.now
        ),
        done=_("The organisation is closed."),
        crumbs=_crumbs(found, _("Close")),
    )


@guard(may=access.may_keep_organisations, load=queries.organisation, methods=("POST",))
def reopen(request: ServedRequest, found: queries.OrganisationFound) -> HttpResponse:
    """Open a closed organisation again."""
    actions.reopen_organisation(organisation=found, by=request.viewer, now=request.now)
    back = reverse("members:organisation", args=[found.public_id])
    return redirect_with(request, back, _("The organisation is active again."))
