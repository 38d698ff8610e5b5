"""Operators, papers, hours, interruptions."""

import pytest
from tests.calc.readiness.rules.cases import FIRES, MISSING, QUIET, ask, filled

from serai.calc.readiness.rules.collaboration import COL_1, COL_2, COL_3, COL_4


@pytest.mark.parametrize(
    ("rule", "changes", "outcome"),
    [
        (COL_1, {"people.operators": 0.0, "people.deputies": None}, FIRES),
        (COL_1, {"people.deputies": 0.0}, FIRES),
        (COL_1, {}, QUIET),
        (COL_1, {"people.deputies": None}, MISSING),
        (COL_2, {"content.papers_days": 2.0}, FIRES),
        (COL_2, {"content.papers_days": 3.0}, QUIET),
        (COL_2, {"content.papers_days": None}, MISSING),
        (COL_3, {"event.capitals_outside_hours": 1.0}, FIRES),
        (COL_3, {"event.capitals_outside_hours": 0.0}, QUIET),
        (COL_3, {"event.capitals_outside_hours": None}, MISSING),
        (COL_4, {"collaboration.interrupted_percent": 5.1}, FIRES),
        (COL_4, {"collaboration.interrupted_percent": 5.0}, QUIET),
        (COL_4, {"collaboration.interrupted_percent": None}, MISSING),
    ],
)
def test_collaboration_rules(rule, changes, outcome):
    assert ask(rule, changes).outcome == outcome


def test_texts_are_filled():
    assert filled(COL_2, {"content.papers_days": 1.0}) == (
        "Send papers at least three days ahead, as small files: now it is 1.0 days."
    )
    assert filled(COL_3, {"event.capitals_outside_hours": 2.0}) == (
        "The event runs outside 08:00-18:00 in 2.0 capitals. Choose a better hour, or let the "
        "inconvenient hours rotate."
    )
    assert filled(COL_4, {"collaboration.interrupted_percent": 12.0}) == (
        "12.0 % of the meetings were interrupted. Go through the check points before each meeting."
    )
