"""Every state, kind and urgency has words; ages fall in four."""

import pytest

from serai.readiness.states import HelpKind, HelpPriority, HelpState, help_words


@pytest.mark.parametrize("state", HelpState)
def test_every_state_has_a_mark(state):
    assert help_words.help_mark(state.value).word


def test_every_kind_and_urgency_has_words():
    assert set(help_words.KINDS) == set(HelpKind)
    assert set(help_words.PRIORITIES) == set(HelpPriority)


@pytest.mark.parametrize(
    ("days", "place"), [(0, 0), (0.9, 0), (1, 1), (2.9, 1), (3, 2), (5.9, 2), (6, 3), (400, 3)]
)
def test_ages(days, place):
    assert help_words.age_of(days) == place
    assert len(help_words.AGES) == 4
