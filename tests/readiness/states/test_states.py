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
