"""The pages on which answers are asked about again, remarked upon, and looked back at."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage, status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.members.states import Audience
from serai.surveys import access, actions, queries
from serai.surveys.actions import Asked, Refused
from serai.surveys.forms import AskAgainForm, AskForm, RemarkForm, ReplyForm
from serai.surveys.states import AnswerRequestState, ReadingWay, RequestReason
from serai.surveys.states.words import ASKED_FOR, state_mark, word
from serai.surveys.views.answering import way_back
from serai.surveys.views.shared import done, form_page, note_read


@guard(may=access.may_read_answer, load=queries.answer_place, methods=("GET", "POST"))
def answer(request: ServedRequest, at: "queries.AnswerPlace") -> HttpResponseBase:
    """Show what was answered to one question so far, with the remarks beside it."""
    found = at.response
    note_read(request, ReadingWay.PAGE, found)
    audiences = [
        (one.value, words)
        for one, words in audience_words()
        if access.may_read_remark(request.viewer, found, one)
    ]
    form = RemarkForm(typed(request), audiences=audiences)
    name = queries.name_of(at.ref).removeprefix("/")

    def act() -> object:
        return actions.remark(
            response=found, ref=at.ref, text=form.cleaned_data["text"],
            audience=Audience(form.cleaned_data["audience"]), by=request.viewer, now=request.now,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and done(form, act):
        address = reverse("surveys:answer", args=[found.public_id, name])
        return redirect_with(request, address, _("The remark stands beside the answer."))
    label, given = queries.history(request.viewer, at, request.now)
    head = queries.head_of(found)
    return render_page(
        request,
        "surveys/answer.html",
        {
            "head": head,
            "label": label,
            "given": given,
            "remarks": queries.remarks(request.viewer, at),
            "may_ask": access.may_review(request.viewer, found) and head.is_named,
            "about": queries.name_of(at.ref),
            "form": form,
            "crumbs": way_back(head, _("One answer")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )


def audience_words() -> list[tuple[Audience, str]]:
    """Return who may be let read a remark, in words."""
    return [
        (Audience.ORGANISATION, _("Our own people only")),
        (Audience.COUNTRY, _("Also the focal point")),
        (Audience.SECRETARIAT, _("Also the secretariat")),
    ]


@guard(may=access.may_review, load=queries.response, methods=("GET", "POST"))
def ask_back(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Show answers that say too little; ask about those that are chosen."""
    note_read(request, ReadingWay.PAGE, found)
    head = queries.head_of(found)
    chosen = request.POST.getlist("about") or request.GET.getlist("about")
    rows = queries.askable(request.viewer, found, request.now, chosen)
    form = AskForm(typed(request))
    if request.method == "POST" and form.is_valid():
        asked = [
            Asked(
                queries.ref_of(row.name),
                _reason(request.POST.get(f"reason:{row.name}", ""), row.reason),
                request.POST.get(f"question:{row.name}", ""),
            )
            for row in rows
            if row.name in chosen
        ]

        def act() -> object:
            return actions.ask_back(
                response=found, asked=asked, due_on=form.cleaned_data["due_on"],
                by=request.viewer, now=request.now,
            )  # fmt: skip

        if done(form, act):
            said = ngettext(
                "Asked about %(n)d answer.", "Asked about %(n)d answers.", len(asked)
            ) % {"n": len(asked)}  # fmt: skip
            return redirect_with(request, _requests(found), said)
    return render_page(
        request,
        "surveys/ask_back.html",
        {
            "head": head,
            "rows": rows,
            "chosen": chosen,
            "form": form,
            "reasons": [(one.value, words) for one, words in ASKED_FOR.items()],
            "crumbs": way_back(head, _("Ask back")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )


def _reason(written: str, usual: RequestReason) -> RequestReason:
    return RequestReason(written) if written in {one.value for one in RequestReason} else usual


def _requests(found: "queries.Response") -> str:
    return reverse("surveys:requests", args=[found.public_id])


@guard(may=access.may_read_response, load=queries.response)
def requests(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """Show what was asked back: old and new side by side."""
    note_read(request, ReadingWay.PAGE, found)
    head = queries.head_of(found)
    rows = queries.requests_of(request.viewer, found, request.now)
    return render_page(
        request,
        "surveys/requests.html",
        {
            "head": head,
            "rows": [
                (row, state_mark(AnswerRequestState(row.found.state)), word(RequestReason(row.found.reason)))
                for row in rows
            ],
            "is_own": access.may_lead(request.viewer, found),
            "may_review": access.may_review(request.viewer, found),
            "crumbs": way_back(head, _("Questions asked back")),
            "sample": found.sample,
        },
    )  # fmt: skip


@guard(may=access.may_see_request, load=queries.answer_request, methods=("POST",))
def one_request(request: ServedRequest, found: "queries.AnswerRequest") -> HttpResponse:
    """Answer a question in words, close it, or take it back."""
    address = _requests(found.response)
    verb, by, now = request.POST.get("do", ""), request.viewer, request.now
    form = ReplyForm(request.POST)
    reply = form.cleaned_data["reply"] if form.is_valid() else ""
    try:
        if verb == "answer":
            actions.answer_request(request=found, reply=reply, by=by, now=now)
            return redirect_with(request, address, _("Answered."))
        if verb == "close":
            actions.close_request(request=found, by=by, now=now)
            return redirect_with(request, address, _("Closed."))
        if verb == "withdraw":
            actions.withdraw_request(request=found, by=by, now=now)
            return redirect_with(request, address, _("Taken back."))
    except Refused as error:
        messages.warning(request, str(error))
        return redirect_with(request, address)
    messages.warning(request, _("Choose what to do with it."))
    return redirect_with(request, address)


@guard(may=access.may_ask_again, load=queries.answer_request, methods=("GET", "POST"))
def ask_again(request: ServedRequest, found: "queries.AnswerRequest") -> HttpResponse:
    """Ask anew about what is answered and still not clear."""
    form = AskAgainForm(typed(request))
    head = queries.head_of(found.response)
    rows = queries.requests_of(request.viewer, found.response, request.now)
    page = FormPage(
        title=_("Ask again"),
        verb=_("Ask again"),
        back=_requests(found.response),
        done=_("Asked again. The answer is open once more."),
        crumbs=way_back(head, _("Ask again")),
        intro=next((row.question for row in rows if row.found.pk == found.pk), ""),
        note=_("What was asked and replied before stays beside it."),
        sample=found.response.sample,
    )
    return form_page(
        request, form, page,
        lambda: actions.ask_again(
            request=found, question=form.cleaned_data["question"],
            due_on=form.cleaned_data["due_on"], by=request.viewer, now=request.now,
        ),
    )  # fmt: skip
