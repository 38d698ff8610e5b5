"""Contacts, batteries, second lines, rehearsals."""

import pytest
from tests.calc.readiness.rules.cases import FIRES, MISSING, QUIET, ask, filled

from serai.calc.readiness.rules.continuity import PLB_1, PLB_2, PLB_3, PLB_4


@pytest.mark.parametrize(
    ("rule", "changes", "event", "outcome"),
    [
        (PLB_1, {"continuity.contact_list": "no"}, "E1", FIRES),
        (PLB_1, {}, "E1", QUIET),
        (PLB_1, {"continuity.contact_list": None}, "E1", MISSING),
        (PLB_2, {"continuity.ups_minutes": 59.0}, "E3", FIRES),
        (PLB_2, {"continuity.ups_minutes": 30.0}, "E2", QUIET),
        (PLB_2, {"continuity.ups_minutes": 0.0}, "E1", QUIET),
        (PLB_2, {"continuity.ups_minutes": None}, "E2", MISSING),
        (PLB_3, {"continuity.second_line": "none"}, "E2", FIRES),
        (PLB_3, {"continuity.second_percent": 40.0}, "E3", FIRES),
        (PLB_3, {"continuity.second_line": "hotspot"}, "E3", QUIET),
        (PLB_3, {"continuity.second_line": "same_provider"}, "E4", FIRES),
        (PLB_3, {"continuity.second_line": None}, "E3", MISSING),
        (PLB_4, {"continuity.rehearsed_months": 13.0}, "E1", FIRES),
        (PLB_4, {"continuity.rehearsed_months": 12.0}, "E1", QUIET),
        (PLB_4, {"continuity.rehearsed_months": None}, "E1", MISSING),
    ],
)
def test_continuity_rules(rule, changes, event, outcome):
    assert ask(rule, changes, event).outcome == outcome


def test_texts_are_filled():
    assert filled(PLB_2, {"continuity.ups_minutes": 10.0}) == (
        "Put computers and router on batteries for 60.0 minutes."
    )
    assert filled(PLB_4, {"continuity.rehearsed_months": 20.0}) == (
        "Rehearse plan B a week before the next event: the latest rehearsal was 20.0 months ago."
    )
