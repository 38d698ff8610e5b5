"""The programme's lists as tables: on pages, as CSV and XLSX."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.plans import PlanBaseline, PlanFile, PlanLink, PlanTask
from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.programme.queries import (
    ActionRow,
    DecisionRow,
    MilestoneRow,
    RequestRow,
    RiskRow,
)
from serai.programme.states import words


def said(text: TranslatedText) -> str:
    """Write a text plainly in the page's language."""
    return text.pick(get_language() or "en")[0]


def places(rows: Sequence[object]) -> str:
    """Name members in a row."""
    return ", ".join(said(place.name) for place in rows)  # type: ignore[attr-defined]


def as_of_query(as_of: date | None) -> str:
    """Return what links keep of the day."""
    return f"?as_of={as_of.isoformat()}" if as_of else ""


def milestones_table(rows: Sequence[MilestoneRow], *, as_of: date | None = None) -> Table:
    """Return the milestones as a page lists them."""
    several = len({row.initiative for row in rows}) > 1
    columns = [
        Column("number", _("No."), "number"),
        Column("name", _("Milestone")),
        Column("words", _("Date")),
        Column("status", _("Status"), "state"),
        Column("slip", _("Against the baseline")),
    ]
    if several:
        columns.insert(1, Column("initiative", _("Initiative")))
    shown = []
    for row in rows:
        address = reverse("programme:milestone", args=[row.public_id]) + as_of_query(as_of)
        note = _("at risk") if row.is_at_risk else ""
        cells: list[object] = [
            row.number,
            Linked(said(row.name), address, is_sample=row.sample, note=note),
            said(row.words) or _("no date"),
            words.mark(row.standing),
            words.slip(row.slip),
        ]
        if several:
            cells.insert(1, said(row.initiative_name))
        shown.append(cells)
    return Table(title=_("Milestones"), columns=columns, rows=shown)


def milestones_file(rows: Sequence[MilestoneRow], known: Sequence[MilestoneRow]) -> Table:
    """Return the milestones as a file that can be brought back: one row each, dates in ISO.

    Args:
        rows: what is listed.
        known: all that the reader sees, to name what a milestone waits for.
    """
    by_key = {row.id: row for row in known}
    kinds = {"number": "whole", "start": "day", "end": "day", "status": "state"}
    columns = [
        Column(key, str(head), kinds.get(key, "text")) for key, head in words.FILE_HEADS.items()
    ]
    shown = [
        [
            row.initiative,
            row.number,
            said(row.name),
            row.plan.start_earliest if row.plan else None,
            row.plan.end_latest if row.plan else None,
            said(row.words),
            said(row.owner),
            row.country,
            ", ".join(_number(by_key[key], row) for key in row.after if key in by_key),
            said(row.completion_words),
            words.mark(row.standing),
            row.plan_id,
        ]
        for row in rows
    ]
    return Table(_("Milestones"), columns, shown, sample=any(row.sample for row in rows))


def _number(row: MilestoneRow, home: MilestoneRow) -> str:
    """Return a milestone's number; another initiative's with its code."""
    if row.initiative == home.initiative:
        return str(row.number)
    return f"{row.initiative}/{row.number}"


def plan_file(rows: Sequence[MilestoneRow], *, title: str, status_on: date) -> PlanFile:
    """Return milestones as Microsoft Project takes them: links, baselines, our number and words."""
    known = {row.id for row in rows}
    return PlanFile(
        title=title,
        status_on=status_on,
        tasks=tuple(
            PlanTask(
                uid=row.id,
                number=str(row.number),
                name=said(row.name),
                plan=row.plan.said(said(row.words)) if row.plan else None,
                completion=row.completion,
                baselines=tuple(PlanBaseline(n, window) for n, window in row.baselines),
                links=tuple(
                    PlanLink(link.after, link.kind, link.lag_days)
                    for link in row.links
                    if link.after in known
                ),
                group=said(row.initiative_name),
                owner=said(row.owner),
                country=row.country,
            )
            for row in rows
        ),
    )


def decisions_table(rows: Sequence[DecisionRow]) -> Table:
    """Return the decision tracking table."""
    columns = (
        Column("number", _("Number")),
        Column("text", _("Decision")),
        Column("to", _("Addressed to")),
        Column("due", _("Due"), "day"),
        Column("state", _("State"), "state"),
        Column("actions", _("Open actions")),
    )
    shown = [
        (
            Linked(
                row.number, reverse("programme:meeting", args=[row.meeting_id]),
                is_sample=row.sample, note=_replaced(row),
            ),
            said(row.text),
            _to(row),
            said(row.due_words) or row.due_on or _("no day set"),
            words.state_mark("decision", row.state),
            _("%(open)d of %(all)d") % {"open": row.open_action_count, "all": row.action_count},
        )
        for row in rows
    ]  # fmt: skip
    return Table(_("Decisions"), columns, shown)


def _replaced(row: DecisionRow) -> str:
    """Say which decision a decision replaces, and which replaced it."""
    said_ = []
    if row.supersedes:
        said_.append(_("replaces %(number)s") % {"number": row.supersedes})
    if row.superseded_by:
        said_.append(_("replaced by %(number)s") % {"number": row.superseded_by})
    return ", ".join(said_)


def _to(row: DecisionRow) -> str:
    names = [said(place.name) for place in row.addressees]
    if row.to_secretariat:
        names.append(_("the secretariat"))
    return ", ".join(names)


def actions_table(rows: Sequence[ActionRow]) -> Table:
    """Return the action items."""
    columns = (
        Column("text", _("Action")),
        Column("who", _("Who")),
        Column("due", _("Due"), "day"),
        Column("state", _("State"), "state"),
        Column("decision", _("Decision")),
    )
    shown = [
        (
            Linked(
                said(row.text), reverse("programme:action", args=[row.public_id]),
                is_sample=row.sample,
            ),
            _who(row),
            said(row.due_words) or row.due_on or _("no day set"),
            _action_mark(row),
            row.decision or _("none"),
        )
        for row in rows
    ]  # fmt: skip
    return Table(_("Action items"), columns, shown)


def _who(row: ActionRow) -> str:
    return ", ".join(name for name in (row.person, said(row.owner), places(row.countries)) if name)


def _action_mark(row: ActionRow) -> Mark:
    """Return how an action item stands; one past its day is overdue whatever was said of it."""
    if row.is_overdue:
        return Mark("wrong", _("Overdue"))
    return words.state_mark("action", row.state)


def requests_table(rows: Sequence[RequestRow]) -> Table:
    """Return the requests with how many have answered."""
    columns = (
        Column("text", _("Request")),
        Column("initiative", _("Initiative")),
        Column("due", _("Due"), "day"),
        Column("answered", _("Answered")),
        Column("state", _("State"), "state"),
    )
    shown = [
        (
            Linked(
                said(row.text), reverse("programme:request", args=[row.public_id]),
                is_sample=row.sample,
            ),
            said(row.initiative_name) or _("The whole programme"),
            said(row.due_words) or row.due_on or _("no day set"),
            _("%(n)d of %(all)d") % {"n": row.answered_count, "all": row.asked_count},
            words.state_mark("request", row.state),
        )
        for row in rows
    ]  # fmt: skip
    return Table(_("Requests"), columns, shown)


def risks_table(rows: Sequence[RiskRow], *, title: str = "") -> Table:
    """Return the risks, highest score first."""
    columns = (
        Column("text", _("Description")),
        Column("initiative", _("Initiative")),
        Column("kind", _("Kind")),
        Column("score", _("Score"), "number"),
        Column("band", _("Attention"), "state"),
        Column("response", _("Response")),
        Column("review", _("Review"), "day"),
        Column("state", _("State"), "state"),
    )
    shown = []
    for row in rows:
        review: object = row.review_on or _("no day set")
        if row.is_review_overdue:
            review = Mark("wrong", _("Review overdue"))
        shown.append(
            (
                Linked(
                    said(row.text), reverse("programme:risk", args=[row.public_id]),
                    is_sample=row.sample,
                ),
                said(row.initiative_name),
                words.word("risk_kind", row.kind),
                row.score,
                words.state_mark("band", row.band),
                words.word("response", row.response),
                review,
                words.state_mark("risk", row.state),
            )
        )  # fmt: skip
    return Table(title or _("Risks"), columns, shown)


def _by_parts(number: str) -> tuple[str, list[int]]:
    """Sort “NFP-2/10” after “NFP-2/9”: by its letters, then by its numbers."""
    return re.sub(r"\d+", "", number).casefold(), [int(part) for part in re.findall(r"\d+", number)]


def _latest_day(row: MilestoneRow) -> date | None:
    window = row.completion or row.plan
    return window.end_latest if window else None


def _slip_days(row: MilestoneRow) -> int | None:
    return None if row.slip is None else row.slip.high if row.slip.days is None else row.slip.days


# By which of a row's facts each head of a list sorts.
MILESTONE_SORTS: Mapping[str, Callable[[MilestoneRow], object]] = {
    "number": lambda row: row.number,
    "initiative": lambda row: said(row.initiative_name),
    "name": lambda row: said(row.name),
    "words": _latest_day,
    "status": lambda row: list(Status).index(row.status),
    "slip": _slip_days,
}
DECISION_SORTS: Mapping[str, Callable[[DecisionRow], object]] = {
    "number": lambda row: _by_parts(row.number),
    "text": lambda row: said(row.text),
    "to": _to,
    "due": lambda row: row.due_on,
    "state": lambda row: words.state_mark("decision", row.state).word,
    "actions": lambda row: row.open_action_count,
}
ACTION_SORTS: Mapping[str, Callable[[ActionRow], object]] = {
    "text": lambda row: said(row.text),
    "who": _who,
    "due": lambda row: row.due_on,
    "state": lambda row: _action_mark(row).word,
    "decision": lambda row: _by_parts(row.decision) if row.decision else None,
}
REQUEST_SORTS: Mapping[str, Callable[[RequestRow], object]] = {
    "text": lambda row: said(row.text),
    "initiative": lambda row: said(row.initiative_name),
    "due": lambda row: row.due_on,
    "answered": lambda row: row.answered_count,
    "state": lambda row: words.state_mark("request", row.state).word,
}
RISK_SORTS: Mapping[str, Callable[[RiskRow], object]] = {
    "text": lambda row: said(row.text),
    "initiative": lambda row: said(row.initiative_name),
    "kind": lambda row: words.word("risk_kind", row.kind),
    "score": lambda row: row.score,
    "band": lambda row: row.score,
    "response": lambda row: words.word("response", row.response),
    "review": lambda row: row.review_on,
    "state": lambda row: words.state_mark("risk", row.state).word,
}
