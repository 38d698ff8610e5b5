"""The pages on which parts are given to others, and their texts taken."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.surveys import access, actions, queries
from serai.surveys.actions import Given, Kept, Refused
from serai.surveys.forms import DelegateForm, ReplyForm
from serai.surveys.states import DelegationScope, DelegationState
from serai.surveys.states.words import state_mark, word
from serai.surveys.views.answering import way_back
from serai.surveys.views.shared import form_page


@guard(may=access.may_lead, load=queries.response, methods=("GET", "POST"))
def delegate(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """Give sections, or single entries of them, to somebody of the same body."""
    head = queries.head_of(found)
    home = reverse("surveys:response", args=[found.public_id])
    people = [
        (str(one.pk), one.full_name)
        for one in queries.colleagues(found, request.now)
        if one.pk != request.viewer.person_id
    ]
    parts = queries.part_choices(request.viewer, found, request.now)
    initial: dict[str, object] = {"part": request.GET.getlist("part")}
    form = DelegateForm(typed(request), parts=parts, people=people, initial=initial)
    page = FormPage(
        title=_("Give parts to somebody"),
        verb=_("Give it"),
        back=home,
        done=_("Given. They find it under “My questionnaires”."),
        crumbs=way_back(head, _("Give parts")),
        intro="" if people else _("Nobody else of your organisation has a role here yet. Invite them under Members first."),
        sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        clean = form.cleaned_data
        parts = [one.partition("@") for one in clean["part"]]
        return actions.delegate_parts(
            response=found,
            given=[
                Given(
                    section=slug, entry=entry, person_id=int(clean["person"]),
                    scope=DelegationScope(clean["scope"]), sees_rest=clean["sees_rest"],
                    due_on=clean["due_on"], note=clean["note"],
                )
                for slug, _sep, entry in parts
            ],
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_see_delegation, load=queries.delegation, methods=("GET", "POST"))
def part(request: ServedRequest, found: "queries.Delegation") -> HttpResponseBase:
    """Accept, decline or give back a part; for the lead, close it or take it back."""
    head = queries.head_of(found.response)
    form = ReplyForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            said = _act_on(request, found, form.cleaned_data["reply"])
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            home = reverse("surveys:response", args=[found.response.public_id])
            is_ended = found.state in {DelegationState.DECLINED} and not access.may_read_response(
                request.viewer, queries.response_again(found.response)
            )
            return redirect_with(request, reverse("surveys:mine") if is_ended else home, said)
    return render_page(
        request,
        "surveys/part.html",
        {
            "found": found,
            "head": head,
            "form": form,
            "mark": state_mark(DelegationState(found.state)),
            "scope": word(DelegationScope(found.scope)),
            "label": queries.part_label(request.viewer, found, request.now),
            "is_mine": found.person_id == request.viewer.person_id,
            "is_lead": access.may_lead(request.viewer, found.response),
            "crumbs": way_back(head, _("A part of it")),
            "sample": found.sample,
        },
        status=422 if form.errors else 200,
    )


def _act_on(request: ServedRequest, found: "queries.Delegation", reply: str) -> str:
    """Do what the button says; return what is said of it."""
    by, now = request.viewer, request.now
    verb = request.POST.get("do", "")
    if verb == "accept":
        actions.answer_offer(takes=True, reply=reply, delegation=found, by=by, now=now)
        return _("Accepted. You can begin.")
    if verb == "decline":
        actions.answer_offer(takes=False, reply=reply, delegation=found, by=by, now=now)
        return _("Declined.")
    if verb == "give_back":
        actions.give_back(reply=reply, delegation=found, by=by, now=now)
        return _("Given back to your lead.")
    if verb == "end":
        actions.end_delegation(delegation=found, by=by, now=now)
        return _("It is in your hands again.")
    raise Refused(_("Choose what to do with it."))


@guard(may=access.may_lead_suggestion, load=queries.suggestion, methods=("POST",))
def suggestion(request: ServedRequest, found: "queries.Suggestion") -> HttpResponse:
    """Take a text that waits beside an answer, as it is or edited, or decline it."""
    back = request.POST.get("back", "")
    home = reverse("surveys:response", args=[found.response.public_id])
    address = back if back.startswith(home) else home
    if request.GET.get("do") == "decline":
        try:
            actions.decline_suggestion(suggestion=found, by=request.viewer, now=request.now)
        except Refused as error:
            messages.warning(request, str(error))
            return redirect_with(request, address)
        return redirect_with(request, address, _("Declined; the answer stays as it is."))
    base = request.POST.get("base", "0")
    try:
        outcome = actions.take_suggestion(
            suggestion=found, value=_edited(request, found),
            base=int(base) if base.isdigit() and len(base) <= actions.LONGEST_BASE else 0,
            by=request.viewer, now=request.now,
        )  # fmt: skip
    except Refused as error:
        messages.warning(request, str(error))
        return redirect_with(request, address)
    if outcome.kept not in {Kept.SAVED, Kept.SAME}:
        messages.warning(request, outcome.why)
        return redirect_with(request, address)
    return redirect_with(request, address, _("Taken as the answer."))


def _edited(request: ServedRequest, found: "queries.Suggestion") -> str | None:
    """Return the text as the lead changed it; None where it is taken as it is."""
    text = request.POST.get(f"text:{found.public_id}")
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    return None if text == found.value.replace("\r\n", "\n") else text
