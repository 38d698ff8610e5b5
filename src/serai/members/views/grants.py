"""Roles given: the list, giving one, ending one."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import Denied, ServedRequest, guard
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.tables import in_order
from serai.members import access, actions, exports, queries
from serai.members.forms import RoleForm, last_day
from serai.members.states import Role
from serai.members.states.words import ROLE_NAMES
from serai.members.views.shared import from_people, with_reason


@guard(may=access.may_see_people, methods=("GET",))
def grants(request: ServedRequest) -> HttpResponseBase:
    """List the roles a viewer looks after."""
    role = request.GET.get("role", "")
    rows = queries.grants_of(request.viewer, role=role if role in set(Role) else "")
    rows, sort = in_order(rows, request.GET, exports.GRANT_SORTS)
    if found := download(request, exports.grants_table(rows), "roles"):
        return found
    page = page_of(request, rows)
    return render_page(
        request,
        "members/grants.html",
        {
            "table": exports.grants_table(list(page.object_list)),
            "page": page,
            "query": kept_query(request),
            "sort": sort,
            "role": role,
            "roles": [(role.value, ROLE_NAMES[role]) for role in Role],
            "crumbs": [Crumb(_("Roles"))],
            "count": len(rows),
        },
        part="members/_grants_list.html",
    )


def wanted_of(request: ServedRequest, form: RoleForm) -> actions.RoleWanted:
    """Read a role form as a role with its scope."""
    found = form.cleaned_data
    viewer = request.viewer
    return actions.RoleWanted(
        role=Role(found["role"]),
        member=queries.member(viewer, found["member"]) if found.get("member") else None,
        organisation=queries.organisation(viewer, found["organisation"])
        if found.get("organisation")
        else None,
        initiatives=tuple(found.get("initiatives") or ()),
        until_on=last_day(form),
        reason=found["reason"],
    )


def scopes(request: ServedRequest) -> dict[str, Any]:
    """Return the choices a viewer has when giving roles: only what they may give."""
    return asdict(queries.places_to_give(request.viewer, request.LANGUAGE_CODE))


@guard(may=access.may_invite_to, load=queries.person, methods=("GET", "POST"), fresh=True)
def give(request: ServedRequest, person: queries.PersonFound) -> HttpResponse:
    """Give a role to somebody who has an account."""
    form = RoleForm(request.POST or None, **scopes(request))
    back = reverse("members:person", args=[person.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(
                person=person,
                wanted=wanted_of(request, form),
                by=request.viewer,
                now=request.now,
            )
            return redirect_with(
                request, back, _("The role is given. The person was told by mail.")
            )
        except actions.Refused as error:
            form.add_error(None, str(error))
        except Denied:
            form.add_error(
                "role", _("You may not give this role here. Check its member or organisation.")
            )
    return render_page(
        request,
        "members/give_role.html",
        {
            "form": form,
            "person": person,
            "back": back,
            "crumbs": [
                *from_people(),
                Crumb(str(person), back),
                Crumb(_("Give a role")),
            ],
        },
        status=422 if form.errors else 200,
    )


@guard(may=access.may_end_grant, load=queries.grant, methods=("GET", "POST"))
def end(request: ServedRequest, grant: queries.GrantFound) -> HttpResponse:
    """End a role today."""
    own = grant.person_id == request.viewer.person_id
    back = reverse("members:me" if own else "members:grants")
    return with_reason(
        request,
        title=_("End a role"),
        text=_("{person} will no longer be: {role}. The person is told by mail.").format(
            person=grant.person, role=ROLE_NAMES[grant.role]
        ),
        verb=_("End the role"),
        back=back,
        act=lambda reason: actions.end_grant(
            grant=grant, reason=reason, by=request.viewer, now=request.now
        ),
        done=_("The role has ended."),
        crumbs=[Crumb(_("My account") if own else _("Roles"), back), Crumb(_("End a role"))],
    )
