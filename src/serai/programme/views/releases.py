"""A proposed release: what, to whom, why; its consent, and its end."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Mark
from serai.members import access as members
from serai.members.queries import ProposalFound, release_proposal
from serai.members.states import Audience, ReleaseState
from serai.members.states.words import (
    AUDIENCE_NAMES,
    AUDIENCE_SENTENCES,
    RELEASE_STATES,
    RELEASE_TONES,
)
from serai.programme import actions, queries
from serai.programme.actions import Refused
from serai.programme.forms import ConsentForm
from serai.programme.views.shared import NEVER_TO_VISITORS, crumbs, done, saved


@guard(may=members.may_see_release, load=release_proposal, methods=("GET", "POST"))
def release(request: ServedRequest, found: ProposalFound) -> HttpResponse:
    """Show a proposed release; who is asked consents to it or declines it here."""
    form = ConsentForm(typed(request))
    if request.method == "POST" and form.is_valid() and done(form, lambda: _answer(request, found)):
        is_consent = form.cleaned_data["verdict"] == "consent"
        said = _("It is released.") if is_consent else _("You have declined. Nothing is released.")
        return saved(request, _address(found), said)
    proposed = queries.proposed_page(request.viewer, found)
    is_public = found.to_audience == Audience.PUBLIC
    return render_page(
        request,
        "programme/release.html",
        {
            "found": found,
            "name": proposed.name,
            "address": proposed.address,
            "never": NEVER_TO_VISITORS if proposed.is_sample and is_public else "",
            "mark": Mark(
                RELEASE_TONES[ReleaseState(found.state)], str(RELEASE_STATES[found.state])
            ),
            "now": AUDIENCE_NAMES[found.from_audience],
            "then": AUDIENCE_NAMES[found.to_audience],
            "then_more": AUDIENCE_SENTENCES[found.to_audience],
            "form": form if members.may_consent(request.viewer, found) else None,
            "may_withdraw": members.may_withdraw_release(request.viewer, found),
            "crumbs": crumbs(title=_("Proposed release")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )


def _answer(request: ServedRequest, found: ProposalFound) -> None:
    if request.POST["verdict"] == "consent":
        actions.consent_to_release(proposal=found, by=request.viewer, now=request.now)
    else:
        actions.decline_release(
            proposal=found, note=request.POST.get("reason", ""), by=request.viewer, now=request.now
        )


@guard(may=members.may_withdraw_release, load=release_proposal, methods=("POST",))
def withdraw(request: ServedRequest, found: ProposalFound) -> HttpResponse:
    """Withdraw a release of one's own that waits."""
    try:
        actions.withdraw_release(proposal=found, by=request.viewer, now=request.now)
    except Refused as refusal:  # answered a moment ago
        return redirect_with(request, _address(found), str(refusal))
    return redirect_with(request, _address(found), _("It is withdrawn. Nothing is released."))


def _address(found: ProposalFound) -> str:
    return reverse("programme:release", args=[found.public_id])
