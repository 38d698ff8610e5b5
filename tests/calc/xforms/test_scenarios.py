"""The reference scripts over forms."""

import pytest
from tests.calc.xforms import exceptions, scenarios

COUNTED = [script for script in scenarios.scripts() if script.said["kind"] == "ok"]
LISTED = exceptions.listed("scenario")


@pytest.mark.parametrize("script", COUNTED, ids=lambda script: script.name)
def test_reference_script(script):
    problem = scenarios.problem(script)

    if script.name in LISTED:
        assert problem, "This script passes now: take it out of exceptions.toml."
    else:
        assert problem == ""


def test_all_197_scripts_count_and_at_least_95_percent_pass():
    assert len(COUNTED) == 197
    assert len(LISTED) <= 9
    assert LISTED.keys() <= {script.name for script in COUNTED}


def test_table_of_exceptions_has_a_row_for_each():
    rows = exceptions.table().splitlines()

    assert len(rows) == 2 + len(LISTED) + len(exceptions.listed("xpath"))
