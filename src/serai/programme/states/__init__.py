"""The words for kinds and states, what may follow what, and who moves it."""

from collections.abc import Mapping
from enum import StrEnum


class InitiativeState(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class NotePart(StrEnum):
    OBJECTIVE = "objective"
    APPROACH = "approach"
    CURRENT_STATUS = "current_status"
    NEXT_STEPS = "next_steps"


class NoteState(StrEnum):
    DRAFT = "draft"
    CLEARED = "cleared"


class MilestoneKind(StrEnum):
    EVENT = "event"
    DELIVERABLE = "deliverable"
    DECISION = "decision"
    SERVICE = "service"


class PlanState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class ChangeReason(StrEnum):
    WAITING_FOR_MEMBER = "waiting_for_member"
    WAITING_FOR_PARTNER = "waiting_for_partner"
    PROCUREMENT = "procurement"
    STAFFING = "staffing"
    CONNECTIVITY = "connectivity"
    SCOPE_CHANGE = "scope_change"
    HOLIDAY_OR_EVENT = "holiday_or_event"
    FORCE_MAJEURE = "force_majeure"
    QUALITY_REWORK = "quality_rework"
    CORRECTION_OF_ENTRY = "correction_of_entry"
    OTHER = "other"


class FlagLevel(StrEnum):
    ATTENTION = "attention"
    AT_RISK = "at_risk"


class MeetingKind(StrEnum):
    MINISTERIAL = "ministerial"
    SENIOR_OFFICIALS = "senior_officials"
    STEERING = "steering"
    CONSULTATION = "consultation"
    WORKING_GROUP = "working_group"
    TECHNICAL = "technical"


MEETING_PREFIX = {
    MeetingKind.MINISTERIAL: "MC",
    MeetingKind.SENIOR_OFFICIALS: "SOM",
    MeetingKind.STEERING: "SC",
    MeetingKind.CONSULTATION: "CON",
    MeetingKind.WORKING_GROUP: "WG",
    MeetingKind.TECHNICAL: "TM",
}


class MeetingMode(StrEnum):
    VIRTUAL = "virtual"
    PHYSICAL = "physical"
    HYBRID = "hybrid"


class MeetingState(StrEnum):
    PLANNED = "planned"
    CALLED = "called"
    PAPERS_OUT = "papers_out"
    HELD = "held"
    MINUTES_DRAFT = "minutes_draft"
    MINUTES_AGREED = "minutes_agreed"
    CANCELLED = "cancelled"


class ItemPurpose(StrEnum):
    INFORMATION = "information"
    GUIDANCE = "guidance"
    DECISION = "decision"


class AttendanceRole(StrEnum):
    CHAIR = "chair"
    HEAD_OF_DELEGATION = "head_of_delegation"
    DELEGATE = "delegate"
    SPEAKER = "speaker"
    OBSERVER = "observer"
    SECRETARIAT = "secretariat"


class AttendanceAnswer(StrEnum):
    WAITING = "waiting"
    COMES = "comes"
    DECLINES = "declines"
    TENTATIVE = "tentative"


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    VERIFIED = "verified"


class RequestState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class AddresseeState(StrEnum):
    OPEN = "open"
    SEEN = "seen"
    ANSWERED = "answered"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"


class RiskKind(StrEnum):
    RISK = "risk"
    ASSUMPTION = "assumption"
    ISSUE = "issue"


class RiskResponse(StrEnum):
    AVOID = "avoid"
    REDUCE = "reduce"
    TRANSFER = "transfer"
    ACCEPT = "accept"


class RiskState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    HAPPENED = "happened"


class ImportState(StrEnum):
    PREVIEWED = "previewed"
    APPLIED = "applied"
    UNDONE = "undone"


Moves = Mapping[StrEnum, frozenset[StrEnum]]


def _moves(table: Mapping[StrEnum, set[StrEnum]]) -> Moves:
    return {state: frozenset(following) for state, following in table.items()}


_I, _M, _A, _R = InitiativeState, MeetingState, ActionState, AddresseeState

ALLOWED: dict[type[StrEnum], Moves] = {
    InitiativeState: _moves(
        {_I.PROPOSED: {_I.ACTIVE, _I.CLOSED}, _I.ACTIVE: {_I.PAUSED, _I.CLOSED},
         _I.PAUSED: {_I.ACTIVE, _I.CLOSED}, _I.CLOSED: set()}
    ),
    PlanState: _moves(
        {PlanState.PROPOSED: {PlanState.APPROVED, PlanState.REJECTED},
         PlanState.APPROVED: set(), PlanState.REJECTED: set()}
    ),
    NoteState: _moves({NoteState.DRAFT: {NoteState.CLEARED}, NoteState.CLEARED: set()}),
    MeetingState: _moves(
        {_M.PLANNED: {_M.CALLED, _M.CANCELLED}, _M.CALLED: {_M.PAPERS_OUT, _M.HELD, _M.CANCELLED},
         _M.PAPERS_OUT: {_M.HELD, _M.CANCELLED}, _M.HELD: {_M.MINUTES_DRAFT},
         _M.MINUTES_DRAFT: {_M.MINUTES_AGREED}, _M.MINUTES_AGREED: set(), _M.CANCELLED: set()}
    ),
    DecisionState: _moves(
        {DecisionState.PROPOSED: {DecisionState.ADOPTED},
         DecisionState.ADOPTED: {DecisionState.SUPERSEDED}, DecisionState.SUPERSEDED: set()}
    ),
    ActionState: _moves(
        {_A.OPEN: {_A.DONE, _A.DROPPED}, _A.DONE: {_A.VERIFIED, _A.OPEN},
         _A.DROPPED: set(), _A.VERIFIED: set()}
    ),
    RequestState: _moves({RequestState.OPEN: {RequestState.CLOSED}, RequestState.CLOSED: set()}),
    AddresseeState: _moves(
        {_R.OPEN: {_R.SEEN, _R.ANSWERED, _R.DECLINED, _R.NOT_APPLICABLE},
         _R.SEEN: {_R.SEEN, _R.ANSWERED, _R.DECLINED, _R.NOT_APPLICABLE},
         _R.ANSWERED: set(), _R.DECLINED: {_R.ANSWERED}, _R.NOT_APPLICABLE: {_R.ANSWERED}}
    ),
    RiskState: _moves(
        {RiskState.OPEN: {RiskState.CLOSED, RiskState.HAPPENED},
         RiskState.HAPPENED: {RiskState.CLOSED}, RiskState.CLOSED: set()}
    ),
    ImportState: _moves(
        {ImportState.PREVIEWED: {ImportState.APPLIED}, ImportState.APPLIED: {ImportState.UNDONE},
         ImportState.UNDONE: set()}
    ),
}  # fmt: skip

# Who moves a thing INTO a state.
OWNER: dict[type[StrEnum], dict[StrEnum, str]] = {
    InitiativeState: dict.fromkeys(InitiativeState, "officer"),
    PlanState: {
        PlanState.PROPOSED: "officer",
        PlanState.APPROVED: "coordinator; of what is kept to itself, focal point or lead",
        PlanState.REJECTED: "coordinator; of what is kept to itself, focal point or lead",
    },
    NoteState: dict.fromkeys(NoteState, "officer"),
    MeetingState: dict.fromkeys(MeetingState, "officer"),
    DecisionState: dict.fromkeys(DecisionState, "officer"),
    ActionState: {
        _A.OPEN: "officer", _A.DONE: "owner", _A.DROPPED: "owner", _A.VERIFIED: "officer",
    },
    RequestState: dict.fromkeys(RequestState, "officer"),
    AddresseeState: dict.fromkeys(AddresseeState, "focal_point"),
    RiskState: dict.fromkeys(RiskState, "officer"),
    ImportState: dict.fromkeys(ImportState, "officer"),
}  # fmt: skip


def may_follow(current: StrEnum, wanted: StrEnum) -> bool:
    """Tell whether a state may follow another."""
    return wanted in ALLOWED[type(wanted)][type(wanted)(current)]
