"""The room's kinds and states in words."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serai.base.shown import Mark
from serai.calc.xforms import Change, Progress, Standing
from serai.members.states import Role
from serai.members.states.words import ROLE_NAMES
from serai.surveys.states import (
    AnswerRequestState,
    DelegationScope,
    DelegationState,
    InvitationState,
    PhraseState,
    ReaderRole,
    ReadingWay,
    Reason,
    ReleaseStep,
    RequestReason,
    ResponseState,
    Source,
    Stance,
    SubmissionState,
    SuggestionState,
    SurveyKind,
    SurveyState,
    VersionState,
    WaveState,
)

Words = Mapping[StrEnum, object]

KINDS: Words = {
    SurveyKind.QUESTIONNAIRE: _("Questionnaire"),
    SurveyKind.APPLICATION: _("Application"),
    SurveyKind.JUDGING: _("Judging sheet"),
    SurveyKind.FEEDBACK: _("Feedback"),
    SurveyKind.INTERVIEW: _("Interview"),
}
KIND_SENTENCES: Words = {
    SurveyKind.QUESTIONNAIRE: _("Organisations are asked once; answers are signed and cleared."),
    SurveyKind.APPLICATION: _("People apply for something; an application ends with handing in."),
    SurveyKind.JUDGING: _("Judges write what they think of what they are shown."),
    SurveyKind.FEEDBACK: _("People say what they think, without names."),
    SurveyKind.INTERVIEW: _("Interviewers write down what others say."),
}
REASONS: Words = {
    Reason.NOT_KNOWN: _("Not known"),
    Reason.NOT_HELD: _("We do not keep this"),
    Reason.NOT_PERMITTED: _("We may not say"),
    Reason.LATER: _("Will follow later"),
}
SOURCES: Words = {
    Source.WEB: _("on this page"),
    Source.COLLECT: _("from a device"),
    Source.XLSX: _("from a workbook"),
    Source.SECRETARIAT: _("entered by the secretariat"),
    Source.CALCULATION: _("calculated"),
    Source.MIGRATION: _("carried over from an earlier version"),
    Source.TEST: _("from a test"),
}
READER_ROLES: Words = {
    ReaderRole.FOCAL_POINT: ROLE_NAMES[Role.FOCAL_POINT],
    ReaderRole.DEPUTY: ROLE_NAMES[Role.DEPUTY],
    ReaderRole.NAMED: _("Reader by name"),
    ReaderRole.COORDINATOR: ROLE_NAMES[Role.COORDINATOR],
    ReaderRole.OFFICER: ROLE_NAMES[Role.OFFICER],
    ReaderRole.EXPERT: ROLE_NAMES[Role.EXPERT],
}
WAYS: Words = {
    ReadingWay.PAGE: _("on its pages"),
    ReadingWay.RESULTS: _("among the results of the wave"),
    ReadingWay.COPY: _("as a copy to keep"),
    ReadingWay.FILE: _("a file handed in with it"),
    ReadingWay.PROOFS: _("all changes with their proofs"),
    ReadingWay.EXPORT: _("in a file of all answers of the wave"),
    ReadingWay.API: _("by another program, with a key"),
}
SCOPES: Words = {
    DelegationScope.VIEW: _("Read it"),
    DelegationScope.SUGGEST: _("Propose answers beside ours"),
    DelegationScope.EDIT: _("Answer for us"),
}
ASKED_FOR: Words = {
    RequestReason.MISSING: _("The answer is missing"),
    RequestReason.NO_INFORMATION: _("The answer says that nothing is known"),
    RequestReason.INCONSISTENT: _("The answer does not fit another one"),
    RequestReason.UNCLEAR: _("The answer is not clear"),
    RequestReason.EVIDENCE: _("A document is needed"),
    RequestReason.MIGRATION: _("The question has changed"),
}

CHANGES: Words = {
    Change.SAME: _("The same"),
    Change.LABEL: _("Other words"),
    Change.WIDENED: _("Wider"),
    Change.NARROWED: _("Narrower"),
    Change.MOVED: _("Moved"),
    Change.TYPE_CHANGED: _("Another kind of answer"),
    Change.REPEAT_CHANGED: _("Into or out of a repeat"),
    Change.LOGIC: _("Another condition"),
    Change.ADDED: _("New"),
    Change.REMOVED: _("Gone"),
}
# What each means for answers that are being written.
CHANGE_MEANS: Words = {
    Change.SAME: _("The answer stays."),
    Change.LABEL: _("The answer stays."),
    Change.WIDENED: _("The answer stays."),
    Change.NARROWED: _("The answer stays and is checked again."),
    Change.MOVED: _("The answer goes along."),
    Change.TYPE_CHANGED: _("The answer stays if it still reads the same, else it is set aside."),
    Change.REPEAT_CHANGED: _("The answer goes to entry 1, or out of a sole entry, or aside."),
    Change.LOGIC: _("Calculated anew."),
    Change.ADDED: _("Empty at first."),
    Change.REMOVED: _("The answer is set aside: kept and exported, not shown."),
}

WORDS: Mapping[type[StrEnum], Words] = {
    SurveyKind: KINDS,
    ReaderRole: READER_ROLES,
    ReadingWay: WAYS,
    Reason: REASONS,
    Source: SOURCES,
    DelegationScope: SCOPES,
    RequestReason: ASKED_FOR,
    Change: CHANGES,
}

# How a state is marked, by its kind: the tone of its mark, and its word.
STATES: Mapping[type[StrEnum], Mapping[str, tuple[str, object]]] = {
    SurveyState: {
        SurveyState.DRAFT: ("open", _("Draft")),
        SurveyState.OPEN: ("good", _("Open")),
        SurveyState.CLOSED: ("done", _("Closed")),
        SurveyState.ARCHIVED: ("done", _("Archived")),
    },
    VersionState: {
        VersionState.CHECKED: ("open", _("Checked")),
        VersionState.PUBLISHED: ("good", _("Published")),
        VersionState.SUPERSEDED: ("done", _("Superseded")),
        VersionState.REFUSED: ("wrong", _("Refused")),
    },
    PhraseState: {
        PhraseState.MISSING: ("wrong", _("Missing")),
        PhraseState.MEMORY: ("attention", _("From an earlier version")),
        PhraseState.DRAFT: ("attention", pgettext_lazy("a text", "Draft")),
        PhraseState.CHECKED: ("good", pgettext_lazy("a text", "Checked")),
    },
    WaveState: {
        WaveState.PLANNED: ("open", _("Planned")),
        WaveState.SENDING: ("attention", _("Being sent")),
        WaveState.OPEN: ("good", _("Open")),
        WaveState.CLOSED: ("done", _("Closed")),
    },
    InvitationState: {
        InvitationState.DRAFTED: ("open", _("Not sent yet")),
        InvitationState.SENT: ("open", _("Sent")),
        InvitationState.OPENED: ("good", pgettext_lazy("an invitation", "Opened")),
        InvitationState.DONE: ("done", _("Done")),
        InvitationState.BOUNCED: ("wrong", _("Letter came back")),
        InvitationState.DECLINED: ("wrong", _("Declined")),
        InvitationState.CANCELLED: ("done", _("Cancelled")),
    },
    ResponseState: {
        ResponseState.FILLING: ("open", _("Being filled in")),
        ResponseState.HANDED_IN: ("attention", _("Handed in, not signed")),
        ResponseState.SIGNED: ("good", _("Signed")),
        ResponseState.CLEARED: ("good", _("Cleared")),
        ResponseState.ACCEPTED: ("done", _("Accepted")),
        ResponseState.CORRECTING: ("attention", _("Being corrected")),
        ResponseState.WITHDRAWN: ("wrong", _("Withdrawn")),
    },
    DelegationState: {
        DelegationState.OFFERED: ("open", _("Offered")),
        DelegationState.ACCEPTED: ("good", pgettext_lazy("a delegation", "Accepted")),
        DelegationState.RETURNED: ("attention", _("Given back")),
        DelegationState.CLOSED: ("done", _("Closed")),
        DelegationState.DECLINED: ("wrong", _("Declined")),
        DelegationState.REVOKED: ("wrong", _("Taken back")),
        DelegationState.EXPIRED: ("wrong", _("Expired")),
    },
    SuggestionState: {
        SuggestionState.OPEN: ("open", _("Waits")),
        SuggestionState.TAKEN: ("done", _("Taken")),
        SuggestionState.TAKEN_EDITED: ("done", _("Taken with changes")),
        SuggestionState.DECLINED: ("wrong", _("Declined")),
    },
    AnswerRequestState: {
        AnswerRequestState.DRAFTED: ("open", _("Drafted")),
        AnswerRequestState.ASKED: ("attention", _("Asked")),
        AnswerRequestState.ANSWERED: ("good", _("Answered")),
        AnswerRequestState.CLOSED: ("done", _("Closed")),
        AnswerRequestState.WITHDRAWN: ("done", _("Withdrawn")),
    },
    SubmissionState: {
        SubmissionState.RECEIVED: ("open", _("Received")),
        SubmissionState.APPLIED: ("done", _("Taken over")),
        SubmissionState.FLAGGED: ("attention", _("Needs a look")),
        SubmissionState.SUPERSEDED: ("done", _("Superseded")),
    },
    ReleaseStep: {
        ReleaseStep.ASKED: ("open", _("Waits for consent")),
        ReleaseStep.CONSENTED: ("good", _("Consented")),
        ReleaseStep.DECLINED: ("wrong", _("Declined")),
        ReleaseStep.WITHDRAWN: ("done", _("Withdrawn")),
        ReleaseStep.TAKEN_BACK: ("attention", _("Taken back")),
    },
    Stance: {
        Stance.CLEARED: ("good", _("Cleared")),
        Stance.RETURNED: ("attention", _("Returned")),
    },
    Progress: {
        Progress.NOT_VISITED: ("open", _("Not opened yet")),
        Progress.UNANSWERED: ("open", _("Opened, no answer yet")),
        Progress.REQUIRED_MISSING: ("attention", _("Required answers missing")),
        Progress.REQUIRED_DONE: ("part", _("Required answers given")),
        Progress.ALL_ANSWERED: ("done", _("All answered")),
        Progress.NOT_APPLICABLE: ("open", _("Not applicable")),
    },
}


def word(one: StrEnum) -> str:
    """Return a kind, reason, source, way, role or scope in words."""
    return str(WORDS[type(one)][one])


def state_mark(state: StrEnum) -> Mark:
    """Return the mark of a state."""
    tone, said = STATES[type(state)][state]
    return Mark(tone, str(said))


def response_mark(state: ResponseState, *, is_signed: bool) -> Mark:
    """Return the mark of a response; where nobody signs, handing in is its end."""
    if state is ResponseState.HANDED_IN and not is_signed:
        return Mark("done", str(pgettext_lazy("answers", "Handed in")))
    return state_mark(state)


def invitation_mark(state: InvitationState, *, is_begun: bool) -> Mark:
    """Return the mark of an invitation; "Sent" would hide answers that came without its link."""
    if state is InvitationState.SENT and is_begun:
        return Mark("good", str(pgettext_lazy("an invitation", "Begun another way")))
    return state_mark(state)


# What may be wrong with what a device hands in, by its code.
ISSUES: Mapping[str, object] = {
    "required": _("A required answer is missing"),
    "constraint": _("An answer breaks the rule of its question"),
    "type": _("An answer is not of its question's kind"),
    "choice": _("A choice is not offered"),
    "unknown": _("The form does not know this question"),
    "entry": _("An entry could not be added"),
    "entry_kept": _("An entry that is taken out there stays here: somebody answered in it since"),
    "denied": _("Whoever handed it in may not answer here"),
    "locked": _("The answer is locked; the text stands beside it"),
    "refused": _("The answer was not taken"),
    "late": _("It came after the wave had closed"),
    "file": _("A file was not accepted"),
}

# How an answer counts in a tally: the tone of its mark, and its word.
STANDINGS: Mapping[Standing, tuple[str, object]] = {
    Standing.ANSWERED: ("good", _("Counted")),
    Standing.MISSING: ("attention", _("Missing")),
    Standing.NOT_APPLICABLE: ("open", _("Not asked")),
    Standing.NO_INFORMATION: ("part", _("No information")),
}
