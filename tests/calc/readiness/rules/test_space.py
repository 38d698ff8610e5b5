"""Pictures too small, rooms too loud, ports too few."""

import pytest
from tests.calc.readiness.rules.cases import FIRES, MISSING, QUIET, ask, filled

from serai.calc.readiness.rules.space import SPC_1, SPC_2, SPC_3


@pytest.mark.parametrize(
    ("rule", "changes", "event", "outcome"),
    [
        (SPC_1, {"space.display_height_m": 0.9}, "E3", FIRES),
        (SPC_1, {"space.display_height_m": 1.0}, "E3", QUIET),
        (SPC_1, {"space.farthest_viewer_m": None}, "E3", MISSING),
        (SPC_2, {"space.noise": "loud"}, "E1", FIRES),
        (SPC_2, {"space.acoustics": "long", "space.noise": None}, "E1", FIRES),
        (SPC_2, {"space.acoustics": "some"}, "E2", FIRES),
        (SPC_2, {"space.acoustics": "some"}, "E1", QUIET),
        (SPC_2, {}, "E2", QUIET),
        (SPC_2, {"space.noise": None}, "E1", MISSING),
        (SPC_3, {"space.wired_ports": 1.0}, "E3", FIRES),
        (SPC_3, {"space.wired_ports": 2.0}, "E3", QUIET),
        (SPC_3, {"space.wired_ports": None}, "E3", MISSING),
    ],
)
def test_space_rules(rule, changes, event, outcome):
    assert ask(rule, changes, event).outcome == outcome


def test_texts_are_filled():
    assert filled(SPC_1, {"space.display_height_m": 0.9}) == (
        "The picture is 0.9 m high and the farthest seat 6.0 m away. Take a larger display, or "
        "bring it nearer: a sixth of the distance is the least height."
    )
    assert filled(SPC_3, {"space.wired_ports": 1.0}) == (
        "Bring cable to the room: it has 1.0 network ports, two are the least."
    )
