"""Milestones: the list, one with its history, a new date, a completion, links and warnings."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from serai.base import charts
from serai.base.access import ServedRequest, anyone, guard
from serai.base.days import plain_day
from serai.base.files.answers import answer_file
from serai.base.files.keeping import keep_checked
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import render_page
from serai.base.shown import counted, leaves_out
from serai.base.tables import in_order
from serai.calc.schedule import Status, Window
from serai.members.states import Role
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme import access, actions, exports, queries
from serai.programme.actions import Evidence, MilestoneText
from serai.programme.forms import (
    AfterForm,
    CompleteForm,
    DecideForm,
    FlagForm,
    MilestoneEditForm,
    ReasonForm,
    ReplanForm,
    read_texts,
    texts_of,
)
from serai.programme.queries import MilestonePage, MilestoneRow
from serai.programme.states import words
from serai.programme.views.shared import (
    chosen,
    crumbs,
    days_of,
    form_page,
    in_two_steps,
    initiative_crumb,
    named,
    readers_now,
    readers_page,
    said,
    saved,
    shown,
    tabs,
    told,
    waiting_crumb,
)
from serai.programme.views.timeline import figures

if TYPE_CHECKING:
    from serai.programme.models import Completion, Dependency, Milestone, Plan

APPROVED_BY = {
    Role.COORDINATOR: lazy("A coordinator approves it; until then the present date holds."),
    Role.FOCAL_POINT: lazy(
        "The country's focal point approves it; until then the present date holds."
    ),
    Role.LEAD: lazy("The organisation's lead approves it; until then the present date holds."),
}


@guard(may=anyone)
def milestones(request: ServedRequest) -> HttpResponseBase:
    """List milestones with filters, the counts per status, and downloads."""
    day = shown(request)
    everything = queries.milestones(request.viewer, day.as_of)
    code, status = request.GET.get("initiative", ""), request.GET.get("status", "")
    owner = request.GET.get("country", "")
    rows = [
        row
        for row in everything
        if (not code or row.initiative == code)
        and (not status or stands(row, status))
        and (not owner or row.country == owner)
    ]
    rows, sort = in_order(rows, request.GET, exports.MILESTONE_SORTS)
    if found := download(request, exports.milestones_file(rows, everything), "milestones"):
        return found
    page = page_of(request, rows)
    return render_page(
        request,
        "programme/milestones.html",
        {
            "day": day,
            "asked": {"initiative": code, "status": status, "country": owner},
            "count": len(rows),
            "figures": figures(rows),
            "picture": status_picture(rows) if rows else None,
            "table": exports.milestones_table(list(page.object_list), as_of=day.asked),
            "page": page,
            "query": kept_query(request),
            "sort": sort,
            "initiatives": queries.initiative_choices(request.viewer, day.as_of),
            "countries": sorted(
                {(r.country, named(r.country_name)) for r in everything if r.country}
            ),
            "statuses": [
                *words.choices("status"),
                ("pressing", _("Due now or within 30 days")),
                ("slipped", _("Moved since the first plan")),
                ("at_risk", _("At risk")),
            ],
            "later": sum(row.is_entered_later for row in rows),
            "tabs": tabs(request, "milestones", day),
            "crumbs": crumbs(title=_("Milestones")),
            "sample": any(row.sample for row in rows),
            "left_out": leaves_out(rows),
        },
        part="programme/_milestones_list.html",
    )


def stands(row: MilestoneRow, status: str) -> bool:
    """Tell whether a milestone stands as the list is filtered."""
    found = {"pressing": row.is_pressing, "slipped": row.has_slipped, "at_risk": row.is_at_risk}
    return found.get(status, row.status == status)


def status_picture(rows: list[MilestoneRow]) -> charts.Chart:
    """Draw how many milestones stand in each status; sample is never mixed in."""
    real = counted(rows)
    found = [(status, sum(1 for row in real if row.status is status)) for status in Status]
    return charts.bars(
        [charts.Bar(words.word("status", status), n) for status, n in found if n],
        title=_("Milestones by status"),
        label_title=_("Status"),
        value_title=_("Milestones"),
    )


@guard(may=access.may_see_milestone, load=queries.milestone)
def milestone(request: ServedRequest, found: "Milestone") -> HttpResponse:
    """Show one milestone: where it stands, its history of dates, what it waits for."""
    day = shown(request)
    page = queries.milestone_page(request.viewer, found, day.as_of)
    if page is None:
        day = day.or_today
        page = queries.milestone_page(request.viewer, found, day.as_of)
    now_page = page if day.is_today else queries.milestone_page(request.viewer, found, day.today)
    may_replan = access.may_replan(request.viewer, found)
    home_name = page.row.initiative_name if page else found.initiative.name
    waiting = queries.waiting_of(request.viewer, found)
    mark = words.mark(page.row.standing).word if page else ""
    return render_page(
        request,
        "programme/milestone.html",
        {
            "day": day,
            "found": found,
            "stood": page.row if page else found,
            "home_name": home_name,
            "page": page,
            "is_done": bool(now_page and now_page.row.completion),
            "is_more_known": is_more_known(page, now_page),
            "sentence": _more(words.standing_sentence(page.row.standing), mark) if page else "",
            "days": _more(days_of(page.row.plan), named(page.row.words)) if page else "",
            "may_replan": may_replan,
            "may_keep": access.may_keep_initiative(request.viewer, found.initiative),
            "may_release": access.may_release(request.viewer, found),
            "audience": AUDIENCE_NAMES[found.audience],
            "waiting": waiting_crumb(waiting) if waiting else None,
            "person_id": request.viewer.person_id,
            "crumbs": crumbs(
                initiative_crumb(request, found.initiative, day.query, name=home_name),
                title=_("Milestone %(number)d") % {"number": found.number},
            ),
            "sample": found.sample,
        },
    )


def is_more_known(page: MilestonePage | None, now_page: MilestonePage | None) -> bool:
    """Tell whether dates, completions or words were entered after the day shown."""
    if page is None or now_page is None:
        return False
    return _known(page) != _known(now_page)


def _known(page: MilestonePage) -> tuple[object, ...]:
    row = page.row
    return (page.plans, page.completions, row.name, row.kind, row.owner_id, row.country)


def _more(text: str, known: str) -> str:
    """Return a text that says more than what stands above it; else nothing."""
    return "" if text.rstrip(".") == known.rstrip(".") else text


def _page(
    request: ServedRequest, found: "Milestone", title: str, verb: str, done: str, **more: object
) -> FormPage:
    back = reverse("programme:milestone", args=[found.public_id])
    return FormPage(
        title=title,
        verb=verb,
        back=back,
        done=done,
        crumbs=crumbs(
            initiative_crumb(request, found.initiative),
            (f"{found.number}. {named(found.name)}", back),
            title=title,
        ),
        sample=found.sample,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


@guard(may=access.may_keep_milestone, load=queries.milestone, methods=("GET", "POST"))
def edit(request: ServedRequest, found: "Milestone") -> HttpResponse:
    """Edit a milestone's name, kind, owner, country and place; dates have pages of their own."""
    offered = queries.milestone_to_edit(request.viewer, found, request.LANGUAGE_CODE)
    form = MilestoneEditForm(
        typed(request), owners=offered.owners, countries=offered.countries,
        initial={
            **texts_of("name", found.name), "kind": found.kind, "owner": found.owner_id,
            "country": found.country_id, "order": found.order, "seen": queries.seen_of(found),
        },
    )  # fmt: skip
    page = _page(request, found, _("Edit this milestone"), _("Save"), _("The milestone is saved."))

    def act() -> object:
        text = MilestoneText(
            read_texts(form, "name", found.name), form.cleaned_data["kind"], chosen(form, "owner"),
            chosen(form, "country"), form.cleaned_data["order"],
        )  # fmt: skip
        return actions.change_milestone(
            milestone=found, text=text, seen=form.cleaned_data["seen"], by=request.viewer,
            now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_release, load=queries.milestone, methods=("GET", "POST"))
def readers(request: ServedRequest, found: "Milestone") -> HttpResponse:
    """Let more or fewer people read a milestone."""
    page = _page(
        request, found, _("Change who reads it"), _("Save"), _("It is read by whom you chose."),
        intro=readers_now(found),
        note=_("No more people read it than its initiative; nobody widens what they entered themselves."),
    )  # fmt: skip
    return readers_page(request, found, page)


@guard(may=access.may_replan, load=queries.milestone, methods=("GET", "POST"))
def replan(request: ServedRequest, found: "Milestone") -> HttpResponse:
    """Propose a new date with a reason; a first date holds at once."""
    row = queries.milestone_page(request.viewer, found, shown(request).today)
    is_first = row is None or row.row.plan is None
    form = ReplanForm(typed(request), is_first=is_first)
    page = _page(
        request,
        found,
        _("Plan a date") if is_first else _("Propose a new date"),
        _("Save"),
        _("The date is set.") if is_first else _("The new date is proposed."),
        intro=""
        if is_first or row is None
        else _("The present date is %(words)s.") % {"words": named(row.row.words)},
        note=_("A first date holds at once.")
        if is_first
        else APPROVED_BY[access.approving_role(found)],
    )

    def act() -> object:
        return actions.propose_plan(
            milestone=found,
            words=said(form.cleaned_data["words"]),
            reason=form.cleaned_data.get("reason", ""),
            reason_text=form.cleaned_data.get("reason_text", ""),
            by=request.viewer,
            now=request.now,
            told=told(form),
        )

    return in_two_steps(request, form, page, act)


@guard(may=access.may_complete, load=queries.milestone, methods=("GET", "POST"))
def complete(request: ServedRequest, found: "Milestone") -> HttpResponse:
    """Record that a milestone is reached, on a day or by a day, with what shows it."""
    form = CompleteForm(typed(request), request.FILES or None)
    day = shown(request)
    late = _(
        "Without a “Known from” it counts as known from today, and does not appear on %(day)s."
    )
    page = _page(
        request, found, _("Record completion"), _("Save"), _("The completion is recorded."), has_file=True,
        # A browser forgets a chosen file when a page comes back: it is asked for in the last step.
        later=("link", "evidence"),
        note="" if day.is_today else late % {"day": plain_day(day.as_of)},
    )  # fmt: skip

    def act() -> object:
        evidence = Evidence(link=form.cleaned_data["link"])
        with transaction.atomic():
            if file := form.cleaned_data["evidence"]:
                kept = keep_checked(
                    checked=file.checked, thing=f"programme.milestone:{found.pk}",
                    by=request.viewer.person_id, now=request.now, sample=found.sample,
                )  # fmt: skip
                evidence = Evidence(kept.pk, form.cleaned_data["link"])
            return actions.record_completion(
                milestone=found, words=said(form.cleaned_data["words"]), evidence=evidence,
                by=request.viewer, now=request.now, told=told(form),
            )  # fmt: skip

    def check(window: Window) -> None:
        actions.check_completed(window, told=told(form), now=request.now)

    return in_two_steps(request, form, page, act, check)


@guard(may=access.may_withdraw, load=queries.completion, methods=("GET", "POST"))
def withdraw(request: ServedRequest, found: "Completion") -> HttpResponse:
    """Take a completion back, with a reason; both stay on record."""
    form = ReasonForm(typed(request))
    page = _page(
        request, found.milestone, _("Withdraw the completion"), _("Withdraw it"),
        _("The completion is withdrawn."), is_danger=True,
        intro=_("The record of %(words)s stays, and says that it was withdrawn.")
        % {"words": named(found.words)},
    )  # fmt: skip
    return form_page(
        request,
        form,
        page,
        lambda: actions.withdraw_completion(
            completion=found, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
        ),
    )


@guard(may=access.may_read_evidence, load=queries.completion)
def evidence(request: ServedRequest, found: "Completion") -> HttpResponseBase:
    """Give the file that shows a completion."""
    del request
    return answer_file(found.evidence)  # type: ignore[arg-type]


@guard(may=access.may_approve_plan, load=queries.plan, methods=("GET", "POST"))
def decide(request: ServedRequest, found: "Plan") -> HttpResponse:
    """Approve or turn down a proposed date."""
    form = DecideForm(typed(request))
    known = queries.milestone_page(request.viewer, found.milestone, shown(request).today)
    page = _page(
        request, found.milestone, _("Decide on a new date"), _("Save"), _("Your decision is recorded."),
        intro=_("Planned now: %(now)s. Proposed: %(words)s. %(reason)s %(text)s")
        % {
            "now": (named(known.row.words) if known else "") or _("no date"),
            "words": named(found.words),
            "reason": words.word("reason", found.change_reason),
            "text": found.reason_text,
        },
    )  # fmt: skip

    def act() -> object:
        if form.cleaned_data["verdict"] == "approve":
            return actions.approve_plan(plan=found, by=request.viewer, now=request.now)
        return actions.reject_plan(
            plan=found, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
        )

    return form_page(request, form, page, act)


@guard(may=access.may_keep_milestone, load=queries.milestone, methods=("GET", "POST"))
def warn(request: ServedRequest, found: "Milestone") -> HttpResponse:
    """Warn about a milestone, with a reason, for at most 60 days."""
    form = FlagForm(typed(request))
    page = _page(
        request, found, _("Warn about this milestone"), _("Save"), _("The warning stands.")
    )
    return form_page(
        request, form, page,
        lambda: actions.raise_flag(
            milestone=found, level=form.cleaned_data["level"], reason=form.cleaned_data["reason"],
            expires_on=form.cleaned_data["expires_on"], by=request.viewer, now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_keep_milestone, load=queries.milestone, methods=("GET", "POST"))
def after(request: ServedRequest, found: "Milestone") -> HttpResponse:
    """Let a milestone come after another."""
    rows = queries.milestones(request.viewer, shown(request).today)
    others = [
        (row.public_id, f"{named(row.initiative_name)}, {row.number}. {named(row.name)}")
        for row in rows
        if row.id != found.pk
    ]
    form = AfterForm(typed(request), others=others)
    page = _page(request, found, _("Add a dependency"), _("Save"), _("The dependency is recorded."))
    return form_page(
        request, form, page,
        lambda: actions.add_dependency(
            milestone=found, after=queries.milestone(request.viewer, form.cleaned_data["after"]),
            kind=form.cleaned_data["kind"], lag_days=form.cleaned_data["lag_days"],
            by=request.viewer, now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_end_dependency, load=queries.dependency, methods=("POST",))
def end_after(request: ServedRequest, found: "Dependency") -> HttpResponse:
    """Let a dependency end today."""
    actions.end_dependency(dependency=found, by=request.viewer, now=request.now)
    back = reverse("programme:milestone", args=[found.milestone.public_id])
    return saved(request, back, _("The dependency has ended."))
