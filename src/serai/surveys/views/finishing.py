"""The pages on which a response is handed in, signed, cleared, accepted, withdrawn."""

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage, status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.surveys import access, actions, queries
from serai.surveys.actions import NotReady, Refused, StillAsked
from serai.surveys.forms import ClearForm, ReasonForm, SignForm
from serai.surveys.queries.changes import changes_meanwhile, newest_answer
from serai.surveys.queries.follow_up import still_asked
from serai.surveys.queries.own import letter_of
from serai.surveys.states import ReadingWay
from serai.surveys.views.answering import way_back
from serai.surveys.views.holding import hold_handed_in
from serai.surveys.views.shared import done, form_page, note_read

NUMBER = re.compile("[0-9]{1,18}")


def _home(found: "queries.Response") -> str:
    return reverse("surveys:response", args=[found.public_id])


@guard(may=access.may_lead, load=queries.response, methods=("GET", "POST"))
def hand_in(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Show what is missing; hand in what is whole."""
    head = queries.head_of(found)
    if request.method == "POST":
        try:
            actions.hand_in(response=found, by=request.viewer, now=request.now)
        except (NotReady, StillAsked):
            pass
        except Refused as error:
            messages.warning(request, str(error))
            return redirect_with(request, _home(found))
        else:
            answer = redirect_with(request, _home(found), _handed_in(found))
            hold_handed_in(request, answer, found)
            return answer
    missing = queries.missing(request.viewer, found, request.now)
    return render_page(
        request,
        "surveys/hand_in.html",
        {
            "found": found,
            "head": head,
            "missing": missing,
            "waiting": still_asked(request.viewer, found, request.now),
            "lacks_time": access.lacks_time(found),
            "has_signature": found.wave.survey.has_signature,
            "is_nameless": found.wave.survey.is_anonymous,
            "crumbs": way_back(head, _("Hand in")),
            "sample": found.sample,
        },
        status=422 if request.method == "POST" else 200,
    )


def _handed_in(found: "queries.Response") -> str:
    if found.holder_hash:
        return _(
            "Handed in. Thank you. For an hour this browser still opens the answers and their copy."
        )
    if found.wave.survey.has_signature:
        return _("Handed in. Now it has to be signed.")
    return _("Handed in. Thank you.")


@dataclass(frozen=True)
class _Read:
    """What a page was made of: what is signed or cleared is what was read.

    Attributes:
        revision: of the response; -1 where the page does not say.
        newest: the newest answer's number.
    """

    revision: int
    newest: int

    @classmethod
    def of(cls, request: ServedRequest) -> "_Read":
        """Read what came with the button."""
        named = [request.POST.get(name, "") for name in ("revision", "newest")]
        numbers = [int(one) if NUMBER.fullmatch(one) else -1 for one in named]
        return cls(numbers[0], max(numbers[1], 0))


def _as_read(request: ServedRequest, found: "queries.Response") -> dict[str, object]:
    """Return what the page is made of now, and what changed since the button was shown."""
    seen = _Read.of(request)
    is_other = request.method == "POST" and seen.revision != found.revision
    return {
        "found": found,
        "newest": newest_answer(found),
        "meanwhile": changes_meanwhile(request.viewer, found, request.now, seen.newest)
        if is_other
        else None,
        "changes": queries.changes_since(request.viewer, found, request.now),
    }


@guard(may=access.may_sign, load=queries.response, methods=("GET", "POST"))
def sign(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Sign the answers: name and position; they lock."""
    head = queries.head_of(found)
    last = queries.last_signature(found)
    initial = {
        "name": request.viewer.name,
        "position": last.position if last and last.by_id == request.viewer.person_id else "",
    }
    form = SignForm(typed(request), request.FILES or None, initial=initial)

    def act() -> object:
        return actions.sign(
            response=found, name=form.cleaned_data["name"], position=form.cleaned_data["position"],
            by=request.viewer, now=request.now, revision=_Read.of(request).revision,
            letter=letter.checked if (letter := form.cleaned_data["letter"]) else None,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and done(form, act):
        return redirect_with(request, _home(found), _("Signed. The answers are locked now."))
    if request.FILES and not form.has_error("letter"):
        form.add_error("letter", _("Choose the file once more: browsers do not keep it."))
    found = queries.response_again(found)
    return render_page(
        request,
        "surveys/sign.html",
        {
            **_as_read(request, found),
            "head": head,
            "form": form,
            "missing": queries.missing(request.viewer, found, request.now),
            "waiting": still_asked(request.viewer, found, request.now),
            "readers": queries.readers_after_signing(found),
            "crumbs": way_back(head, _("Sign")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )


@guard(may=access.may_clear, load=queries.response, methods=("GET", "POST"))
def clear(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Clear a signed response for the country, or return it with a note."""
    note_read(request, ReadingWay.PAGE, found)
    head = queries.head_of(found)
    form = ClearForm(typed(request))
    returns = request.POST.get("do") == "return"

    def act() -> object:
        decide = actions.return_to_agency if returns else actions.clear
        return decide(
            response=found, note=form.cleaned_data["note"], by=request.viewer, now=request.now,
            revision=_Read.of(request).revision,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and done(form, act):
        said = (
            _("Returned to the agency.") if returns else _("Cleared: the secretariat reads it now.")
        )
        return redirect_with(request, _home(found), said)
    found = queries.response_again(found)
    signature = queries.last_signature(found)
    return render_page(
        request,
        "surveys/clear.html",
        {
            **_as_read(request, found),
            "head": head,
            "form": form,
            "signature": signature,
            "letter": letter_of(request.viewer, found, signature) if signature else None,
            "crumbs": way_back(head, _("Clear")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )


@guard(may=access.may_read_response, load=queries.response, methods=("POST",))
def step(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """Take a step that needs no words: take up again, accept."""
    steps = {
        "take_up_again": (actions.take_up_again, _("You can change the answers again.")),
        "accept": (actions.accept, _("Accepted.")),
        "more_time": (actions.ask_for_more_time, _("Asked. The secretariat has a letter.")),
        "tell": (actions.tell_on_behalf, _("The agency is told. It checks the answers and signs.")),
    }
    act, said = steps.get(request.POST.get("do", ""), (None, ""))
    if act is None:
        messages.warning(request, _("Choose what to do with it."))
        return redirect_with(request, _home(found))
    try:
        act(response=found, by=request.viewer, now=request.now)
    except Refused as error:
        messages.warning(request, str(error))
        return redirect_with(request, _home(found))
    return redirect_with(request, _home(found), said)


@guard(may=access.may_lead, load=queries.response, methods=("GET", "POST"))
def withdraw(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """Take a response back."""
    head = queries.head_of(found)
    form = ReasonForm(typed(request))
    page = FormPage(
        title=_("Withdraw the answers"),
        verb=_("Withdraw"),
        back=_home(found),
        done=_("Withdrawn."),
        crumbs=way_back(head, _("Withdraw")),
        intro=_("Nobody outside your organisation reads the answers any more. They stay on record.")
        if found.invitation_id
        else _("Nobody reads the answers any more. They stay on record."),
        is_danger=True,
        sample=found.sample,
    )
    return form_page(
        request, form, page,
        lambda: actions.withdraw(
            response=found, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
        ),
    )  # fmt: skip
