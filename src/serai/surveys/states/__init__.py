"""The words for kinds and states of surveys, what may follow what, and who moves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class SurveyKind(StrEnum):
    """What a survey is for; sets defaults only."""

    QUESTIONNAIRE = "questionnaire"
    APPLICATION = "application"
    JUDGING = "judging"
    FEEDBACK = "feedback"
    INTERVIEW = "interview"


class SurveyState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class VersionState(StrEnum):
    CHECKED = "checked"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    REFUSED = "refused"


class PhraseState(StrEnum):
    """Where a translated text of a form comes from."""

    MISSING = "missing"
    MEMORY = "memory"
    DRAFT = "draft"
    CHECKED = "checked"


class WaveState(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"
    OPEN = "open"
    CLOSED = "closed"


class InvitationState(StrEnum):
    DRAFTED = "drafted"
    SENT = "sent"
    OPENED = "opened"
    DONE = "done"
    BOUNCED = "bounced"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class ResponseState(StrEnum):
    FILLING = "filling"
    HANDED_IN = "handed_in"
    SIGNED = "signed"
    CLEARED = "cleared"
    ACCEPTED = "accepted"
    CORRECTING = "correcting"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a question has no answer."""

    NOT_KNOWN = "not_known"
    NOT_HELD = "not_held"
    NOT_PERMITTED = "not_permitted"
    LATER = "later"


class SurveyEvent(StrEnum):
    """What another room may want to hear of a response."""

    SIGNED = "signed"
    CLEARED = "cleared"
    CHANGED = "changed"


class ReleaseStep(StrEnum):
    """Where a country's word on a release stands."""

    ASKED = "asked"
    CONSENTED = "consented"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"


class ReleaseOf(StrEnum):
    """What a country is asked to let out of its answers: counted in figures, or one by one."""

    FIGURES = "figures"
    ANSWERS = "answers"


class ReadingWay(StrEnum):
    """By which way somebody from outside read answers."""

    PAGE = "page"
    RESULTS = "results"
    COPY = "copy"
    FILE = "file"
    PROOFS = "proofs"
    EXPORT = "export"
    API = "api"


class ReaderRole(StrEnum):
    """In which role somebody from outside reads answers."""

    FOCAL_POINT = "focal_point"
    DEPUTY = "deputy"
    NAMED = "named"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    EXPERT = "expert"


class Source(StrEnum):
    """By which way an answer came."""

    WEB = "web"
    COLLECT = "collect"
    XLSX = "xlsx"
    SECRETARIAT = "secretariat"
    CALCULATION = "calculation"
    MIGRATION = "migration"
    TEST = "test"


class EntryVerb(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    RESTORE = "restore"
    MOVE = "move"


class DelegationScope(StrEnum):
    """What a delegate may do with the given part."""

    VIEW = "view"
    SUGGEST = "suggest"
    EDIT = "edit"


class DelegationState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CLOSED = "closed"
    DECLINED = "declined"
    REVOKED = "revoked"
    EXPIRED = "expired"


class SuggestionState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    TAKEN_EDITED = "taken_edited"
    DECLINED = "declined"


class SuggestionOrigin(StrEnum):
    DELEGATE = "delegate"
    COLLECT = "collect"
    XLSX = "xlsx"


class Stance(StrEnum):
    """What a country says of a signed response."""

    CLEARED = "cleared"
    RETURNED = "returned"


class RequestReason(StrEnum):
    """Why the secretariat asks back."""

    MISSING = "missing"
    NO_INFORMATION = "no_information"
    INCONSISTENT = "inconsistent"
    UNCLEAR = "unclear"
    EVIDENCE = "evidence"
    MIGRATION = "migration"


class AnswerRequestState(StrEnum):
    DRAFTED = "drafted"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class SubmissionState(StrEnum):
    RECEIVED = "received"
    APPLIED = "applied"
    FLAGGED = "flagged"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Defaults:
    """What a kind of survey begins with; each survey may be set otherwise."""

    has_signature: bool
    has_clearance: bool
    is_anonymous: bool = False


DEFAULTS: Mapping[SurveyKind, Defaults] = {
    SurveyKind.QUESTIONNAIRE: Defaults(has_signature=True, has_clearance=True),
    SurveyKind.APPLICATION: Defaults(has_signature=False, has_clearance=False),
    SurveyKind.JUDGING: Defaults(has_signature=False, has_clearance=False),
    SurveyKind.FEEDBACK: Defaults(has_signature=False, has_clearance=False, is_anonymous=True),
    SurveyKind.INTERVIEW: Defaults(has_signature=False, has_clearance=False),
}

Moves = Mapping[StrEnum, frozenset[StrEnum]]


def _moves(table: Mapping[StrEnum, set[StrEnum]]) -> Moves:
    return {state: frozenset(following) for state, following in table.items()}


_S, _V, _W, _I, _R = SurveyState, VersionState, WaveState, InvitationState, ResponseState
_D, _G, _A, _C = DelegationState, SuggestionState, AnswerRequestState, SubmissionState
_L = ReleaseStep

ALLOWED: dict[type[StrEnum], Moves] = {
    SurveyState: _moves(
        {_S.DRAFT: {_S.OPEN, _S.ARCHIVED}, _S.OPEN: {_S.CLOSED}, _S.CLOSED: {_S.OPEN, _S.ARCHIVED},
         _S.ARCHIVED: set()}
    ),
    VersionState: _moves(
        {_V.CHECKED: {_V.PUBLISHED, _V.REFUSED}, _V.PUBLISHED: {_V.SUPERSEDED},
         _V.SUPERSEDED: set(), _V.REFUSED: set()}
    ),
    WaveState: _moves(
        {_W.PLANNED: {_W.SENDING}, _W.SENDING: {_W.OPEN}, _W.OPEN: {_W.CLOSED}, _W.CLOSED: {_W.OPEN}}
    ),
    InvitationState: _moves(
        {_I.DRAFTED: {_I.SENT, _I.CANCELLED},
         _I.SENT: {_I.OPENED, _I.DONE, _I.BOUNCED, _I.DECLINED, _I.CANCELLED},
         _I.OPENED: {_I.DONE, _I.DECLINED, _I.CANCELLED},
         _I.BOUNCED: {_I.SENT, _I.CANCELLED}, _I.DECLINED: {_I.SENT},
         _I.DONE: {_I.OPENED}, _I.CANCELLED: set()}
    ),
    ResponseState: _moves(
        {_R.FILLING: {_R.HANDED_IN, _R.WITHDRAWN},
         _R.HANDED_IN: {_R.FILLING, _R.SIGNED, _R.CORRECTING, _R.WITHDRAWN},
         _R.SIGNED: {_R.CLEARED, _R.CORRECTING, _R.WITHDRAWN},
         _R.CLEARED: {_R.ACCEPTED, _R.CORRECTING, _R.WITHDRAWN},
         _R.ACCEPTED: {_R.CORRECTING, _R.WITHDRAWN},
         _R.CORRECTING: {_R.HANDED_IN, _R.SIGNED, _R.CLEARED, _R.WITHDRAWN}, _R.WITHDRAWN: set()}
    ),
    DelegationState: _moves(
        {_D.OFFERED: {_D.ACCEPTED, _D.DECLINED, _D.REVOKED, _D.EXPIRED},
         _D.ACCEPTED: {_D.RETURNED, _D.REVOKED, _D.EXPIRED},
         _D.RETURNED: {_D.CLOSED, _D.ACCEPTED},
         _D.CLOSED: set(), _D.DECLINED: set(), _D.REVOKED: set(), _D.EXPIRED: set()}
    ),
    SuggestionState: _moves(
        {_G.OPEN: {_G.TAKEN, _G.TAKEN_EDITED, _G.DECLINED},
         _G.TAKEN: set(), _G.TAKEN_EDITED: set(), _G.DECLINED: set()}
    ),
    AnswerRequestState: _moves(
        {_A.DRAFTED: {_A.ASKED, _A.WITHDRAWN}, _A.ASKED: {_A.ANSWERED, _A.WITHDRAWN, _A.CLOSED},
         _A.ANSWERED: {_A.ASKED, _A.CLOSED}, _A.CLOSED: set(), _A.WITHDRAWN: set()}
    ),
    SubmissionState: _moves(
        {_C.RECEIVED: {_C.APPLIED, _C.FLAGGED}, _C.APPLIED: {_C.FLAGGED, _C.SUPERSEDED},
         _C.FLAGGED: {_C.APPLIED, _C.SUPERSEDED}, _C.SUPERSEDED: set()}
    ),
    ReleaseStep: _moves(
        {_L.ASKED: {_L.CONSENTED, _L.DECLINED, _L.WITHDRAWN}, _L.CONSENTED: {_L.TAKEN_BACK},
         _L.DECLINED: set(), _L.WITHDRAWN: set(), _L.TAKEN_BACK: set()}
    ),
}  # fmt: skip

# Who moves a thing INTO a state.
OWNER: dict[type[StrEnum], dict[StrEnum, str]] = {
    SurveyState: dict.fromkeys(SurveyState, "officer"),
    VersionState: {
        _V.CHECKED: "system", _V.PUBLISHED: "officer", _V.SUPERSEDED: "system",
        _V.REFUSED: "officer",
    },
    WaveState: {
        _W.PLANNED: "officer", _W.SENDING: "officer", _W.OPEN: "system; officer", _W.CLOSED: "system; officer",
    },
    InvitationState: {
        _I.DRAFTED: "officer", _I.SENT: "system", _I.OPENED: "lead", _I.DONE: "lead; signer",
        _I.BOUNCED: "system", _I.DECLINED: "lead", _I.CANCELLED: "officer",
    },
    ResponseState: {
        _R.FILLING: "lead", _R.HANDED_IN: "lead", _R.SIGNED: "signer; lead",
        _R.CLEARED: "focal_point; signer where agencies send directly", _R.ACCEPTED: "officer",
        _R.CORRECTING: "officer; focal_point", _R.WITHDRAWN: "lead",
    },
    DelegationState: {
        _D.OFFERED: "lead", _D.ACCEPTED: "delegate", _D.RETURNED: "delegate", _D.CLOSED: "lead",
        _D.DECLINED: "delegate", _D.REVOKED: "lead", _D.EXPIRED: "system",
    },
    SuggestionState: {**dict.fromkeys(SuggestionState, "lead"), _G.OPEN: "delegate", _G.DECLINED: "lead; system"},
    AnswerRequestState: {**dict.fromkeys(AnswerRequestState, "officer"), _A.ANSWERED: "lead; signer"},
    SubmissionState: {
        _C.RECEIVED: "system", _C.APPLIED: "system; lead; officer", _C.FLAGGED: "system",
        _C.SUPERSEDED: "system",
    },
    ReleaseStep: {
        _L.ASKED: "coordinator", _L.CONSENTED: "focal_point", _L.DECLINED: "focal_point",
        _L.WITHDRAWN: "coordinator", _L.TAKEN_BACK: "focal_point; coordinator",
    },
}  # fmt: skip

UNLOCKED = frozenset({ResponseState.FILLING, ResponseState.CORRECTING})
"""States in which answers may still change: all of them, or those a request has opened."""

SIGNED_UP = frozenset({ResponseState.SIGNED, ResponseState.CLEARED, ResponseState.ACCEPTED})
WRITTEN_TO = frozenset(InvitationState) - {InvitationState.DRAFTED, InvitationState.CANCELLED}
"""States of an invitation whose letter went out: its body counts as asked."""
HANDED = SIGNED_UP | {ResponseState.HANDED_IN, ResponseState.CORRECTING}
"""States of a response that was handed in once: its body is not silent."""


def may_follow(current: StrEnum, wanted: StrEnum) -> bool:
    """Tell whether a state may follow another."""
    return wanted in ALLOWED[type(wanted)][type(wanted)(current)]
