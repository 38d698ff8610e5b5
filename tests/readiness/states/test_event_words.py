"""Every word of events has words and a mark; an event is as far as whoever is furthest behind."""

import pytest

from serai.calc.readiness.forecast import Colour, PlanB, Reason
from serai.calc.readiness.ladder import Role, Sensitivity
from serai.readiness.states import DelegationState, Trouble
from serai.readiness.states import event_words as words


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (words.COLOUR_MARKS, Colour), (words.SHORT_COLOURS, Colour),
        (words.STATE_MARKS, DelegationState), (words.ROLE_WORDS, Role),
        (words.SENSITIVITY_WORDS, Sensitivity), (words.PLAN_B_WORDS, PlanB),
        (words.PLAN_B_STEPS, PlanB), (words.TROUBLE_WORDS, Trouble),
        (words.OUTCOME_MARKS, words.Outcome),
    ],
)  # fmt: skip
def test_every_word_is_said(table, kinds):
    assert set(table) == set(kinds)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_a_sentence(reason):
    said = words.reason_words(reason, platform_word="forbidden", gates=["security"])

    assert said.endswith((".", "."))


def test_an_approval_and_both_gates_are_named():
    assert "approve" in words.reason_words(Reason.PLATFORM, platform_word="approval", gates=[])
    both = words.reason_words(Reason.GATE, platform_word="", gates=["security", "contingency"])
    assert both == (
        "The security gate is not passed. "
        "The contingency gate is not passed: second line, power or plan B."
    )


def test_no_two_colours_share_a_symbol():
    assert len({words.short_mark(one).symbol for one in Colour}) == 3
    assert words.colour_mark(None).word == "No forecast yet"
    assert words.colour_mark(Colour.RED).symbol == "!"


@pytest.mark.parametrize(
    ("states", "expected"),
    [([], "draft"), (["live", "reviewed"], "live"), (["rehearsed", "forecast"], "forecast")],
)
def test_an_event_is_as_far_as_whoever_is_furthest_behind(states, expected):
    assert words.event_state(states) == expected


def test_words_of_ways_roles_and_languages():
    assert [words.way_word(one) for one in ("", "planned", "dial_in")] == [
        "", "As planned", "Dial in by telephone"
    ]  # fmt: skip
    assert words.language_words(["en", "tk"]) == ["English", "tk"]
    assert words.role_word(Role.SEAT) == "People at their desks"
    assert words.sensitivity_word("high") == "High"


def test_what_is_not_said_has_no_mark():
    assert words.outcome_mark("") is None
    assert words.check_mark("") is None
    assert str(words.outcome_mark("absent")) == "Did not come"
    assert str(words.check_mark("fail")) == "fails"
    assert str(words.delegation_mark("live")) == "Live"
