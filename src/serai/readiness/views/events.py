"""Events: the list, one event with its forecast, its delegations, how good past forecasts were."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.numbers import plain_number
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.shown import Figure
from serai.readiness import access, actions, queries
from serai.readiness.actions import EventFacts, Place
from serai.readiness.exports import events as exports
from serai.readiness.exports.plans import said
from serai.readiness.forms.events import DelegationForm, EventForm
from serai.readiness.queries.policies import platform_names
from serai.readiness.states.event_words import (
    colour_mark,
    delegation_mark,
    language_words,
    role_word,
    sensitivity_word,
)
from serai.readiness.views import forecast_pictures as pictures
from serai.readiness.views.pages import crumbs, form_page, note_read

if TYPE_CHECKING:
    from serai.readiness.models import Delegation, EventPlan, Framework


def events_step() -> tuple[str, str]:
    """Return the step back to the list of events."""
    return _("Events"), reverse("readiness:events")


def event_step(found: "EventPlan") -> tuple[str, str]:
    """Return the step back to one event."""
    return said(found.meeting.title), reverse("readiness:event", args=[found.public_id])


@guard(may=access.may_open_events)
def events(request: ServedRequest) -> HttpResponseBase:
    """List the events with how their delegations look."""
    rows = queries.events(request.viewer)
    if found := download(request, exports.events_table(rows), "events"):
        return found
    page = page_of(request, rows)
    return render_page(
        request,
        "readiness/events.html",
        {
            "rows": [
                (row, delegation_mark(row.state), pictures.strip_of(row))
                for row in page.object_list
            ],
            "page": page,
            "query": kept_query(request),
            "may_plan": access.may_see_agencies(request.viewer),
            "may_see_record": access.may_see_record(request.viewer),
            "crumbs": crumbs(title=_("Events")),
            "sample": any(row.sample for row in rows),
        },
    )


@guard(may=access.may_see_event, load=queries.event)
def event(request: ServedRequest, found: "EventPlan") -> HttpResponseBase:
    """Show one event: its delegations, how they look and why, a better hour."""
    shown = queries.event_page(request.viewer, found)
    _note_read(request, shown.delegations)
    table = exports.delegations_table(shown.delegations)
    if file := download(request, table, "delegations"):
        return file
    row = shown.row
    return render_page(
        request,
        "readiness/event.html",
        {
            "found": found,
            "shown": shown,
            "row": row,
            "mark": delegation_mark(row.state),
            "sensitivity": sensitivity_word(row.sensitivity),
            "languages": language_words(row.languages),
            "strip": pictures.strip_of(row),
            "chart": pictures.checks_chart(shown.delegations),
            "table": table if shown.delegations else None,
            "better": pictures.better_words(found, shown.better),
            "host_words": pictures.host_words(shown.host_count),
            "crumbs": crumbs(events_step(), title=said(row.title)),
            "sample": row.sample,
        },
    )


def _note_read(request: ServedRequest, rows: Sequence[queries.DelegationRow]) -> None:
    """Note for the agencies who reads their forecasts: they are of their results."""
    read = [one.office_id for one in rows if one.forecast is not None]
    if read:
        note_read(request, queries.results_of(read).values())


# ---------------------------------------------------------------- planning
@guard(may=access.may_plan, load=queries.framework_of_events, methods=("GET", "POST"))
def plan_event(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Plan a meeting as an event."""
    meetings = queries.meetings_to_plan(request.viewer, request.now)
    form = EventForm(
        typed(request),
        meetings=[(row.public_id, f"{row.code}: {said(row.title)}") for row in meetings],
        events=_event_choices(found), platforms=list(platform_names().items()),
        initial={"meeting": request.GET.get("meeting", ""), "sensitivity": "low", "languages": ["en"]},
    )  # fmt: skip
    page = FormPage(
        title=_("Plan an event"), verb=_("Save"), back=reverse("readiness:events"),
        done=_("It is planned. Now say who takes part."),
        intro="" if meetings else _("Every meeting to come is an event already. Plan a meeting of the programme first."),
        crumbs=crumbs(events_step(), title=_("Plan an event")),
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.plan_event(
            framework=found, meeting=form.cleaned_data["meeting"], facts=_facts(form),
            by=request.viewer, now=request.now,
        ),
        leads_to=lambda made: reverse("readiness:event", args=[made.public_id]),
    )  # fmt: skip


@guard(may=access.may_keep_event, load=queries.event, methods=("GET", "POST"))
def change_event(request: ServedRequest, found: "EventPlan") -> HttpResponse:
    """Change what an event is like."""
    form = EventForm(
        typed(request), meetings=None, events=_event_choices(found.framework),
        platforms=list(platform_names().items()),
        initial={
            "event": found.event, "platform": found.platform, "languages": found.languages,
            "sensitivity": found.sensitivity, "contacts": found.contacts,
        },
    )  # fmt: skip
    name, back = event_step(found)
    page = FormPage(
        title=_("Change the event"), verb=_("Save"), back=back,
        done=_("It is saved. Forecasts that were made are made anew."),
        crumbs=crumbs(events_step(), (name, back), title=_("Change the event")),
        sample=found.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.change_event(
            plan=found, facts=_facts(form), by=request.viewer, now=request.now
        ),
    )  # fmt: skip


def _event_choices(framework: "Framework") -> list[tuple[str, str]]:
    return [(code, f"{code} {said(name)}") for code, name in queries.event_types(framework)]


def _facts(form: EventForm) -> EventFacts:
    given = form.cleaned_data
    return EventFacts(
        event=given["event"], platform=given["platform"], languages=given["languages"],
        sensitivity=given["sensitivity"], contacts=given["contacts"],
    )  # fmt: skip


@guard(may=access.may_keep_event, load=queries.event, methods=("POST",))
def forecast_event(request: ServedRequest, found: "EventPlan") -> HttpResponse:
    """Forecast all delegations from what is known now."""
    actions.forecast_event(plan=found, by=request.viewer, now=request.now)
    return redirect_with(request, event_step(found)[1], _("The forecast is made."))


# ---------------------------------------------------------------- delegations
@guard(may=access.may_enter, load=queries.event, methods=("GET", "POST"))
def add_delegation(request: ServedRequest, found: "EventPlan") -> HttpResponse:
    """Enter an office in an event."""
    form = _delegation_form(request, found, {"role": "seat", "seats": 1})
    page = _delegation_page(found, _("Enter a delegation"), event_step(found))
    return form_page(
        request, form, page,
        lambda: actions.add_delegation(
            plan=found, place=_place(request, found, form), by=request.viewer, now=request.now
        ),
    )  # fmt: skip


@guard(may=access.may_change_delegation, load=queries.delegation, methods=("GET", "POST"))
def change_delegation(request: ServedRequest, found: "Delegation") -> HttpResponse:
    """Change from where a delegation takes part, and as what."""
    room = f"/{found.room.public_id}" if found.room else ""
    initial: dict[str, object] = {
        "place": f"{found.office.public_id}{room}", "role": found.role, "seats": found.seats,
    }  # fmt: skip
    form = _delegation_form(request, found.plan, initial)
    back = reverse("readiness:delegation", args=[found.public_id])
    page = _delegation_page(found.plan, _("Change the delegation"), (found.office.name, back))
    return form_page(
        request, form, page,
        lambda: actions.change_delegation(
            delegation=found, place=_place(request, found.plan, form), by=request.viewer,
            now=request.now,
        ),
    )  # fmt: skip


def _delegation_form(
    request: ServedRequest, plan: "EventPlan", initial: dict[str, object]
) -> DelegationForm:
    places = []
    for office in queries.places_to_enter(request.viewer, plan):
        places.append((office.public_id, _("%(office)s, at desks") % {"office": office.name}))
        places += [
            (f"{office.public_id}/{room.public_id}", f"{office.name}, {room.name}")
            for room in office.rooms.all()
            if not room.is_closed
        ]
    may_be_host = queries.may_be_host(request.viewer, plan) or initial["role"] == "host"
    return DelegationForm(typed(request), places=places, may_be_host=may_be_host, initial=initial)


def _delegation_page(plan: "EventPlan", title: str, step: tuple[str, str]) -> FormPage:
    steps = [events_step(), event_step(plan)]
    if step not in steps:
        steps.append(step)
    return FormPage(
        title=title, verb=_("Save"), back=step[1], done=_("It is saved."),
        intro=_("A room is named for a delegation that sits together; people at their own computers sit at desks."),
        crumbs=crumbs(*steps, title=title), sample=plan.sample,
    )  # fmt: skip


def _place(request: ServedRequest, plan: "EventPlan", form: DelegationForm) -> Place:
    number, _slash, room_number = form.cleaned_data["place"].partition("/")
    office = next(
        one for one in queries.places_to_enter(request.viewer, plan) if one.public_id == number
    )
    room = next((one for one in office.rooms.all() if one.public_id == room_number), None)
    return Place(office, room, form.cleaned_data["role"], form.cleaned_data["seats"])


@guard(may=access.may_see_delegation, load=queries.delegation)
def delegation(request: ServedRequest, found: "Delegation") -> HttpResponse:
    """Show one delegation: its forecast, why, what to do instead, what was noted."""
    row = queries.delegation_row(request.viewer, found)
    _note_read(request, [row])
    notes = queries.notes_of(request.viewer, found)
    may_change = access.may_change_delegation(request.viewer, found)
    return render_page(
        request,
        "readiness/delegation.html",
        {
            "found": found,
            "plan": found.plan,
            "row": row,
            "mark": delegation_mark(row.state),
            "colour": colour_mark(row.forecast.colour if row.forecast else None),
            "reasons": pictures.reasons_of(row),
            "checks": pictures.checks_of(row),
            "asked": [*pictures.asked_words(row), *pictures.reach_words(row, found.plan)],
            "chart": pictures.chance_chart(row),
            "chance": exports.chance_words(row),
            "role": role_word(row.role),
            "ways": pictures.ways_of(row, found.plan),
            "outcome": pictures.outcome_of(row),
            "notes": [pictures.note_shown(one) for one in notes],
            "others": queries.offices_in_city(request.viewer, found),
            "may_change": may_change,
            "may_work": access.may_work_at(request.viewer, found.plan)
            and row.state in access.BEFORE,
            "event": said(found.plan.meeting.title),
            "crumbs": crumbs(events_step(), event_step(found.plan), title=found.office.name),
            "sample": found.sample,
        },
    )


@guard(may=access.may_change_delegation, load=queries.delegation, methods=("GET", "POST"))
def drop_delegation(request: ServedRequest, found: "Delegation") -> HttpResponse:
    """Ask once more, then take a delegation out of its event."""
    back = reverse("readiness:delegation", args=[found.public_id])
    title = _("Take it out of the event")
    page = FormPage(
        title=title, verb=_("Take it out"), back=back, done=_("The delegation is taken out."),
        leads_to=event_step(found.plan)[1], is_danger=True,
        intro=_("%(office)s no longer takes part. Its forecast and rehearsals are deleted.")
        % {"office": found.office.name},
        crumbs=crumbs(
            events_step(), event_step(found.plan), (found.office.name, back), title=title
        ),
        sample=found.sample,
    )  # fmt: skip
    form = Form(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, page,
        lambda: actions.drop_delegation(delegation=found, by=request.viewer, now=request.now),
    )  # fmt: skip


# ---------------------------------------------------------------- plan B on paper
@guard(may=access.may_see_delegation, load=queries.delegation)
def plan_b_card(request: ServedRequest, found: "Delegation") -> HttpResponse:
    """Show the plan B of one delegation, to be printed."""
    back = reverse("readiness:delegation", args=[found.public_id])
    return _cards(
        request, found.plan, [queries.delegation_row(request.viewer, found)],
        crumbs(events_step(), event_step(found.plan), (found.office.name, back), title=_("Plan B")),
    )  # fmt: skip


@guard(may=access.may_see_event, load=queries.event)
def plan_b_cards(request: ServedRequest, found: "EventPlan") -> HttpResponse:
    """Show the plan B of every delegation the viewer reads, a page each."""
    rows = queries.event_page(request.viewer, found).delegations
    return _cards(request, found, rows, crumbs(events_step(), event_step(found), title=_("Plan B")))


def _cards(
    request: ServedRequest,
    plan: "EventPlan",
    rows: Sequence[queries.DelegationRow],
    steps: Sequence[Crumb],
) -> HttpResponse:
    _note_read(request, rows)
    cards = [(row, pictures.ways_of(row, plan)) for row in rows]
    return render_page(
        request,
        "readiness/plan_b.html",
        {
            "plan": plan, "title": said(plan.meeting.title), "cards": cards,
            "platform": platform_names().get(plan.platform, plan.platform),
            "crumbs": steps, "sample": plan.sample,
        },
    )  # fmt: skip


# ---------------------------------------------------------------- how good forecasts were
@guard(may=access.may_see_record)
def forecast_record(request: ServedRequest) -> HttpResponseBase:
    """Show how past forecasts met what came: the Brier score beside the base rate's."""
    found = queries.forecast_record(request.viewer)
    table = exports.record_table(found)
    if file := download(request, table, "forecasts"):
        return file
    page = page_of(request, table.rows)
    score = found.score
    figures = []
    if score is not None:
        figures = [
            Figure(plain_number(score.score, 3), _("Brier score of the forecasts"), _("0 is perfect")),
            Figure(
                plain_number(score.base_score, 3), _("Score of always saying the base rate"),
                _("base rate %(share)d %%") % {"share": round(score.base_rate * 100)},
            ),
            Figure(
                str(score.count),
                ngettext("forecast with an outcome", "forecasts with an outcome", score.count),
            ),
        ]  # fmt: skip
    return render_page(
        request,
        "readiness/forecast_record.html",
        {
            "table": replace(table, rows=list(page.object_list)) if table.rows else None,
            "page": page,
            "query": kept_query(request),
            "figures": figures,
            "finding": pictures.record_words(score),
            "chart": pictures.bands_chart(found.bands) if score else None,
            "crumbs": crumbs(events_step(), title=_("How good forecasts were")),
            "sample": any(row.sample for row in found.rows),
        },
    )
