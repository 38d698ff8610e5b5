"""What is done with an office's results: scored, shown, agreed, disputed, confirmed; advice; asking."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage, show_form, status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.readiness import access, actions
from serai.readiness.actions import Refused
from serai.readiness.exports.offices import fact_name
from serai.readiness.forms.offices import AskForm, DeclineForm, DisputeForm
from serai.readiness.queries import assessments
from serai.readiness.queries.asking import missing_facts
from serai.readiness.views.offices import crumbs

if TYPE_CHECKING:
    from serai.readiness.models import Assessment, Recommendation


def _office(found: "Assessment") -> str:
    return reverse("readiness:office", args=[found.office.public_id])


def _do(
    request: ServedRequest, found: "Assessment", act: Callable[[], object], said: str
) -> HttpResponse:
    """Do an act of one button and go back to the office; a refusal is said there."""
    try:
        act()
    except Refused as error:
        return redirect_with(request, _office(found), str(error))
    return redirect_with(request, _office(found), said)


def _page(
    request: ServedRequest, found: "Assessment", title: str, verb: str, done: str
) -> FormPage:
    steps = ((found.office.name, _office(found)),)
    may_list = access.may_see_agencies(request.viewer)
    return FormPage(
        title=title, verb=verb, back=_office(found), done=done, intro=found.office.name,
        crumbs=crumbs(*steps, title=title, may_list=may_list), sample=found.sample,
    )  # fmt: skip


def _form_page(
    request: ServedRequest, form: Form, page: FormPage, act: Callable[[], object]
) -> HttpResponse:
    """Show a form, or do the act and go back; what was written stays in a refused form."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect_with(request, page.back, page.done)
    return show_form(request, form, page)


@guard(may=access.may_see_agencies, methods=("POST",))
def score_offices(request: ServedRequest) -> HttpResponse:
    """Have every office scored that waits for it, in the background."""
    back = reverse("readiness:offices")
    try:
        actions.ask_for_scores(by=request.viewer)
    except Refused as error:
        return redirect_with(request, back, str(error))
    return redirect_with(
        request, back, _("The offices are being scored. A letter comes once it is done.")
    )


@guard(may=access.may_assess, load=assessments.assessment, methods=("POST",))
def score(request: ServedRequest, found: "Assessment") -> HttpResponse:
    """Evaluate the office anew."""
    return _do(
        request, found,
        lambda: actions.score_assessment(assessment=found, by=request.viewer, now=request.now),
        _("It is scored. Look at the results, then show them to the agency."),
    )  # fmt: skip


@guard(may=access.may_assess, load=assessments.assessment, methods=("POST",))
def show(request: ServedRequest, found: "Assessment") -> HttpResponse:
    """Put the results before the agency."""
    return _do(
        request, found,
        lambda: actions.show_results(assessment=found, by=request.viewer, now=request.now),
        _("The agency is asked to look at them within ten working days."),
    )  # fmt: skip


@guard(may=access.may_answer_results, load=assessments.assessment, methods=("POST",))
def agree(request: ServedRequest, found: "Assessment") -> HttpResponse:
    """Agree with the results for the agency."""
    return _do(
        request, found,
        lambda: actions.agree_results(assessment=found, by=request.viewer, now=request.now),
        _("Thank you. The secretariat can now confirm the results."),
    )  # fmt: skip


@guard(may=access.may_answer_results, load=assessments.assessment, methods=("GET", "POST"))
def dispute(request: ServedRequest, found: "Assessment") -> HttpResponse:
    """Say what is wrong with the results."""
    form = DisputeForm(typed(request))
    page = _page(
        request, found, _("Say what is wrong"), _("Send it"),
        _("The secretariat has your words and collects the facts again."),
    )  # fmt: skip
    return _form_page(
        request, form, page,
        lambda: actions.dispute_results(
            assessment=found, words=form.cleaned_data["words"], by=request.viewer, now=request.now
        ),
    )  # fmt: skip


@guard(may=access.may_assess, load=assessments.assessment, methods=("POST",))
def confirm(request: ServedRequest, found: "Assessment") -> HttpResponse:
    """Let the results hold."""
    return _do(
        request, found,
        lambda: actions.confirm_results(assessment=found, by=request.viewer, now=request.now),
        _("The results are confirmed."),
    )  # fmt: skip


@guard(may=access.may_assess, load=assessments.assessment, methods=("POST",))
def propose(request: ServedRequest, found: "Assessment") -> HttpResponse:
    """Put the chosen advice before the agency."""
    chosen = set(request.POST.getlist("advice"))
    rows = [one for one in assessments.advice_of(request.viewer, found) if one.public_id in chosen]
    return _do(
        request, found,
        lambda: actions.propose_advice(advice=rows, by=request.viewer, now=request.now),
        _("The agency is asked to decide on it."),
    )  # fmt: skip


@guard(may=access.may_decide_advice, load=assessments.recommendation, methods=("POST",))
def accept(request: ServedRequest, found: "Recommendation") -> HttpResponse:
    """Take advice up."""
    return _do(
        request, found.assessment,
        lambda: actions.accept_advice(advice=found, by=request.viewer, now=request.now),
        _("The advice is taken up."),
    )  # fmt: skip


@guard(may=access.may_decide_advice, load=assessments.recommendation, methods=("GET", "POST"))
def decline(request: ServedRequest, found: "Recommendation") -> HttpResponse:
    """Decline advice, with a reason."""
    form = DeclineForm(typed(request))
    page = _page(
        request, found.assessment, _("Decline the advice"), _("Decline it"),
        _("The advice is declined."),
    )  # fmt: skip
    return _form_page(
        request, form, page,
        lambda: actions.decline_advice(
            advice=found, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
        ),
    )  # fmt: skip


@guard(may=access.may_see_advice, load=assessments.recommendation, methods=("POST",))
def finish(request: ServedRequest, found: "Recommendation") -> HttpResponse:
    """Say that what was advised is done; the action asks who may."""
    return _do(
        request, found.assessment,
        lambda: actions.finish_advice(advice=found, by=request.viewer, now=request.now),
        _("It is noted as done."),
    )  # fmt: skip


@guard(may=access.may_assess, load=assessments.assessment, methods=("GET", "POST"))
def ask(request: ServedRequest, found: "Assessment") -> HttpResponse:
    """Show missing facts, the most telling first; ask for those that are chosen."""
    rows = missing_facts(request.viewer, found)
    chosen = request.POST.getlist("fact")
    form = AskForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.ask_for_facts(
                assessment=found, names=chosen, due_on=form.cleaned_data["due_on"],
                by=request.viewer, now=request.now,
            )  # fmt: skip
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said = ngettext("Asked about %(n)d answer.", "Asked about %(n)d answers.", count)
            return redirect_with(request, _office(found), said % {"n": count})
    title = _("Missing facts")
    may_list = access.may_see_agencies(request.viewer)
    return render_page(
        request,
        "readiness/missing.html",
        {
            "found": found,
            "rows": [(one, fact_name(one.fact, one.question)) for one in rows],
            "can_ask": any(one.is_askable for one in rows),
            "chosen": chosen,
            "form": form,
            "back": _office(found),
            "crumbs": crumbs((found.office.name, _office(found)), title=title, may_list=may_list),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )
