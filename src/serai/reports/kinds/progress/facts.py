"""The facts a progress report is made from, as plain JSON for snapshots and comparisons."""

from collections.abc import Mapping

from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.programme.queries import (
    DecisionRow,
    InitiativeReport,
    MeetingRow,
    MilestoneRow,
    ProgrammeReport,
    RequestRow,
)
from serai.programme.states import DecisionState, NotePart
from serai.reports.kinds.kind import Facts

PARTS = (NotePart.OBJECTIVE, NotePart.APPROACH, NotePart.CURRENT_STATUS, NotePart.NEXT_STEPS)
STATUSES = (
    Status.DONE,
    Status.OVERDUE,
    Status.DUE,
    Status.RUNNING,
    Status.DUE_SOON,
    Status.PLANNED,
    Status.NO_DATE,
)


def has_annex(chapter: InitiativeReport) -> bool:
    """Tell whether there is anything to annex."""
    return bool(chapter.milestones) or chapter.outline is not None


def with_status(chapter: InitiativeReport, *statuses: Status) -> tuple[MilestoneRow, ...]:
    """Return the milestones at these statuses in their own order."""
    return tuple(m for m in chapter.milestones if m.status in statuses)


def has_sample(report: ProgrammeReport, meeting: MeetingRow | None = None) -> bool:
    """Tell whether any fact the report shows, its meeting included, is demonstration data."""
    return (meeting is not None and meeting.sample) or any(
        chapter.row.sample
        or any(milestone.sample for milestone in chapter.milestones)
        or any(request.sample for request in chapter.requests)
        for chapter in report.initiatives
    )


def _adopted(report: ProgrammeReport) -> tuple[DecisionRow, ...]:
    """Return what was decided by the day; sample only where the report is marked as sample."""
    takes_sample = has_sample(report)
    return tuple(
        row
        for row in report.decisions
        if row.state != DecisionState.PROPOSED and (takes_sample or not row.sample)
    )


def as_json(report: ProgrammeReport, narratives: Mapping[str, TranslatedText]) -> Facts:
    """Return the facts with stable keys."""
    return {
        "as_of": report.as_of.isoformat(),
        "milestones": {
            f"{m.initiative}/{m.number}": _milestone(m)
            for chapter in report.initiatives
            for m in chapter.milestones
        },
        "requests": {
            r.public_id: _request(r) for chapter in report.initiatives for r in chapter.requests
        },
        "decisions": {row.number: {"text": row.text.to_json()} for row in _adopted(report)},
        "initiatives": {
            c.code: {"name": c.name.to_json(), "state": c.row.state} for c in report.initiatives
        },
        "narratives": {block: text.to_json() for block, text in sorted(narratives.items())},
    }


def _milestone(row: MilestoneRow) -> dict[str, object]:
    return {
        "name": row.name.to_json(),
        "words": row.words.to_json(),
        "end_latest": row.plan.end_latest.isoformat() if row.plan else None,
        "status": row.status.value,
        "days": row.standing.days,
        "completed": row.completion_words.to_json(),
    }


def _request(row: RequestRow) -> dict[str, object]:
    return {
        "text": row.text.to_json(),
        "initiative": row.initiative,
        "asked": row.asked_count,
        "waiting": row.waiting_count,
    }
