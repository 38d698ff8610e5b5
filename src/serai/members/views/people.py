"""People: the list, one person, the life of an account."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import Crumb, render_page
from serai.base.tables import in_order
from serai.members import access, actions, exports, queries
from serai.members.states import PersonState, Role
from serai.members.states.words import PERSON_STATES, PERSON_TONES, ROLE_NAMES, ROLE_SENTENCES
from serai.members.views.shared import from_members, from_people, with_reason


@guard(may=access.may_see_people, methods=("GET",))
def people(request: ServedRequest) -> HttpResponseBase:
    """List the people a viewer looks after, with filters."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "role", "iso3", "state")}
    rows = queries.people(
        request.viewer,
        request.now,
        words=asked["q"],
        role=asked["role"] if asked["role"] in set(Role) else "",
        iso3=asked["iso3"],
        state=asked["state"] if asked["state"] in set(PersonState) else "",
    )
    rows, sort = in_order(rows, request.GET, exports.PEOPLE_SORTS)
    if found := download(request, exports.people_table(rows), "people"):
        return found
    page = page_of(request, rows)
    return render_page(
        request,
        "members/people.html",
        {
            "asked": asked,
            "count": len(rows),
            "table": exports.people_table(list(page.object_list)),
            "page": page,
            "query": kept_query(request),
            "sort": sort,
            "roles": [(role.value, ROLE_NAMES[role]) for role in Role],
            "members": queries.member_choices(request.viewer, request.LANGUAGE_CODE),
            "may_invite": access.may_invite(request.viewer),
            "crumbs": [*from_members(), Crumb(_("People"))],
        },
        part="members/_people_list.html",
    )


@guard(may=access.may_see_people, load=queries.person, methods=("GET",))
def person(request: ServedRequest, found: queries.PersonFound) -> HttpResponse:
    """Show one person: account, roles, what may be changed."""
    grants = queries.grants_of(request.viewer, person=found, with_ended=True)
    state = PersonState(found.state)
    return render_page(
        request,
        "members/person.html",
        {
            "person": found,
            "is_reached": queries.reads_address(request.viewer, found),
            "state_word": PERSON_STATES[state],
            "state_tone": PERSON_TONES[state],
            "roles": [(ROLE_NAMES[g.role], ROLE_SENTENCES[g.role], g) for g in grants],
            "may_give": bool(queries.roles_to_give(request.viewer))
            and state is PersonState.ACTIVE
            and found.pk != request.viewer.person_id,
            "may_keep": access.may_keep_accounts(request.viewer, found),
            "is_active": state is PersonState.ACTIVE,
            "is_paused": state is PersonState.PAUSED,
            "sample": found.sample,
            "crumbs": _crumbs(found, last=True)
            if access.may_see_people(request.viewer)
            else [Crumb(_("My account"), reverse("members:me")), Crumb(str(found))],
        },
    )


def _crumbs(found: queries.PersonFound, *, last: bool = False, title: str = "") -> list[Crumb]:
    own = "" if last else reverse("members:person", args=[found.public_id])
    steps = [*from_people(), Crumb(str(found), own)]
    return [*steps, Crumb(title)] if title else steps


@guard(may=access.may_keep_accounts, load=queries.person, methods=("GET", "POST"))
def pause(request: ServedRequest, found: queries.PersonFound) -> HttpResponse:
    """Stop a person's sign-ins."""
    return with_reason(
        request,
        title=_("Pause the account of {name}").format(name=found),
        text=_("The person is signed out everywhere and cannot sign in. Roles stay."),
        verb=_("Pause the account"),
        back=reverse("members:person", args=[found.public_id]),
        act=lambda reason: actions.pause_account(
            person=found, reason=reason, by=request.viewer, now=request.now
        ),
        done=_("The account is paused."),
        crumbs=_crumbs(found, title=_("Pause")),
    )


@guard(may=access.may_keep_accounts, load=queries.person, methods=("GET", "POST"))
def resume(request: ServedRequest, found: queries.PersonFound) -> HttpResponse:
    """Let a person sign in again."""
    return with_reason(
        request,
        title=_("Resume the account of {name}").format(name=found),
        text=_("The person can sign in again, with the same roles."),
        verb=_("Resume the account"),
        back=reverse("members:person", args=[found.public_id]),
        act=lambda reason: actions.resume_account(
            person=found, reason=reason, by=request.viewer, now=request.now
        ),
        done=_("The account is active again."),
        crumbs=_crumbs(found, title=_("Resume")),
        is_danger=False,
    )


@guard(may=access.may_keep_accounts, load=queries.person, methods=("GET", "POST"), fresh=True)
def close(request: ServedRequest, found: queries.PersonFound) -> HttpResponse:
    """End an account for good."""
    return with_reason(
        request,
        title=_("Close the account of {name}").format(name=found),
        text=_(
            "Roles end, name and address are blanked, the audit stays. This cannot be taken back. "
            "The reason stays with the blanked account: name nobody in it."
        ),
        verb=_("Close the account"),
        back=reverse("members:people"),
        act=lambda reason: actions.close_account(
            person=found, reason=reason, by=request.viewer, now=request.now
        ),
        done=_("The account is closed."),
        crumbs=_crumbs(found, title=_("Close")),
    )
