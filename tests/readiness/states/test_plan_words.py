"""Every state has a mark and words."""

import pytest

from serai.readiness.states import RunState
from serai.readiness.states.plan_words import event_word, run_mark


@pytest.mark.parametrize("state", RunState)
def test_every_state_of_a_run_has_a_mark(state):
    mark = run_mark(state.value)

    assert mark.word
    assert mark.symbol


def test_no_event_is_said_in_words():
    assert (event_word("E3"), event_word("E0"), event_word("")) == ("E3", "none", "none")
