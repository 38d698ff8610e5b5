"""What may follow what, who moves it, and the words for each."""

import pytest

from serai.readiness.states import (
    ALLOWED,
    FIXED,
    OWNER,
    AssessmentState,
    EditionState,
    ProvisionState,
    ReleaseState,
    TicketState,
    may_follow,
)


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
