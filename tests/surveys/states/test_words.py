"""Every kind and state of surveys has its words, and a mark that needs no colour."""

import pytest

from serai.base.shown import SYMBOLS
from serai.calc.xforms import Progress
from serai.surveys.states import (
    ALLOWED,
    DelegationScope,
    InvitationState,
    ReaderRole,
    ReadingWay,
    Reason,
    RequestReason,
    Source,
    Stance,
    SurveyKind,
)
from serai.surveys.states.words import KIND_SENTENCES, STATES, invitation_mark, state_mark, word


@pytest.mark.parametrize("states", [*ALLOWED, Stance, Progress])
def test_every_state_has_a_mark(states):
    marks = [state_mark(state) for state in states]

    assert set(STATES[states]) == set(states)
    assert all(mark.word and mark.tone in SYMBOLS for mark in marks)


@pytest.mark.parametrize(
    "words", [SurveyKind, Reason, Source, DelegationScope, RequestReason, ReadingWay, ReaderRole]
)
def test_every_kind_reason_source_and_scope_has_a_word(words):
    said = [word(one) for one in words]

    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("state", "is_begun", "said"),
    [
        ("sent", False, "Sent"), ("sent", True, "Begun another way"), ("opened", True, "Opened"),
        ("bounced", True, "Letter came back"), ("done", True, "Done"),
    ],
)  # fmt: skip
def test_a_letter_that_nobody_opened_hides_no_answers(state, is_begun, said):
    assert invitation_mark(InvitationState(state), is_begun=is_begun).word == said


def test_every_kind_says_what_it_is_for():
    assert set(KIND_SENTENCES) == set(SurveyKind)


def test_the_four_ways_in_which_a_begun_section_stands_look_apart():
    begun = (Progress.UNANSWERED, Progress.REQUIRED_MISSING, Progress.REQUIRED_DONE, Progress.ALL_ANSWERED)  # fmt: skip

    assert [state_mark(one).symbol for one in begun] == ["○", "!", "◐", "●"]
