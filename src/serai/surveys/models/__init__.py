"""Models of the room surveys."""

from serai.surveys.models.delegation import Delegation, Suggestion
from serai.surveys.models.follow_up import AnswerRequest, Remark, RequestTurn
from serai.surveys.models.invitation import DeviceKey, Invitation
from serai.surveys.models.question import Question, Section
from serai.surveys.models.reading import Reading
from serai.surveys.models.release import Figure, Release
from serai.surveys.models.response import (
    Answer,
    AnswerHead,
    AnswerIssue,
    Entry,
    EntryAct,
    Response,
    SectionMark,
)
from serai.surveys.models.sign_off import Clearance, SignOff
from serai.surveys.models.submission import Submission, SubmissionFile, SubmissionStep
from serai.surveys.models.survey import FormFile, FormVersion, Phrase, Survey, Translator
from serai.surveys.models.wave import Wave

__all__ = [
    "Answer",
    "AnswerHead",
    "AnswerIssue",
    "AnswerRequest",
    "Clearance",
    "Delegation",
    "DeviceKey",
    "Entry",
    "EntryAct",
    "Figure",
    "FormFile",
    "FormVersion",
    "Invitation",
    "Phrase",
    "Question",
    "Reading",
    "Release",
    "Remark",
    "RequestTurn",
    "Response",
    "Section",
    "SectionMark",
    "SignOff",
    "Submission",
    "SubmissionFile",
    "SubmissionStep",
    "Suggestion",
    "Survey",
    "Translator",
    "Wave",
]
