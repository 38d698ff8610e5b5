"""Meetings: the list, one with agenda and papers, its states, minutes and decisions."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from serai.base.access import ServedRequest, anyone, guard
from serai.base.files.answers import answer_file
from serai.base.files.keeping import keep_checked
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.members import queries as members
from serai.programme import access, actions, exports, queries
from serai.programme.actions import MeetingFacts, Refused
from serai.programme.forms import (
    ComesForm,
    DecisionForm,
    InviteForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
    PaperForm,
)
from serai.programme.queries import MeetingPage
from serai.programme.states import ALLOWED, MeetingState
from serai.programme.views.shared import (
    begins,
    crumbs,
    form_page,
    in_two_steps,
    named,
    readers_now,
    readers_page,
    said,
    shown,
    tabs,
)

if TYPE_CHECKING:
    from serai.programme.models import AgendaItem, Meeting, Paper

MINUTES = (MeetingState.HELD, MeetingState.MINUTES_DRAFT, MeetingState.MINUTES_AGREED)
AHEAD = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.PAPERS_OUT)
VERBS: Mapping[MeetingState, object] = {
    MeetingState.CALLED: lazy("Call it: send the invitations"),
    MeetingState.PAPERS_OUT: lazy("Send the papers out"),
    MeetingState.HELD: lazy("Mark it as held"),
    MeetingState.MINUTES_DRAFT: lazy("Send the minutes for agreement"),
    MeetingState.MINUTES_AGREED: lazy("Mark the minutes as agreed"),
}


@guard(may=anyone)
def meetings(request: ServedRequest) -> HttpResponse:
    """List meetings: coming ones first, then past ones."""
    rows = queries.meetings(request.viewer)
    day = shown(request)
    since = begins(request, day)
    coming = [row for row in reversed(rows) if row.ends_at >= since]
    past = [row for row in rows if row.ends_at < since]
    page = page_of(request, [*coming, *past])
    return render_page(
        request,
        "programme/meetings.html",
        {
            "day": day,
            "coming": [row for row in page.object_list if row.ends_at >= since],
            "past": [row for row in page.object_list if row.ends_at < since],
            "has_coming": bool(coming),
            "page": page,
            "query": kept_query(request),
            "may_call": access.may_call_meeting(request.viewer),
            "tabs": tabs(request, "meetings", day),
            "crumbs": crumbs(title=_("Meetings")),
            "sample": any(row.sample for row in rows),
        },
    )


@guard(may=access.may_see_meeting, load=queries.meeting)
def meeting(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Show a meeting to its readers: agenda, papers, participants, decisions."""
    page = queries.meeting_page(request.viewer, found)
    as_of = shown(request).programme.today(request.now)
    decisions = queries.decisions(request.viewer, as_of, meeting=found.pk)
    mine = next((one for one in page.participants if one.is_me), None)
    takes = {MeetingState.CALLED, MeetingState.PAPERS_OUT}
    return render_page(
        request,
        "programme/meeting.html",
        {
            "found": found,
            "page": page,
            "decisions": exports.decisions_table(decisions) if decisions else None,
            "mine": mine,
            "answer_form": ComesForm(initial={"answer": mine.answer})
            if mine and found.state in takes
            else None,
            "steps": _steps(found, page, request.now) if page.may_call else [],
            "hint": _hint(found, page, request.now) if page.may_call else "",
            "has_minutes": found.state in MINUTES,
            "is_ahead": found.state in AHEAD,
            "may_release": access.may_release(request.viewer, found),
            "may_minute": page.may_call and found.state in MINUTES[:2],
            "may_decide": page.may_call and found.state in {*AHEAD[1:], *MINUTES[:2]},
            "crumbs": crumbs((_("Meetings"), reverse("programme:meetings")), title=found.code),
            "sample": found.sample,
        },
    )


def _steps(found: "Meeting", page: MeetingPage, now: datetime) -> list[tuple[str, str]]:
    """Return what an officer may do next: state and verb; what would be refused is left out."""
    following = ALLOWED[MeetingState][MeetingState(found.state)]
    not_yet = {
        MeetingState.PAPERS_OUT: not page.row.paper_count,
        MeetingState.HELD: found.starts_at > now,
        MeetingState.MINUTES_AGREED: not str(page.minutes).strip(),
    }
    return [
        (state.value, str(verb))
        for state, verb in VERBS.items()
        if state in following and not not_yet.get(state, False)
    ]


def _hint(found: "Meeting", page: MeetingPage, now: datetime) -> str:
    """Say what has to happen before the next step."""
    if found.state == MeetingState.CALLED and not page.row.paper_count:
        return _("Add a paper to an item of the agenda, then send the papers out.")
    if found.state in AHEAD[1:] and found.starts_at > now:
        return _("Once the meeting has begun, mark it as held.")
    if found.state in MINUTES[:2] and not str(page.minutes).strip():
        return _("Write the minutes, then send them for agreement.")
    return ""


def _page(found: "Meeting", title: str, verb: str, done: str, **more: object) -> FormPage:
    back = reverse("programme:meeting", args=[found.public_id])
    return FormPage(
        title=title, verb=verb, back=back, done=done,
        crumbs=crumbs((_("Meetings"), reverse("programme:meetings")), (found.code, back), title=title),
        sample=found.sample,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _facts(form: MeetingForm) -> MeetingFacts:
    given = form.cleaned_data
    starts_at, ends_at = form.moments()
    return MeetingFacts(
        title=said(given["title"]), kind=given["kind"], starts_at=starts_at, ends_at=ends_at,
        zone=given["zone"], mode=given["mode"], place=given["place"],
        join_link=given["join_link"],
    )  # fmt: skip


def _initiatives(request: ServedRequest) -> list[tuple[str, object]]:
    return [(row.code, named(row.name)) for row in queries.initiative_choices(request.viewer)]


@guard(may=access.may_call_meeting, methods=("GET", "POST"))
def plan(request: ServedRequest) -> HttpResponse:
    """Plan a meeting."""
    zone = queries.programme_of(request).time_zone
    form = MeetingForm(typed(request), initiatives=_initiatives(request), initial={"zone": zone})
    back = reverse("programme:meetings")
    page = FormPage(
        title=_("Plan a meeting"), verb=_("Save"), back=back, done=_("The meeting is planned."),
        crumbs=crumbs((_("Meetings"), back), title=_("Plan a meeting")),
        note=_("Its participants and the secretariat know of it, until a coordinator lets others."),
    )  # fmt: skip

    def act() -> object:
        code = form.cleaned_data["initiative"]
        return actions.plan_meeting(
            initiative=queries.initiative(request.viewer, code) if code else None,
            facts=_facts(form), by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_call_meeting, load=queries.meeting, methods=("GET", "POST"))
def change(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Change time, place or title; those invited are told."""
    local = found.starts_at.astimezone(ZoneInfo(found.zone))
    initial = {
        "title": named(found.title), "kind": found.kind, "on": local.date(), "at": local.time(),
        "minutes": round((found.ends_at - found.starts_at).total_seconds() / 60),
        "initiative": found.initiative.code if found.initiative else "", "zone": found.zone,
        "mode": found.mode, "place": found.place, "join_link": found.join_link,
    }  # fmt: skip
    form = MeetingForm(typed(request), initial=initial, initiatives=_initiatives(request))
    page = _page(found, _("Change the meeting"), _("Save"), _("The meeting is changed."))
    return form_page(
        request,
        form,
        page,
        lambda: actions.change_meeting(
            meeting=found, facts=_facts(form), by=request.viewer, now=request.now
        ),
    )


@guard(may=access.may_call_meeting, load=queries.meeting, methods=("POST",))
def move(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Take a meeting to its next state."""
    back = reverse("programme:meeting", args=[found.public_id])
    try:
        actions.move_meeting(
            meeting=found, state=request.POST.get("state", ""), by=request.viewer, now=request.now
        )
    except (Refused, ValueError) as error:
        return redirect_with(request, back, str(error))
    return redirect_with(request, back, _("Done. The page shows where the meeting stands."))


@guard(may=access.may_call_meeting, load=queries.meeting, methods=("GET", "POST"))
def add_item(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Add an agenda item."""
    form = ItemForm(typed(request))
    page = _page(found, _("Add an agenda item"), _("Save"), _("The item is on the agenda."))
    return form_page(
        request,
        form,
        page,
        lambda: actions.add_item(
            meeting=found, title=said(form.cleaned_data["title"]),
            purpose=form.cleaned_data["purpose"], by=request.viewer, now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_keep_agenda, load=queries.item, methods=("GET", "POST"))
def add_paper(request: ServedRequest, found: "AgendaItem") -> HttpResponse:
    """Put a paper on an item."""
    form = PaperForm(
        typed(request), request.FILES or None, initial={"languages": [request.LANGUAGE_CODE]}
    )
    page = _page(
        found.meeting, _("Add a paper"), _("Save"), _("The paper is added."), has_file=True,
        intro=_("A report is put on the agenda from its own page, once it is issued."),
        note=_("Participants read it once papers are out; a coordinator lets others read it."),
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        with transaction.atomic():
            kept = keep_checked(
                checked=given["file"].checked, thing=f"programme.agendaitem:{found.pk}",
                by=request.viewer.person_id, now=request.now, sample=found.meeting.sample,
            )  # fmt: skip
            return actions.add_paper(
                item=found, title=said(given["title"]), languages=tuple(given["languages"]),
                file_id=kept.pk, due_on=given["due_on"], by=request.viewer, now=request.now,
            )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_release, load=queries.meeting, methods=("GET", "POST"))
def readers(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Let more or fewer people know of a meeting."""
    page = _page(
        found, _("Change who reads it"), _("Save"), _("It is read by whom you chose."),
        intro=readers_now(found),
        note=_("No more people read it than its initiative; nobody widens what they entered themselves."),
    )  # fmt: skip
    return readers_page(request, found, page)


@guard(may=access.may_release, load=queries.paper, methods=("GET", "POST"))
def paper_readers(request: ServedRequest, found: "Paper") -> HttpResponse:
    """Let more or fewer people read a paper."""
    page = _page(
        found.item.meeting, _("Change who reads it"), _("Save"), _("It is read by whom you chose."),
        intro=readers_now(found),
        note=_("No more people read it than its meeting; nobody widens what they entered themselves."),
    )  # fmt: skip
    return readers_page(request, found, page)


@guard(may=access.may_read_paper, load=queries.paper)
def paper(request: ServedRequest, found: "Paper") -> HttpResponseBase:
    """Give a paper's file, or lead to the library where the report stands."""
    if found.file is None:
        address = reverse("reports:library")
        return redirect_with(request, f"{address}?number={found.run_number}")
    return answer_file(found.file)


@guard(may=access.may_call_meeting, load=queries.meeting, methods=("GET", "POST"))
def invite(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Put a person on the list of participants."""
    rows = members.people(request.viewer, request.now)
    form = InviteForm(
        typed(request),
        people=[(row.public_id, row.label) for row in rows],
    )
    page = _page(found, _("Add a participant"), _("Save"), _("The participant is on the list."))

    def act() -> object:
        chosen = next(row for row in rows if row.public_id == form.cleaned_data["person"])
        return actions.invite(
            meeting=found, person_id=chosen.id, role=form.cleaned_data["role"],
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_answer_invitation, load=queries.meeting, methods=("POST",))
def answer(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Say whether one comes."""
    back = reverse("programme:meeting", args=[found.public_id])
    form = ComesForm(request.POST)
    if not form.is_valid():
        return redirect_with(request, back, _("Choose whether you come."))
    try:
        actions.answer_invitation(
            meeting=found, answer=form.cleaned_data["answer"], by=request.viewer, now=request.now
        )
    except Refused as error:
        return redirect_with(request, back, str(error))
    return redirect_with(request, back, _("Your answer is recorded. You may change it."))


@guard(may=access.may_call_meeting, load=queries.meeting, methods=("POST",))
def attended(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Record who was there."""
    here = set(request.POST.getlist("present"))
    page = queries.meeting_page(request.viewer, found)
    count = actions.mark_attended(
        meeting=found,
        present={one.person_id: str(one.person_id) in here for one in page.participants},
        by=request.viewer,
        now=request.now,
    )
    back = reverse("programme:meeting", args=[found.public_id])
    return redirect_with(
        request, back, _("%(n)d participants are marked as present.") % {"n": count}
    )


@guard(may=access.may_call_meeting, load=queries.meeting, methods=("GET", "POST"))
def minutes(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Write the minutes."""
    items = queries.meeting_page(request.viewer, found).items
    form = MinutesForm(
        typed(request),
        items=[(one.public_id, f"{one.number}. {named(one.title)}") for one in items],
        initial={"text": named(found.minutes)}
        | {f"item_{one.public_id}": named(one.minutes) for one in items},
    )
    page = _page(found, _("Minutes"), _("Save"), _("The minutes are saved."))
    return form_page(
        request,
        form,
        page,
        lambda: actions.write_minutes(
            meeting=found, text=form.cleaned_data["text"], by_item=form.by_item(),
            by=request.viewer, now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_record_decision, load=queries.meeting, methods=("GET", "POST"))
def decide(request: ServedRequest, found: "Meeting") -> HttpResponse:
    """Type a decision, during the meeting or after."""
    page_ = queries.meeting_page(request.viewer, found)
    items = {one.public_id: one for one in page_.items}
    form = DecisionForm(
        typed(request),
        items=[(key, f"{one.number}. {named(one.title)}") for key, one in items.items()],
        members=members.member_choices(request.viewer, request.LANGUAGE_CODE),
        older=queries.decision_choices(request.viewer),
    )
    page = _page(
        found, _("Record a decision"), _("Save"), _("The decision is recorded."),
        intro=_("It gets the meeting's next number, and is adopted with the minutes."),
        is_date_optional=True,
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        chosen, old = given["item"], given["supersedes"]
        return actions.record_decision(
            meeting=found, text=said(given["text"]),
            item=queries.item(request.viewer, chosen) if chosen else None,
            addressees=given["addressees"], to_secretariat=given["to_secretariat"],
            due=actions.read_due(said(given["words"])),
            supersedes=queries.decision(request.viewer, old) if old else None,
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return in_two_steps(request, form, page, act)
