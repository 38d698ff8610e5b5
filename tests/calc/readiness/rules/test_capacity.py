"""Lines that are too slow, below their contract, lossy, or closed to UDP."""

import pytest
from tests.calc.readiness.rules.cases import FIRES, MISSING, QUIET, ask, filled

from serai.calc.readiness.rules.capacity import CAP_1, CAP_2, CAP_3, CAP_4


@pytest.mark.parametrize(
    ("rule", "changes", "outcome"),
    [
        (CAP_1, {"link.down_p5": 14.9}, FIRES),
        (CAP_1, {"link.up_p5": 14.9, "link.down_p5": None}, FIRES),
        (CAP_1, {"link.down_p5": 15.0}, QUIET),
        (CAP_1, {"link.down_p5": None}, MISSING),
        (CAP_2, {"link.down_p5": 24.9}, FIRES),
        (CAP_2, {"link.up_p5": 24.9}, FIRES),
        (CAP_2, {"link.down_p5": 25.0}, QUIET),
        (CAP_2, {"link.down_p5": 1.0, "link.busy_runs": 2.0}, QUIET),
        (CAP_2, {"link.contract_down": None}, MISSING),
        (CAP_2, {"link.busy_runs": None, "link.down_p5": 1.0}, MISSING),
        (CAP_3, {"link.loss_percent": 1.1}, FIRES),
        (CAP_3, {"link.jitter_ms": 31.0}, FIRES),
        (CAP_3, {"link.jitter_ms": 31.0, "link.up_p5": 14.0}, QUIET),
        (CAP_3, {}, QUIET),
        (CAP_3, {"link.jitter_ms": None}, MISSING),
        (CAP_4, {"link.udp_policy": "blocked"}, FIRES),
        (CAP_4, {"link.udp_policy": "port_3478"}, QUIET),
        (CAP_4, {"link.udp_policy": None}, MISSING),
    ],
)
def test_capacity_rules(rule, changes, outcome):
    assert ask(rule, changes).outcome == outcome


def test_jitter_is_not_asked_of_a_simple_web_meeting():
    assert ask(CAP_3, {"link.jitter_ms": 99.0}, "E1").outcome == QUIET


def test_missing_facts_are_named():
    assert ask(CAP_2, {"link.contract_down": None}).missing == ("link.contract_down",)


def test_texts_say_need_and_have():
    assert filled(CAP_1, {"link.down_p5": 9.0}) == (
        "Raise the line to at least 15.0 Mbit/s down and 15.0 Mbit/s up in busy hours. "
        "Measured now: 9.0 down and 40.0 up."
    )
    assert filled(CAP_2, {"link.down_p5": 9.0}) == (
        "Hold the provider to the contract of 50.0 Mbit/s down and 50.0 Mbit/s up: "
        "in busy hours 9.0 and 40.0 arrive."
    )
