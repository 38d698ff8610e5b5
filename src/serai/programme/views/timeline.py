"""The programme at a glance: overview, timeline, what changed between two days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base import charts
from serai.base.access import ServedRequest, anyone, guard
from serai.base.pages import render_page
from serai.base.shown import Figure, Linked, Tab, counted, leaves_out
from serai.base.tables import Column, Table
from serai.calc.schedule import Status
from serai.programme import access, queries
from serai.programme.queries import InitiativeRow, MilestoneRow
from serai.programme.states import words
from serai.programme.views.shared import crumbs, named, shown, tabs

PAGE_ROWS = 50
WEEK = timedelta(days=7)


@guard(may=anyone)
def overview(request: ServedRequest) -> HttpResponse:
    """Show each initiative with what is late, what comes next and what is asked."""
    day = shown(request)
    rows = queries.initiatives(request.viewer, day.as_of)
    known = [one for row in rows for one in row.milestones]
    return render_page(
        request,
        "programme/overview.html",
        {
            "day": day,
            "initiatives": rows,
            "figures": figures(known),
            "tabs": tabs(request, "overview", day),
            "crumbs": crumbs()[:0],
            "may_keep": access.may_exchange(request.viewer),
            "may_set_up": access.may_set_up(request.viewer),
            "proposals": queries.proposals(request.viewer)
            if access.may_see_proposals(request.viewer)
            else [],
            "sample": any(row.sample for row in rows),
            "left_out": leaves_out(known),
        },
    )


def figures(rows: Sequence[MilestoneRow]) -> list[Figure]:
    """Return the counts that matter: done, overdue, due, coming; sample is never mixed in."""
    rows = counted(rows)
    count = {status: sum(1 for row in rows if row.status is status) for status in Status}
    due = count[Status.DUE] + count[Status.DUE_SOON]
    return [
        Figure(
            _("%(n)d of %(all)d") % {"n": count[Status.DONE], "all": len(rows)},
            _("milestones done"),
        ),
        Figure(str(count[Status.OVERDUE]), _("overdue")),
        Figure(str(due), _("due now or within 30 days")),
        Figure(str(count[Status.RUNNING] + count[Status.PLANNED]), _("running or planned later")),
    ]


@dataclass(frozen=True)
class Drawn:
    """One initiative's timeline."""

    row: InitiativeRow
    chart: charts.Chart | None
    finding: str


@guard(may=anyone)
def timeline(request: ServedRequest) -> HttpResponse:
    """Draw each initiative's milestones by time, with the same in a table."""
    day = shown(request)
    known = queries.initiatives(request.viewer, day.as_of)
    code = request.GET.get("initiative", "")
    chosen = [row for row in known if row.code == code]
    pairs = [(row, one) for row in chosen or known for one in row.milestones]
    milestones = [one for _row, one in pairs]
    page = Paginator(pairs, PAGE_ROWS).get_page(request.GET.get("page"))
    on_page = {id(one) for _row, one in page.object_list}
    return render_page(
        request,
        "programme/timeline.html",
        {
            "day": day,
            "drawings": [
                _drawing(row, [one for one in row.milestones if id(one) in on_page], day.as_of)
                for row in chosen or known
                if not row.milestones or any(id(one) in on_page for one in row.milestones)
            ],
            "finding": finding(milestones),
            "page": page,
            "query": "&".join(
                part
                for part in (day.query.removeprefix("?"), f"initiative={code}" if chosen else "")
                if part
            ),
            "choices": _choices(known, code if chosen else "", day.query),
            "tabs": tabs(request, "timeline", day),
            "crumbs": crumbs(title=_("Timeline")),
            "sample": any(row.sample for row in chosen or known),
            "left_out": leaves_out(milestones),
        },
    )


def _drawing(row: InitiativeRow, rows: Sequence[MilestoneRow], as_of: date) -> Drawn:
    if not rows:
        return Drawn(row, None, "")
    return Drawn(row, drawn(rows, as_of), finding(row.milestones))


def _choices(rows: Sequence[InitiativeRow], code: str, query: str) -> list[Tab]:
    address, joint = reverse("programme:timeline"), "&" if query else "?"
    found = [Tab(_("All"), address + query, is_current=not code)]
    for row in rows:
        link = f"{address}{query}{joint}initiative={row.code}"
        found.append(Tab(named(row.name), link, row.code == code, len(row.milestones)))
    return found


def finding(rows: Sequence[MilestoneRow]) -> str:
    """Say in a sentence what the timeline shows."""
    rows = counted(rows)
    late = sum(1 for row in rows if row.status is Status.OVERDUE)
    done = sum(1 for row in rows if row.status is Status.DONE)
    if not rows:
        return ""
    all_ = len(rows)
    if not late:
        return _("%(done)d of %(all)d milestones are done; none is overdue") % {
            "done": done, "all": all_,
        }  # fmt: skip
    return ngettext(
        "%(done)d of %(all)d milestones are done; %(late)d is past its latest date",
        "%(done)d of %(all)d milestones are done; %(late)d are past their latest dates",
        late,
    ) % {"done": done, "all": all_, "late": late}


def drawn(rows: Sequence[MilestoneRow], as_of: date) -> charts.Chart:
    """Return the timeline of milestones: windows, baselines and the day's line."""
    return charts.timeline(
        [_bar(row) for row in rows],
        title=_("Timeline of milestones"),
        as_of=as_of,
    )


def _bar(row: MilestoneRow) -> charts.TimelineRow:
    end = charts.end_of(row.completion or row.plan)
    first = charts.end_of(row.baseline)
    return charts.TimelineRow(
        label=f"{row.number}. {named(row.name)}",
        words=named(row.words),
        reached=named(row.completion_words),
        end=end,
        start=charts.start_of(row.plan if row.completion is None else None),
        baseline=first if first != end else None,
        mark=words.plain_mark(row.standing),
        is_ongoing=row.completion is None and bool(row.plan and row.plan.is_ongoing),
    )


@guard(may=anyone)
def changes(request: ServedRequest) -> HttpResponse:
    """Say what changed between two days: done, moved, decided, asked."""
    day = shown(request)
    since, since_written = _day(request, "since", day.as_of - 4 * WEEK)
    until, until_written = _day(request, "until", day.as_of)
    problem = ""
    if since is None or until is None:
        problem = _("Write each day as 2021-06-30.")
    elif since >= until:
        problem = _("The first day, %(since)s, is not before the second, %(until)s.") % {
            "since": since_written, "until": until_written,
        }  # fmt: skip
    found = None
    if not problem and since is not None and until is not None:
        found = queries.changes_between(request.viewer, since, until)
    return render_page(
        request,
        "programme/changes.html",
        {
            "day": day,
            "since": since_written,
            "until": until_written,
            "problem": problem,
            "found": found,
            "tables": change_tables(found) if found else [],
            "sample": found is not None and has_sample(found),
            "tabs": tabs(request, "changes", day),
            "crumbs": crumbs(title=_("What changed")),
        },
        status=422 if problem else 200,
    )


def _day(request: ServedRequest, name: str, otherwise: date) -> tuple[date | None, str]:
    written = request.GET.get(name, "").strip()
    if not written:
        return otherwise, otherwise.isoformat()
    try:
        return date.fromisoformat(written), written
    except ValueError:
        return None, written


def groups(found: queries.Changed) -> list[tuple[str, list[tuple[MilestoneRow, str]]]]:
    """Return what changed by kind: each milestone with the change in words."""
    after, before, change = found.after, found.before, found.found

    def moved(key: int) -> str:
        old, new = before[key], after[key]
        shift = next(
            (m.slip for m in (*change.slipped, *change.advanced, *change.reworded) if m.key == key),
            None,
        )
        parts = [f"{named(old.words) or _('no date')} → {named(new.words) or _('no date')}"]
        return ", ".join([*parts, words.slip(shift)] if shift else parts)

    def turned(key: int) -> str:
        old, new = before[key], after[key]
        return f"{words.short_standing(old.standing)} → {words.short_standing(new.standing)}"

    rows = [
        (_("Done"), [(after[k], named(after[k].completion_words)) for k in change.done]),
        (_("Planned later"), [(after[m.key], moved(m.key)) for m in change.slipped]),
        (_("Planned earlier"), [(after[m.key], moved(m.key)) for m in change.advanced]),
        (_("Other dates or words"), [(after[m.key], moved(m.key)) for m in change.reworded]),
        (_("Completion withdrawn"), [(after[k], "") for k in change.reopened]),
        (_("New milestones"), [(after[k], named(after[k].words)) for k in change.added]),
        (
            _("New status"),
            [(after[t.key], turned(t.key)) for t in change.turned if t.key not in change.done],
        ),
    ]
    return [(title, list(found_)) for title, found_ in rows if found_]


def change_tables(found: queries.Changed) -> list[Table]:
    """Return what changed by kind, each as a table of milestones."""
    columns = (
        Column("name", _("Milestone")),
        Column("initiative", _("Initiative")),
        Column("change", _("Date or change")),
    )
    return [
        Table(
            title,
            columns,
            [
                (
                    Linked(
                        f"{row.number}. {named(row.name)}",
                        reverse("programme:milestone", args=[row.public_id]),
                        is_sample=row.sample,
                    ),
                    named(row.initiative_name),
                    change or "–",
                )
                for row, change in rows
            ],
        )
        for title, rows in groups(found)
    ]


def has_sample(found: queries.Changed) -> bool:
    """Tell whether anything on the page of changes is sample data."""
    return (
        any(row.sample for _title, rows in groups(found) for row, _change in rows)
        or any(row.sample for row in found.decided)
        or any(row.sample for row in found.asked)
    )
