"""The desk: begin an event, see who is in, note what happens, rehearse, review."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Mark
from serai.readiness import access, actions, queries
from serai.readiness.actions import Refused, SeenAtDesk
from serai.readiness.exports.events import place_words
from serai.readiness.exports.plans import said
from serai.readiness.forms.events import DeskForm, RehearsalForm, ReviewForm
from serai.readiness.states import DelegationState
from serai.readiness.states.event_words import (
    PLAN_B_WORDS,
    TROUBLE_WORDS,
    delegation_mark,
    outcome_mark,
    way_word,
)
from serai.readiness.views import forecast_pictures as pictures
from serai.readiness.views.events import event_step, events_step
from serai.readiness.views.pages import crumbs, done, form_page
from serai.readiness.views.plans import refused

if TYPE_CHECKING:
    from serai.readiness.models import Delegation, EventPlan


def _desk_address(plan: "EventPlan") -> str:
    return reverse("readiness:desk", args=[plan.public_id])


@guard(may=access.may_work_at, load=queries.event, methods=("GET", "POST"))
def desk(request: ServedRequest, found: "EventPlan") -> HttpResponse:
    """Show who is in, by which way, and what went wrong; take a note."""
    page = queries.desk_page(request.viewer, found)
    live = [one for one in page.standings if one.row.state is DelegationState.LIVE]
    form = None
    if live:
        choices = [(one.row.public_id, place_words(one.row)) for one in live]
        chosen = request.GET.get("delegation", "")
        form = DeskForm(typed(request), delegations=choices, initial={"delegation": chosen})
    if (
        request.method == "POST"
        and form is not None
        and form.is_valid()
        and done(form, lambda: _note(request, found, form))
    ):
        return redirect_with(request, _desk_address(found), _("It is noted."))
    states = {one.row.state for one in page.standings}
    return render_page(
        request,
        "readiness/desk.html",
        {
            "found": found,
            "title": said(found.meeting.title),
            "standings": [
                (one, _presence(one), way_word(one.on_plan), _trouble(one), _plan_b(one))
                for one in page.standings
            ],
            "shown": page,
            "is_over": page.is_over,
            "notes": [pictures.note_shown(one) for one in page.notes],
            "form": form,
            "may_start": bool(states & access.BEFORE),
            "may_review": bool(live),
            "crumbs": crumbs(events_step(), event_step(found), title=_("Desk")),
            "sample": found.sample,
        },
        status=422 if request.method == "POST" else 200,
    )


def _presence(one: queries.Standing) -> Mark:
    """Return whether a delegation is in; before and after the event how far it is."""
    if one.row.outcome:
        return outcome_mark(one.row.outcome) or delegation_mark(one.row.state)
    if one.row.state is not DelegationState.LIVE:
        return delegation_mark(one.row.state)
    if one.is_in is None:
        return Mark("open", pgettext("desk", "not seen yet"))
    if one.is_in:
        return Mark("good", pgettext("desk", "connected"))
    return Mark("wrong", pgettext("desk", "not connected"))


def _trouble(one: queries.Standing) -> str:
    return str(TROUBLE_WORDS[one.trouble]) if one.trouble else ""


def _plan_b(one: queries.Standing) -> str:
    return str(PLAN_B_WORDS[one.row.ways[0]]) if one.row.ways else ""


def _note(request: ServedRequest, plan: "EventPlan", form: DeskForm) -> object:
    given = form.cleaned_data
    number = given["delegation"]
    return actions.note_at_desk(
        plan=plan,
        delegation=queries.delegation(request.viewer, number) if number else None,
        seen=SeenAtDesk(form.is_in, given["on_plan"], given["trouble"], given["text"]),
        by=request.viewer,
        now=request.now,
    )


@guard(may=access.may_work_at, load=queries.event, methods=("POST",))
def start_event(request: ServedRequest, found: "EventPlan") -> HttpResponse:
    """Open the desk."""
    here = _desk_address(found)
    try:
        actions.start_event(plan=found, by=request.viewer, now=request.now)
    except Refused as error:
        return refused(request, str(error), here)
    return redirect_with(request, here, _("The event is live."))


@guard(may=access.may_work_at, load=queries.event, methods=("GET", "POST"))
def review(request: ServedRequest, found: "EventPlan") -> HttpResponse:
    """Say how it went for each delegation."""
    shown = queries.desk_page(request.viewer, found)
    live = [one.row for one in shown.standings if one.row.state is DelegationState.LIVE]
    form = ReviewForm(
        typed(request), delegations=[(one.public_id, place_words(one)) for one in live]
    )
    page = FormPage(
        title=_("How it went"), verb=_("Save"), back=_desk_address(found), done=_("It is saved."),
        leads_to=event_step(found)[1],
        intro=(
            _("“Was interrupted” is said of a delegation that could not follow or speak for more than a moment, whatever the cause. Whom you leave out stays live.")
            if live
            else _("No delegation is live. Open the desk first, or look at the event: all are reviewed.")
        ),
        crumbs=crumbs(
            events_step(), event_step(found), (_("Desk"), _desk_address(found)), title=_("How it went")
        ),
        sample=found.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.review_event(
            plan=found, outcomes=form.outcomes(), by=request.viewer, now=request.now
        ),
    )  # fmt: skip


@guard(may=access.may_rehearse, load=queries.delegation, methods=("GET", "POST"))
def rehearse(request: ServedRequest, found: "Delegation") -> HttpResponse:
    """Record a rehearsal."""
    form = RehearsalForm(typed(request))
    back = reverse("readiness:delegation", args=[found.public_id])
    page = FormPage(
        title=_("Record a rehearsal"), verb=_("It has rehearsed"), back=back,
        done=_("The rehearsal is recorded."),
        intro=_("A rehearsal goes through joining, sound, picture, interpretation and the first way of plan B."),
        crumbs=crumbs(
            events_step(), event_step(found.plan), (found.office.name, back),
            title=_("Record a rehearsal"),
        ),
        sample=found.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.record_rehearsal(
            delegation=found,
            seen=SeenAtDesk(trouble=form.cleaned_data["trouble"], text=form.cleaned_data["text"]),
            by=request.viewer, now=request.now,
        ),
    )  # fmt: skip
