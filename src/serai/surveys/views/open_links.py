"""The open link of a round: for the officer who makes it, and for whoever comes by it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base import limits
from serai.base.access import NotFound, ServedRequest, anyone, guard
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.surveys import access, actions, queries
from serai.surveys.actions import Refused
from serai.surveys.exports.tables import said
from serai.surveys.forms import AddressForm
from serai.surveys.forms.waves import BeginForm
from serai.surveys.views.asked import sight_words
from serai.surveys.views.holding import hold
from serai.surveys.views.shared import crumbs, wave_steps
from serai.surveys.views.shown_once import ShownOnce, drawn

if TYPE_CHECKING:
    from django.forms import Form

    from serai.surveys.models import Wave

NEW_LINK = ShownOnce("new_open_link")
BEGUN_IP = limits.Limit("survey-open-ip", 20, 60 * 60)
BEGUN_WAVE = limits.Limit("survey-open-wave", 600, 60 * 60)
LINK_ADDRESS = limits.Limit("survey-open-address", 3, 60 * 60)


# ---------------------------------------------------------------- for the officer
@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def open_link(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Make the open link of a round, show it once, make a new one, end it."""
    home = reverse("surveys:open_link", args=[found.public_id])
    problem = ""
    if request.method == "POST":
        try:
            return redirect_with(request, home, _change(request, found))
        except Refused as error:
            problem = str(error)
    token = NEW_LINK.shown(request, found.public_id)
    answer = render_page(
        request,
        "surveys/open_link.html",
        {
            "found": found,
            "problem": problem,
            "may_be_open": queries.may_be_open(found),
            "address": _address(token) if token else "",
            "came_in": queries.came_in(found),
            "shut": queries.why_shut(found, request.now) if found.open_token_hash else "",
            "crumbs": crumbs(*wave_steps(found), title=_("Open link")),
            "sample": found.sample,
        },
        status=422 if problem else 200,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _change(request: ServedRequest, found: "Wave") -> str:
    if request.POST.get("do") == "end":
        actions.end_open_link(wave=found, by=request.viewer, now=request.now)
        NEW_LINK.forget(request)
        return _("The link has ended. Who has begun can go on.")
    token = actions.make_open_link(wave=found, by=request.viewer, now=request.now)
    NEW_LINK.keep(request, found.public_id, token)
    return _("The link is made.")


def _address(token: str) -> str:
    return settings.SITE_ADDRESS + reverse("surveys:open", args=[token])


@guard(may=access.may_keep_survey, load=queries.wave)
def open_link_code(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Draw the link as a QR code, for a slide or a sheet of paper."""
    token = NEW_LINK.shown(request, found.public_id)
    if not token:
        raise Http404
    return drawn(_address(token))


# ---------------------------------------------------------------- for whoever comes by it
@guard(may=anyone, methods=("GET", "POST"))
def come(request: ServedRequest, token: str) -> HttpResponseBase:
    """Say what is asked and who will see it; then begin, or send a link of one's own."""
    try:
        found = queries.wave_by_open_link(token)
    except NotFound:
        sentence = _("This link is not complete, or it has ended. Ask whoever gave it to you.")
        return _shut(request, sentence, 404)
    if sentence := queries.why_shut(found, request.now):
        return _shut(request, sentence, 410)
    is_nameless = found.survey.is_anonymous
    needs_address = not is_nameless and not request.viewer.is_signed_in
    form: Form = (AddressForm if needs_address else BeginForm)(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _begin(request, found, token, form)
        except Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "surveys/open.html",
        {
            "found": found,
            "title": said(found.title),
            "form": form,
            "is_nameless": is_nameless,
            "needs_address": needs_address,
            "sight_lines": sight_words(queries.Sight.of_open(found)),
            "sample": found.sample,
        },
        status=422 if form.errors else 200,
    )


def _shut(request: ServedRequest, sentence: str, status: int) -> HttpResponse:
    context = {"sentence": sentence}
    return render_page(request, "surveys/open_closed.html", context, status=status)


def _begin(
    request: ServedRequest, found: "Wave", token: str, form: "Form"
) -> HttpResponseBase:  # fmt: skip
    if request.POST.get("website"):
        raise Refused(
            _("The field that nobody sees was filled in, as programs do. Leave it empty.")
        )
    _count(request, found)
    language, now = get_language() or "en", request.now
    if found.survey.is_anonymous:
        made, secret = actions.begin_without_name(token=token, language=language, now=now)
        answer = redirect_with(request, reverse("surveys:response", args=[made.public_id]))
        hold(request, answer, secret)
        return answer
    if request.viewer.is_signed_in:
        made = actions.begin_by_name(token=token, language=language, by=request.viewer, now=now)
        return redirect_with(request, reverse("surveys:response", args=[made.public_id]))
    email = form.cleaned_data["email"]
    limits.count(LINK_ADDRESS, email.casefold(), now=now)
    actions.ask_private_link(token=token, email=email, language=language, now=now)
    return redirect_with(
        request, request.path,
        _("A link of your own is on its way to this address. Begin there, and come back there."),
    )  # fmt: skip


def _count(request: ServedRequest, found: "Wave") -> None:
    """Count who begins, under a code of the address that only this house could make, for a day."""
    address = f"{request.now.date()} {limits.client_address(request)}"
    code = salted_hmac("serai.surveys.open", address, algorithm="sha256").hexdigest()
    limits.count(BEGUN_IP, code, now=request.now)
    limits.count(BEGUN_WAVE, found.public_id, now=request.now)
