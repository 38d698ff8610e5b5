"""Every state has a mark and words."""

import pytest

from serai.calc.network.change import Verdict as Changed
from serai.calc.readiness.conditions import Verdict
from serai.readiness.states import ProvisionState, RunState
from serai.readiness.states.plan_words import (
    changed_mark,
    event_word,
    promise_mark,
    provision_mark,
    run_mark,
    value_words,
)


@pytest.mark.parametrize("state", RunState)
def test_every_state_of_a_run_has_a_mark(state):
    mark = run_mark(state.value)

    assert mark.word
    assert mark.symbol


def test_no_event_is_said_in_words():
    assert (event_word("E3"), event_word("E0"), event_word("")) == ("E3", "none", "none")


@pytest.mark.parametrize("state", ProvisionState)
def test_every_state_of_a_delivery_has_a_mark(state):
    assert provision_mark(state.value).word


def test_promises_and_changes_have_marks():
    assert [promise_mark(one).tone for one in Verdict] == ["good", "wrong", "open"]
    assert [changed_mark(one).word for one in Changed][-1] == "too few tests"


def test_a_value_is_written_in_words_where_there_are_any():
    assert [value_words(one) for one in ("dedicated", 25.0, "unheard")] == [
        "dedicated", "25.0", "unheard",
    ]  # fmt: skip
