"""What those who are asked open: the link of a letter, their invitation, a word that they cannot."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base import limits
from serai.base.access import NotFound, ServedRequest, anyone, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Mark
from serai.members.states import ADDRESS_SALT
from serai.surveys import access, actions, queries
from serai.surveys.exports.tables import said
from serai.surveys.forms.waves import BeginForm, DeclineForm, NameForm
from serai.surveys.queries.invitations import is_reached
from serai.surveys.queries.waves import full_title
from serai.surveys.states import InvitationState, ResponseState
from serai.surveys.states.words import state_mark
from serai.surveys.views.shared import crumbs, done, form_page

if TYPE_CHECKING:
    from serai.surveys.models import Invitation, Response

NEW_LINKS = limits.Limit("survey-link", 3, 60 * 60)
NEW_LINKS_IP = limits.Limit("survey-link-ip", 30, 60 * 60)


@guard(may=anyone)
def link(request: ServedRequest, token: str) -> HttpResponse:
    """Open the link of a letter: known browsers go on at once, new ones sign in first.

    Nothing is written here: programs that look into letters open links too.
    """
    try:
        found = queries.invitation_by_token(token)
    except NotFound:
        sentence = _("This link is not complete, or it was replaced by a newer one. Copy the whole address from the latest letter.")  # fmt: skip
        return _closed(request, sentence, status=404)
    if queries.is_expired(found, request.now):
        return _closed(request, _("This link is no longer good."), token=token, status=410)
    onward = reverse("surveys:asked", args=[found.public_id])
    if access.may_open_invitation(request.viewer, found):
        return HttpResponseRedirect(onward)
    return render_page(
        request,
        "surveys/link.html",
        _facts(found)
        | {"onward": _sign_in(found, onward), "is_other": request.viewer.is_signed_in},
    )


def _sign_in(found: "Invitation", onward: str) -> str:
    """Return where one signs in and goes on; the page fills in the address that the letter reached.

    The address itself stands in no link: it is named by a signed number, for an hour.
    """
    wanted = {"next": onward}
    if found.lead is not None and is_reached(found):
        wanted["to"] = signing.dumps(found.lead.public_id, salt=ADDRESS_SALT)
    return f"{reverse('members:sign_in')}?{urlencode(wanted, safe='/')}"


def _closed(
    request: ServedRequest, sentence: str, *, token: str = "", status: int = 200
) -> HttpResponse:
    context = {"sentence": sentence, "token": token}
    return render_page(request, "surveys/link_closed.html", context, status=status)


def _facts(found: "Invitation") -> dict[str, object]:
    return {
        "found": found,
        "title": full_title(found.wave, get_language() or "en"),
        "place": queries.place_of(found),
        "due_on": queries.due_of(found),
        "sight_lines": sight_lines(found),
        "sample": found.sample,
    }


def sight_lines(found: "Invitation") -> list[str]:
    """Say who will see the answers, in the words of the letter."""
    return sight_words(queries.Sight.of(found))


def sight_words(sight: queries.Sight) -> list[str]:
    """Say who will see answers, a sentence each."""
    words = render_to_string("surveys/email/_sight.txt", {"sight": sight})
    return [line.strip() for line in words.splitlines() if line.strip()]


@guard(may=anyone, methods=("POST",))
def new_link(request: ServedRequest, token: str) -> HttpResponse:
    """Send a new link to the address we know; who asks learns nothing from the answer."""
    sentence = _(
        "If the link was ours, a new one is on its way to the address it was first sent to."
    )
    try:
        limits.count(NEW_LINKS_IP, limits.client_address(request), now=request.now)
        limits.count(NEW_LINKS, token, now=request.now)
        actions.ask_new_link(invitation=queries.invitation_by_token(token), now=request.now)
    except (NotFound, limits.TooOften):
        pass
    return _closed(request, sentence)


@guard(may=access.may_open_invitation, load=queries.asked, methods=("GET", "POST"))
def asked(request: ServedRequest, found: "Invitation") -> HttpResponse:
    """Say what is asked, until when, who will see it; then begin, or go on."""
    form = BeginForm(typed(request)) if has_name(found, request) else NameForm(typed(request))
    response = queries.response_of(found)
    begun: list[str] = []

    def act() -> object:
        made = actions.open_invitation(
            invitation=found, full_name=form.cleaned_data.get("full_name", ""),
            by=request.viewer, now=request.now,
        )  # fmt: skip
        begun.append(made.public_id)
        return made

    if request.method == "POST" and form.is_valid() and done(form, act):
        return redirect_with(request, reverse("surveys:response", args=begun))
    context = _facts(found) | {
        "form": form,
        "response": response,
        "mark": _mark(found, response),
        "is_open": access.may_be_answered(found),
        "may_decline": access.may_decline(request.viewer, found),
        "crumbs": crumbs(title=said(found.wave.title)),
    }
    return render_page(request, "surveys/asked.html", context, status=422 if form.errors else 200)


def has_name(found: "Invitation", request: ServedRequest) -> bool:
    """Tell whether we know the name of who looks; only the invited may have come without one."""
    for one in (found.lead, found.signer):
        if one is not None and one.pk == request.viewer.person_id:
            return bool(one.full_name)
    return True


def _mark(found: "Invitation", response: "Response | None") -> Mark:
    if response is not None:
        return state_mark(ResponseState(response.state))
    return state_mark(InvitationState(found.state))


@guard(may=access.may_decline, load=queries.asked, methods=("GET", "POST"))
def decline(request: ServedRequest, found: "Invitation") -> HttpResponse:
    """Say that one's organisation cannot answer, and why."""
    form = DeclineForm(typed(request))
    back = reverse("surveys:asked", args=[found.public_id])
    page = FormPage(
        title=_("Decline for %(place)s") % {"place": queries.place_of(found)},
        verb=_("Decline"), back=back, leads_to=reverse("surveys:surveys"),
        done=_("The secretariat sees your reason. Nobody reminds you any more."),
        crumbs=crumbs((said(found.wave.title), back), title=_("Decline")),
        intro=_("The secretariat may name somebody else, or ask again."), sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        return actions.decline(
            invitation=found, reason=form.cleaned_data["reason"], by=request.viewer,
            now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)
