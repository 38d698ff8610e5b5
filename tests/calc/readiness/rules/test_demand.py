"""Kits on loan, rent, webcasts."""

import pytest
from tests.calc.readiness.rules.cases import FIRES, MISSING, QUIET, ask, filled

from serai.calc.readiness.rules.demand import SCL_1, SCL_2, SCL_3


@pytest.mark.parametrize(
    ("rule", "changes", "outcome"),
    [
        (SCL_1, {"country.offices_lacking_kit": 2.0}, FIRES),
        (SCL_1, {"country.offices_lacking_kit": 1.0}, QUIET),
        (SCL_1, {"country.offices_lacking_kit": None}, MISSING),
        (SCL_2, {"events.large_a_year": 2.0}, FIRES),
        (SCL_2, {"events.large_a_year": 3.0}, QUIET),
        (SCL_2, {"events.large_a_year": 0.0}, QUIET),
        (SCL_2, {"events.large_a_year": None}, MISSING),
        (SCL_3, {"content.audience": 501.0}, FIRES),
        (SCL_3, {"content.audience": 500.0}, QUIET),
        (SCL_3, {"applications.licence_seats": None}, MISSING),
    ],
)
def test_demand_rules(rule, changes, outcome):
    assert ask(rule, changes).outcome == outcome


def test_texts_are_filled():
    assert filled(SCL_1, {"country.offices_lacking_kit": 3.0}) == (
        "3.0 offices of the country lack the same equipment: a national kit on loan serves them "
        "all."
    )
    assert filled(SCL_2, {"events.large_a_year": 1.0}) == (
        "Rent what large events need for their days: 1.0 a year do not pay for buying."
    )
    assert filled(SCL_3, {"content.audience": 900.0}) == (
        "Webcast the event: 900.0 are to be reached, the licence holds 500.0."
    )
