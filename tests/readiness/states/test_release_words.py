"""Every state, measure and category has words."""

import pytest

from serai.readiness.states import AggregateState, ReleaseState, release_words


@pytest.mark.parametrize("state", ReleaseState)
def test_every_state_of_a_release_has_a_mark(state):
    assert release_words.release_mark(state.value).word


@pytest.mark.parametrize("state", AggregateState)
def test_every_state_of_shares_has_a_mark(state):
    assert release_words.aggregate_mark(state.value).word


def test_measures_and_categories_are_named():
    names = {"E1": "Simple web meeting", "C": "Connectivity"}

    assert [release_words.measure_words(one, names) for one in ("host", "attend", "C")] == [
        "Highest event that organisations can host",
        "Highest event that organisations can attend",
        "Score of: Connectivity",
    ]
    assert [release_words.category_words(one, names) for one in ("none", "unknown", "40", "E1", "E9")] == [
        "no event", "too little known", "40 to 60", "E1. Simple web meeting", "E9",
    ]  # fmt: skip
