"""Invitations: the list, a new one, and the invited person's answer."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import Denied, NotFound, ServedRequest, anyone, guard
from serai.base.frame import in_language
from serai.base.lists import kept_query, page_of
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.tables import in_order
from serai.members import access, actions, exports, queries
from serai.members.forms import IntroductionForm, InvitationForm
from serai.members.states import InvitationState
from serai.members.states.words import INVITATION_STATES, ROLE_NAMES, ROLE_SENTENCES
from serai.members.views.grants import scopes, wanted_of


@guard(may=access.may_invite, methods=("GET",))
def invitations(request: ServedRequest) -> HttpResponse:
    """List the invitations a viewer looks after."""
    state = request.GET.get("state", "")
    known = set(InvitationState)
    rows = queries.invitations(request.viewer, request.now, state=state if state in known else "")
    rows, sort = in_order(rows, request.GET, exports.INVITATION_SORTS)
    page = page_of(request, rows)
    return render_page(
        request,
        "members/invitations.html",
        {
            "table": exports.invitations_table(list(page.object_list)),
            "count": len(rows),
            "page": page,
            "query": kept_query(request),
            "sort": sort,
            "state": state,
            "states": [(s.value, INVITATION_STATES[s]) for s in InvitationState],
            "crumbs": [Crumb(_("Invitations"))],
        },
        part="members/_invitations_list.html",
    )


@guard(may=access.may_invite, methods=("GET", "POST"), fresh=True)
def invite(request: ServedRequest) -> HttpResponse:
    """Write to somebody that a role waits."""
    form = InvitationForm(
        request.POST or None, initial={"language": request.LANGUAGE_CODE}, **scopes(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(
                email=form.cleaned_data["email"],
                wanted=wanted_of(request, form),
                language=form.cleaned_data["language"],
                by=request.viewer,
                now=request.now,
            )
            said = _("The invitation to {email} is on its way. It is good for 30 days.")
            return redirect_with(
                request,
                reverse("members:invitations"),
                said.format(email=form.cleaned_data["email"]),
            )
        except actions.Refused as error:
            form.add_error(None, str(error))
        except Denied:
            form.add_error(
                "role", _("You may not give this role here. Check its member or organisation.")
            )
    return render_page(
        request,
        "members/invite.html",
        {
            "form": form,
            "crumbs": [
                Crumb(_("Invitations"), reverse("members:invitations")), Crumb(_("Invite"))
            ],
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


@guard(may=access.may_repeat_invitation, load=queries.invitation, methods=("GET", "POST"))
def invitation(request: ServedRequest, found: queries.InvitationFound) -> HttpResponse:
    """Send an invitation again, or withdraw it."""
    back = reverse("members:invitations")
    if request.method == "POST":
        if request.POST.get("act") == "withdraw":
            try:
                actions.withdraw_invitation(invitation=found, by=request.viewer, now=request.now)
            except Denied:
                return redirect_with(request, back, _("This invitation has expired already."))
            return redirect_with(request, back, _("The invitation is withdrawn."))
        actions.repeat_invitation(invitation=found, by=request.viewer, now=request.now)
        return redirect_with(
            request, back, _("A new link is on its way. The old one no longer works.")
        )
    return render_page(
        request,
        "members/invitation.html",
        {
            "found": found,
            "role": ROLE_NAMES[found.role],
            "state": queries.state_of(found, request.now),
            "back": back,
            "crumbs": [Crumb(_("Invitations"), back), Crumb(found.email)],
        },
    )


@guard(may=anyone, methods=("GET",))
def accept(request: ServedRequest, token: str) -> HttpResponse:
    """Open the link of a letter: say what waits, or why it no longer works and what to do."""
    try:
        found = queries.invitation_by_token(request.viewer, token)
    except NotFound:
        return render_page(
            request,
            "members/invitation_closed.html",
            {"sentence": _("This link is not complete. Copy the whole address from the letter.")},
            status=404,
        )
    state = queries.state_of(found, request.now)
    if state is not InvitationState.SENT:
        return render_page(
            request,
            "members/invitation_closed.html",
            {"sentence": actions.invitation_words(state), "inviter": found.invited_by},
            status=410,
        )
    is_own = request.viewer.person_id == found.person_id
    return render_page(
        request,
        "members/invitation_open.html",
        {
            "found": found,
            "is_own": is_own,
            "is_other": request.viewer.is_signed_in and not is_own,
            "role": ROLE_NAMES[found.role],
            "role_sentence": ROLE_SENTENCES[found.role],
            "place": exports.place_words(queries.place_of(found), found.initiatives),
        },
    )


@guard(may=access.may_keep_own_account, methods=("GET", "POST"))
def welcome(request: ServedRequest) -> HttpResponse:
    """Name, language, zone; then the role begins."""
    waiting = queries.open_invitations_of(request.viewer.person_id or 0, request.now)
    if not waiting:
        return redirect_with(request, reverse("home:page"))
    found, person = waiting[0], queries.myself(request.viewer)
    form = IntroductionForm(
        request.POST or None,
        initial={
            "full_name": person.full_name,
            "address_as": person.address_as,
            "language": person.language,
            "time_zone": person.time_zone,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(
                invitation=found,
                introduction=actions.Introduction(**form.cleaned_data),
                by=request.viewer,
                now=request.now,
            )
            home = in_language(reverse("home:page"), form.cleaned_data["language"])
            return redirect_with(request, home, _("Welcome. Your role has begun."))
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/welcome.html",
        {
            "form": form,
            "found": found,
            "role": ROLE_NAMES[found.role],
            "role_sentence": ROLE_SENTENCES[found.role],
            "place": exports.place_words(queries.place_of(found), found.initiatives),
        },
        status=422 if form.errors else 200,
    )
