"""The words for kinds and states of readiness, what may follow what, and who moves it."""

from collections.abc import Mapping
from enum import StrEnum


class EditionState(StrEnum):
    """Of a framework and of a table of tiers: what is in use never changes."""

    DRAFT = "draft"
    IN_USE = "in_use"
    RETIRED = "retired"


class PolicyWord(StrEnum):
    """What an organisation says of a platform for matters of one sensitivity."""

    PERMITTED = "permitted"
    APPROVAL = "approval"
    FORBIDDEN = "forbidden"


class DutyKind(StrEnum):
    """What a person does in this room beside their roles."""

    TECHNICIAN = "technician"
    SECURITY_READER = "security_reader"
    SUPPLIER = "supplier"


class ProbeLength(StrEnum):
    SHORT = "short"
    FULL = "full"


class TicketState(StrEnum):
    ISSUED = "issued"
    USED = "used"
    EXPIRED = "expired"
    REFUSED = "refused"


class RunSource(StrEnum):
    """Whether our own probe measured, or somebody told what another tool said."""

    PROBE = "probe"
    ENTERED = "entered"
    IMPORTED = "imported"


class UdpPath(StrEnum):
    """Whether UDP reaches the point."""

    OPEN = "open"
    BLOCKED = "blocked"
    NOT_MEASURABLE = "not_measurable"
    NOT_TRIED = "not_tried"


class AssessmentState(StrEnum):
    COLLECTING = "collecting"
    SCORED = "scored"
    UNDER_REVIEW = "under_review"
    CONFIRMED = "confirmed"
    SUPERSEDED = "superseded"


class FindingKind(StrEnum):
    GAP = "gap"
    CONTRADICTION = "contradiction"


class RecommendationState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    LAPSED = "lapsed"


class RunState(StrEnum):
    """Of the run of a scenario."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    INFEASIBLE = "infeasible"
    TIMED_OUT = "timed_out"
    FAILED = "failed"


class ProvisionState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    INSTALLED = "installed"
    VERIFIED = "verified"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class DelegationState(StrEnum):
    """Of one office's place in one event."""

    DRAFT = "draft"
    FORECAST = "forecast"
    REHEARSED = "rehearsed"
    LIVE = "live"
    REVIEWED = "reviewed"


class DeskNoteKind(StrEnum):
    """When something was written down at the desk."""

    REHEARSAL = "rehearsal"
    LIVE = "live"


AS_PLANNED = "planned"
"""A delegation's way into an event where no plan B is needed; the ways of plan B are calc's."""


class Trouble(StrEnum):
    """What went wrong for a delegation; none: that it goes well again."""

    NONE = "none"
    SOUND = "sound"
    PICTURE = "picture"
    LINE = "line"
    POWER = "power"
    PLATFORM = "platform"
    INTERPRETATION = "interpretation"
    PEOPLE = "people"
    OTHER = "other"


class HelpKind(StrEnum):
    TROUBLESHOOTING = "troubleshooting"
    CONSULTANCY = "consultancy"


class HelpPriority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    NOW = "now"


class HelpState(StrEnum):
    NEW = "new"
    ASSIGNED = "assigned"
    IN_WORK = "in_work"
    WAITING = "waiting"
    SOLVED = "solved"
    CLOSED = "closed"
    REOPENED = "reopened"


class ReleaseState(StrEnum):
    """Of an assessment's results, let out to others."""

    ASKED = "asked"
    GRANTED = "granted"
    RELEASED = "released"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class AggregateState(StrEnum):
    """Of shares of many organisations: for members first, for the public by a second act."""

    RELEASED = "released"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Edition(StrEnum):
    """Whose results a report shows: one agency's, one country's, all, or what was let out.

    What was let out is told in two ways: as members read it (`RELEASED`) and as the public does.
    """

    AGENCY = "agency"
    COUNTRY = "country"
    SECRETARIAT = "secretariat"
    RELEASED = "released"
    PUBLIC = "public"


LET_OUT = frozenset({Edition.RELEASED, Edition.PUBLIC})
"""Editions for readers who read nothing but what was let out to them."""


Moves = Mapping[StrEnum, frozenset[StrEnum]]


def _moves(table: Mapping[StrEnum, set[StrEnum]]) -> Moves:
    return {state: frozenset(following) for state, following in table.items()}


_E, _T, _A, _R = EditionState, TicketState, AssessmentState, RecommendationState
_U, _P, _D, _H, _L = RunState, ProvisionState, DelegationState, HelpState, ReleaseState
_G = AggregateState

ALLOWED: dict[type[StrEnum], Moves] = {
    EditionState: _moves({_E.DRAFT: {_E.IN_USE}, _E.IN_USE: {_E.RETIRED}, _E.RETIRED: set()}),
    TicketState: _moves(
        {_T.ISSUED: {_T.USED, _T.EXPIRED, _T.REFUSED},
         _T.USED: set(), _T.EXPIRED: set(), _T.REFUSED: set()}
    ),
    AssessmentState: _moves(
        {_A.COLLECTING: {_A.SCORED, _A.SUPERSEDED},
         _A.SCORED: {_A.COLLECTING, _A.SCORED, _A.UNDER_REVIEW, _A.SUPERSEDED},
         _A.UNDER_REVIEW: {_A.CONFIRMED, _A.COLLECTING, _A.SUPERSEDED},
         _A.CONFIRMED: {_A.SUPERSEDED}, _A.SUPERSEDED: set()}
    ),
    RecommendationState: _moves(
        {_R.DRAFT: {_R.PROPOSED, _R.LAPSED}, _R.PROPOSED: {_R.ACCEPTED, _R.DECLINED, _R.LAPSED},
         _R.ACCEPTED: {_R.DONE, _R.LAPSED}, _R.DECLINED: {_R.PROPOSED}, _R.DONE: set(),
         _R.LAPSED: set()}
    ),
    RunState: _moves(
        {_U.QUEUED: {_U.RUNNING, _U.FAILED},
         _U.RUNNING: {_U.DONE, _U.INFEASIBLE, _U.TIMED_OUT, _U.FAILED},
         _U.DONE: set(), _U.INFEASIBLE: set(), _U.TIMED_OUT: set(), _U.FAILED: {_U.QUEUED}}
    ),
    ProvisionState: _moves(
        {_P.PROPOSED: {_P.AGREED, _P.CANCELLED}, _P.AGREED: {_P.ORDERED, _P.CANCELLED},
         _P.ORDERED: {_P.DELIVERED, _P.CANCELLED}, _P.DELIVERED: {_P.INSTALLED, _P.ORDERED},
         _P.INSTALLED: {_P.VERIFIED, _P.DELIVERED}, _P.VERIFIED: {_P.CLOSED},
         _P.CLOSED: set(), _P.CANCELLED: set()}
    ),
    DelegationState: _moves(
        {_D.DRAFT: {_D.FORECAST}, _D.FORECAST: {_D.FORECAST, _D.REHEARSED, _D.LIVE},
         _D.REHEARSED: {_D.FORECAST, _D.LIVE}, _D.LIVE: {_D.REVIEWED}, _D.REVIEWED: set()}
    ),
    HelpState: _moves(
        {_H.NEW: {_H.ASSIGNED, _H.SOLVED}, _H.ASSIGNED: {_H.IN_WORK, _H.SOLVED},
         _H.IN_WORK: {_H.WAITING, _H.SOLVED}, _H.WAITING: {_H.IN_WORK, _H.SOLVED},
         _H.SOLVED: {_H.CLOSED, _H.REOPENED}, _H.CLOSED: {_H.REOPENED},
         _H.REOPENED: {_H.ASSIGNED, _H.IN_WORK, _H.SOLVED}}
    ),
    ReleaseState: _moves(
        {_L.ASKED: {_L.GRANTED, _L.DECLINED, _L.WITHDRAWN},
         _L.GRANTED: {_L.RELEASED, _L.WITHDRAWN}, _L.RELEASED: {_L.WITHDRAWN},
         _L.DECLINED: set(), _L.WITHDRAWN: set()}
    ),
    AggregateState: _moves(
        {_G.RELEASED: {_G.PUBLISHED, _G.WITHDRAWN}, _G.PUBLISHED: {_G.WITHDRAWN},
         _G.WITHDRAWN: set()}
    ),
}  # fmt: skip

# Who moves a thing INTO a state.
OWNER: dict[type[StrEnum], dict[StrEnum, str]] = {
    EditionState: {**dict.fromkeys(EditionState, "officer"), _E.RETIRED: "system"},
    TicketState: {**dict.fromkeys(TicketState, "system"), _T.ISSUED: "contributor; lead"},
    AssessmentState: {
        _A.COLLECTING: "lead, who disputes; system, when answers are cleared", _A.SCORED: "officer",
        _A.UNDER_REVIEW: "officer", _A.CONFIRMED: "officer, once the agency agrees or after 10 working days",
        _A.SUPERSEDED: "system",
    },
    RecommendationState: {
        _R.DRAFT: "system", _R.PROPOSED: "officer", _R.ACCEPTED: "lead", _R.DECLINED: "lead",
        _R.DONE: "lead; officer", _R.LAPSED: "system",
    },
    RunState: {**dict.fromkeys(RunState, "system"), _U.QUEUED: "officer"},
    ProvisionState: {
        _P.PROPOSED: "officer", _P.AGREED: "focal_point", _P.ORDERED: "officer",
        _P.DELIVERED: "officer; technician", _P.INSTALLED: "technician; officer",
        _P.VERIFIED: "system, by a re-test", _P.CLOSED: "officer", _P.CANCELLED: "officer",
    },
    DelegationState: {
        _D.DRAFT: "officer", _D.FORECAST: "system", _D.REHEARSED: "technician; officer",
        _D.LIVE: "technician; officer", _D.REVIEWED: "officer; technician",
    },
    HelpState: {
        _H.NEW: "contributor; lead", _H.ASSIGNED: "technician", _H.IN_WORK: "technician",
        _H.WAITING: "technician", _H.SOLVED: "technician", _H.CLOSED: "contributor; system, after 5 days",
        _H.REOPENED: "contributor; lead",
    },
    ReleaseState: {
        _L.ASKED: "officer; lead", _L.GRANTED: "focal_point", _L.RELEASED: "officer",
        _L.DECLINED: "focal_point", _L.WITHDRAWN: "focal_point; officer",
    },
    AggregateState: dict.fromkeys(AggregateState, "officer"),
}  # fmt: skip

FIXED = frozenset({AssessmentState.CONFIRMED, AssessmentState.SUPERSEDED})
"""States in which an assessment's facts and results no longer change."""


def may_follow(current: StrEnum, wanted: StrEnum) -> bool:
    """Tell whether a state may follow another."""
    return wanted in ALLOWED[type(wanted)][type(wanted)(current)]
