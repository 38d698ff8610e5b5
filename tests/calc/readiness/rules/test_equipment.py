"""Microphones, headsets, room sets, telephones."""

import pytest
from tests.calc.readiness.rules.cases import FIRES, MISSING, QUIET, ask, filled

from serai.calc.readiness.rules.equipment import EQP_1, EQP_2, EQP_3, EQP_4


@pytest.mark.parametrize(
    ("rule", "changes", "event", "outcome"),
    [
        (EQP_1, {"kit.microphone": "omni"}, "E2", FIRES),
        (EQP_1, {"kit.microphone": "built_in"}, "E2", FIRES),
        (EQP_1, {"kit.microphone": "omni"}, "E1", QUIET),
        (EQP_1, {"kit.microphone": "cardioid"}, "E2", QUIET),
        (EQP_1, {"kit.microphone": None}, "E2", MISSING),
        (EQP_1, {"kit.microphone": None}, "E1", QUIET),
        (EQP_2, {"seats.headset_percent": 89.0}, "E3", FIRES),
        (EQP_2, {"seats.headset_percent": 90.0}, "E3", QUIET),
        (EQP_2, {"seats.headset_percent": None}, "E3", MISSING),
        (EQP_3, {"kit.cameras": 1.0}, "E3", FIRES),
        (EQP_3, {"kit.displays": 1.0, "kit.cameras": None}, "E3", FIRES),
        (EQP_3, {"kit.cameras": 1.0}, "E2", QUIET),
        (EQP_3, {"kit.cameras": None}, "E3", MISSING),
        (EQP_4, {"seats.phone_only_percent": 5.0}, "E3", FIRES),
        (EQP_4, {"seats.phone_only_percent": 0.0}, "E3", QUIET),
        (EQP_4, {"seats.phone_only_percent": None}, "E3", MISSING),
    ],
)
def test_equipment_rules(rule, changes, event, outcome):
    assert ask(rule, changes, event).outcome == outcome


def test_texts_are_filled():
    assert filled(EQP_2, {"seats.headset_percent": 40.0}) == (
        "Add USB headsets: 40.0 % of the seats have one, 90 % should."
    )
    assert filled(EQP_3, {"kit.cameras": 1.0}) == (
        "Equip the room with a set of its size: at least 2.0 cameras and 2.0 displays."
    )
    assert filled(EQP_4, {"seats.phone_only_percent": 5.0}) == (
        "Give those who speak by telephone a computer on a cable: 5.0 % join by telephone only."
    )
