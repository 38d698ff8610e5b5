"""Every duty has its words."""

from serai.readiness.states import DutyKind
from serai.readiness.states.duty_words import DUTIES, HINTS


def test_every_duty_has_a_name_and_a_hint():
    assert DUTIES.keys() == HINTS.keys() == set(DutyKind)
