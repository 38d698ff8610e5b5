"""What may follow what, who moves it, and the words for each."""

import pytest

from serai.base.shown import SYMBOLS
from serai.calc.network.platforms import Known, names
from serai.calc.network.tiers import Level
from serai.calc.readiness.attainment import Status
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Gate, Role, Sensitivity
from serai.readiness.states import (
    ALLOWED,
    FIXED,
    OWNER,
    AssessmentState,
    EditionState,
    PolicyWord,
    ProvisionState,
    ReleaseState,
    TicketState,
    may_follow,
)
from serai.readiness.states import edition_words as words
from serai.readiness.states.currencies import CURRENCIES


@pytest.mark.parametrize("states", ALLOWED)
def test_every_state_has_followers_and_an_owner(states):
    assert set(ALLOWED[states]) == set(states)
    assert set(OWNER[states]) == set(states)
    assert all(following <= set(states) for following in ALLOWED[states].values())


@pytest.mark.parametrize("states", ALLOWED)
def test_every_state_but_the_first_is_reached(states):
    first = next(iter(states))
    reached = {first}
    for _ in states:
        reached |= {after for before in reached for after in ALLOWED[states][before]}

    assert reached == set(states)


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (EditionState.DRAFT, EditionState.IN_USE, True),
        (EditionState.DRAFT, EditionState.RETIRED, False),
        (EditionState.IN_USE, EditionState.DRAFT, False),
        (EditionState.RETIRED, EditionState.IN_USE, False),
        (TicketState.USED, TicketState.ISSUED, False),
        (AssessmentState.UNDER_REVIEW, AssessmentState.COLLECTING, True),
        (AssessmentState.CONFIRMED, AssessmentState.COLLECTING, False),
        (ProvisionState.INSTALLED, ProvisionState.CLOSED, False),
        (ProvisionState.VERIFIED, ProvisionState.CLOSED, True),
        (ReleaseState.ASKED, ReleaseState.RELEASED, False),
    ],
)
def test_what_may_follow(before, after, may):
    assert may_follow(before, after) is may


def test_what_is_confirmed_is_fixed():
    assert {AssessmentState.CONFIRMED, AssessmentState.SUPERSEDED} == FIXED


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        (words.EDITIONS, EditionState), (words.LEVERS, Lever), (words.ROLES, Role),
        (words.GATES, Gate), (words.LEVELS, Level), (words.KNOWN, Known),
        (words.POLICIES, PolicyWord), (words.SENSITIVITIES, Sensitivity), (words.STATUSES, Status),
        (words.PROPERTIES, names()),
    ],
)  # fmt: skip
def test_every_kind_has_a_word_of_its_own(told, kinds):
    assert set(told) == set(kinds)
    assert len({str(one) for one in told.values()}) == len(told)


def test_marks_need_no_colour():
    marks = [words.edition_mark(one) for one in EditionState]
    marks += [words.known_mark(one) for one in Known]

    assert all(mark.word and mark.tone in SYMBOLS for mark in marks)


def test_choices_are_offered_as_words():
    assert [code for code, _name in words.choices(words.LEVERS)] == [one.value for one in Lever]


def test_a_currency_is_three_capitals():
    assert all(len(one) == 3 and one.isupper() for one in CURRENCIES)
    assert len(set(CURRENCIES)) == len(CURRENCIES)
