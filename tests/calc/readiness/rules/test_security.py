"""Second factors, platforms, recordings, updates."""

import pytest
from tests.calc.readiness.rules.cases import FIRES, MISSING, QUIET, ask, filled

from serai.calc.readiness.rules.security import SEC_1, SEC_2, SEC_3, SEC_4


@pytest.mark.parametrize(
    ("rule", "changes", "outcome"),
    [
        (SEC_1, {"security.multi_factor": "no"}, FIRES),
        (SEC_1, {}, QUIET),
        (SEC_1, {"security.multi_factor": None}, MISSING),
        (SEC_2, {"security.end_to_end": "no"}, FIRES),
        (SEC_2, {"security.platform_permitted": "approval"}, FIRES),
        (SEC_2, {"security.sensitivity": "medium", "security.end_to_end": "no"}, FIRES),
        (SEC_2, {"security.sensitivity": "low", "security.end_to_end": "no"}, QUIET),
        (SEC_2, {}, QUIET),
        (SEC_2, {"security.sensitivity": None, "security.end_to_end": "no"}, MISSING),
        (SEC_3, {"security.recording_consent": "sometimes"}, FIRES),
        (SEC_3, {"security.deletion_rule": "no"}, FIRES),
        (SEC_3, {"security.recording_consent": "not_recorded", "security.deletion_rule": None}, QUIET),
        (SEC_3, {}, QUIET),
        (SEC_3, {"security.deletion_rule": None}, MISSING),
        (SEC_4, {"security.update_days": 31.0}, FIRES),
        (SEC_4, {"security.update_days": 30.0}, QUIET),
        (SEC_4, {"security.update_days": None}, MISSING),
    ],
)  # fmt: skip
def test_security_rules(rule, changes, outcome):
    assert ask(rule, changes).outcome == outcome


def test_texts_are_filled():
    assert filled(SEC_4, {"security.update_days": 60.0}) == (
        "Install security updates within 30 days: now it takes 60.0."
    )
