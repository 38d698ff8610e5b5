"""The room's kinds, states and figures in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy

from serai.base.shown import Mark
from serai.calc.schedule import Slip, Standing, Status
from serai.programme.states import (
    ActionState,
    AddresseeState,
    AttendanceAnswer,
    AttendanceRole,
    ChangeReason,
    DecisionState,
    FlagLevel,
    InitiativeState,
    ItemPurpose,
    MeetingKind,
    MeetingMode,
    MeetingState,
    MilestoneKind,
    NotePart,
    NoteState,
    PlanState,
    RequestState,
    RiskKind,
    RiskResponse,
    RiskState,
)

Words = Mapping[str, object]

# How a file of milestones heads its columns, by the names that an import knows them by as well.
FILE_HEADS: Words = {
    "initiative": lazy("Initiative"),
    "number": lazy("Number"),
    "name": lazy("Milestone"),
    "start": lazy("Begins"),
    "end": lazy("Ends"),
    "words": lazy("Date in words"),
    "owner": lazy("Owner"),
    "country": lazy("Country"),
    "after": lazy("Waits for"),
    "done": lazy("Completion"),
    "status": lazy("Status"),
    "plan": lazy("Reference of the date"),
}

REASONS: Words = {
    ChangeReason.WAITING_FOR_MEMBER: lazy("Waiting for a member"),
    ChangeReason.WAITING_FOR_PARTNER: lazy("Waiting for a partner"),
    ChangeReason.PROCUREMENT: lazy("Procurement"),
    ChangeReason.STAFFING: lazy("Staffing"),
    ChangeReason.CONNECTIVITY: lazy("Connectivity"),
    ChangeReason.SCOPE_CHANGE: lazy("Change of scope"),
    ChangeReason.HOLIDAY_OR_EVENT: lazy("Holiday or other event"),
    ChangeReason.FORCE_MAJEURE: lazy("Force majeure"),
    ChangeReason.QUALITY_REWORK: lazy("Rework for quality"),
    ChangeReason.CORRECTION_OF_ENTRY: lazy("Correction of an entry"),
    ChangeReason.OTHER: lazy("Other"),
}

WORDS: Mapping[str, Words] = {
    "milestone_kind": {
        MilestoneKind.EVENT: lazy("Event"),
        MilestoneKind.DELIVERABLE: lazy("Deliverable"),
        MilestoneKind.DECISION: lazy("Decision"),
        MilestoneKind.SERVICE: lazy("Service"),
    },
    "status": {
        Status.DONE: lazy("Done"),
        Status.OVERDUE: lazy("Overdue"),
        Status.DUE: pgettext_lazy("milestones", "Due now"),
        Status.DUE_SOON: lazy("Due soon"),
        Status.RUNNING: lazy("Running"),
        Status.PLANNED: lazy("Planned"),
        Status.NO_DATE: lazy("No date"),
    },
    "part": {
        NotePart.OBJECTIVE: lazy("Objective"),
        NotePart.APPROACH: lazy("Approach"),
        NotePart.CURRENT_STATUS: lazy("Current status"),
        NotePart.NEXT_STEPS: lazy("Next steps"),
    },
    "meeting_kind": {
        MeetingKind.MINISTERIAL: lazy("Ministerial conference"),
        MeetingKind.SENIOR_OFFICIALS: lazy("Senior Officials' Meeting"),
        MeetingKind.STEERING: lazy("Steering committee"),
        MeetingKind.CONSULTATION: lazy("Consultation"),
        MeetingKind.WORKING_GROUP: lazy("Working group"),
        MeetingKind.TECHNICAL: lazy("Technical meeting"),
    },
    "mode": {
        MeetingMode.VIRTUAL: lazy("Virtual"),
        MeetingMode.PHYSICAL: lazy("In person"),
        MeetingMode.HYBRID: lazy("In person and virtual"),
    },
    "purpose": {
        ItemPurpose.INFORMATION: lazy("For information"),
        ItemPurpose.GUIDANCE: lazy("For guidance"),
        ItemPurpose.DECISION: lazy("For decision"),
    },
    "attendance_role": {
        AttendanceRole.CHAIR: lazy("Chair"),
        AttendanceRole.HEAD_OF_DELEGATION: lazy("Head of delegation"),
        AttendanceRole.DELEGATE: lazy("Delegate"),
        AttendanceRole.SPEAKER: lazy("Speaker"),
        AttendanceRole.OBSERVER: lazy("Observer"),
        AttendanceRole.SECRETARIAT: lazy("Secretariat"),
    },
    "answer": {
        AttendanceAnswer.WAITING: lazy("No answer yet"),
        AttendanceAnswer.COMES: lazy("Comes"),
        AttendanceAnswer.DECLINES: lazy("Does not come"),
        AttendanceAnswer.TENTATIVE: lazy("Perhaps"),
    },
    "risk_kind": {
        RiskKind.RISK: lazy("Risk"),
        RiskKind.ASSUMPTION: lazy("Assumption"),
        RiskKind.ISSUE: pgettext_lazy("risks", "Issue"),
    },
    "response": {
        RiskResponse.AVOID: lazy("Avoid"),
        RiskResponse.REDUCE: lazy("Reduce"),
        RiskResponse.TRANSFER: lazy("Transfer"),
        RiskResponse.ACCEPT: lazy("Accept"),
    },
    "flag": {FlagLevel.ATTENTION: lazy("Needs attention"), FlagLevel.AT_RISK: lazy("At risk")},
    "reason": REASONS,
    "link": {
        "FS": lazy("after its end"),
        "SS": lazy("begins with it"),
        "FF": lazy("ends with it"),
        "SF": lazy("ends as it begins"),
    },
}

STATES: Mapping[str, Mapping[str, tuple[str, object]]] = {
    "initiative": {
        InitiativeState.PROPOSED: ("open", lazy("Proposed")),
        InitiativeState.ACTIVE: ("part", lazy("Active")),
        InitiativeState.PAUSED: ("attention", lazy("Paused")),
        InitiativeState.CLOSED: ("done", lazy("Closed")),
    },
    "plan": {
        PlanState.PROPOSED: ("attention", lazy("Waits for approval")),
        PlanState.APPROVED: ("done", lazy("Approved")),
        PlanState.REJECTED: ("open", lazy("Not approved")),
    },
    "note": {
        NoteState.DRAFT: ("open", lazy("Draft")),
        NoteState.CLEARED: ("done", lazy("Cleared")),
    },
    "meeting": {
        MeetingState.PLANNED: ("open", lazy("Planned")),
        MeetingState.CALLED: ("part", lazy("Called")),
        MeetingState.PAPERS_OUT: ("part", lazy("Papers out")),
        MeetingState.HELD: ("done", lazy("Held")),
        MeetingState.MINUTES_DRAFT: ("attention", lazy("Minutes for agreement")),
        MeetingState.MINUTES_AGREED: ("done", lazy("Minutes agreed")),
        MeetingState.CANCELLED: ("open", lazy("Cancelled")),
    },
    "decision": {
        DecisionState.PROPOSED: ("open", lazy("Proposed")),
        DecisionState.ADOPTED: ("done", lazy("Adopted")),
        DecisionState.SUPERSEDED: ("open", lazy("Superseded")),
    },
    "action": {
        ActionState.OPEN: ("part", lazy("Open")),
        ActionState.DONE: ("done", lazy("Done")),
        ActionState.DROPPED: ("open", lazy("Dropped")),
        ActionState.VERIFIED: ("done", lazy("Verified")),
    },
    "request": {
        RequestState.OPEN: ("part", lazy("Open")),
        RequestState.CLOSED: ("done", lazy("Closed")),
    },
    "addressee": {
        AddresseeState.OPEN: ("open", lazy("Not seen yet")),
        AddresseeState.SEEN: ("part", lazy("Seen")),
        AddresseeState.ANSWERED: ("done", lazy("Answered")),
        AddresseeState.DECLINED: ("attention", lazy("Declined")),
        AddresseeState.NOT_APPLICABLE: ("planned", lazy("Not applicable")),
    },
    "risk": {
        RiskState.OPEN: ("part", lazy("Open")),
        RiskState.CLOSED: ("done", lazy("Closed")),
        RiskState.HAPPENED: ("wrong", lazy("Has happened")),
    },
    "band": {
        "low": ("open", lazy("Low")),
        "medium": ("attention", lazy("Medium")),
        "high": ("wrong", lazy("High")),
    },
}

TONES: Mapping[Status, str] = {
    Status.DONE: "done",
    Status.OVERDUE: "wrong",
    Status.DUE: "attention",
    Status.DUE_SOON: "part",
    Status.RUNNING: "part",
    Status.PLANNED: "planned",
    Status.NO_DATE: "open",
}


def word(kind: str, value: str) -> str:
    """Say one word of a kind; the bare value where it has none."""
    return str(WORDS[kind].get(value, value)) if value else ""


def choices(kind: str) -> list[tuple[str, object]]:
    """Return a kind's words to choose from, in the language of whoever reads them at last."""
    return [(str(value), said) for value, said in WORDS[kind].items()]


def state_mark(kind: str, state: str) -> Mark:
    """Return the mark of a state."""
    tone, said = STATES[kind].get(state, ("open", state))
    return Mark(tone, str(said))


def mark(standing: Standing) -> Mark:
    """Return the mark of a status, with its days."""
    return Mark(TONES[standing.status], short_standing(standing))


def plain_mark(standing: Standing) -> Mark:
    """Return the mark of a status without its days, as a chart counts it."""
    return Mark(TONES[standing.status], word("status", standing.status))


def short_standing(standing: Standing) -> str:
    """Say a status in a few words: “Overdue by 8 days”."""
    days = standing.days
    if standing.status is Status.OVERDUE and days is not None:
        return ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", days) % {"n": days}
    if standing.status is Status.DUE_SOON and days is not None:
        return ngettext("Due in %(n)s day", "Due in %(n)s days", days) % {"n": days}
    return word("status", standing.status)


def standing_sentence(standing: Standing) -> str:
    """Say a status in a sentence; no record is not called a failure."""
    days = standing.days
    if standing.status is Status.OVERDUE and days is not None:
        return ngettext(
            "%(n)d day past the latest date; no completion recorded.",
            "%(n)d days past the latest date; no completion recorded.",
            days,
        ) % {"n": days}
    if standing.status is Status.DUE_SOON and days is not None:
        return ngettext("%(n)d day to the latest date.", "%(n)d days to the latest date.", days) % {
            "n": days
        }
    return word("status", standing.status)


def days_late(days: int) -> str:
    """Say a number of days later or earlier."""
    if days == 0:
        return _("no change")
    if days > 0:
        return ngettext("%(n)d day later", "%(n)d days later", days) % {"n": days}
    return ngettext("%(n)d day earlier", "%(n)d days earlier", -days) % {"n": -days}


def _at_most(days: int | None) -> str:
    """Say a slip of which only the upper bound is known."""
    if days is None:
        return _("not known")
    if days == 0:
        return _("not later")
    if days > 0:
        return ngettext("at most %(n)d day later", "at most %(n)d days later", days) % {"n": days}
    said = ngettext("at least %(n)d day earlier", "at least %(n)d days earlier", -days)
    return said % {"n": -days}


def slip(found: Slip | None) -> str:
    """Say a slip: “about 28 days later (19 to 28)”, or the bound that is known."""
    if found is None:
        return ""
    if found.days is None:
        return _at_most(found.high)
    if not found.is_about or found.days == 0:
        return days_late(found.days)
    said = _("about %(days)s") % {"days": days_late(found.days)}
    if found.low is None or found.high is None or found.low == found.high:
        return said
    return _("%(said)s (%(low)d to %(high)d)") % {
        "said": said, "low": found.low, "high": found.high,
    }  # fmt: skip
