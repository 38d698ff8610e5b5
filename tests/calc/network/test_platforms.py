"""Platforms are read row by row; what is left out is unknown."""

from datetime import date

import pytest

from serai.calc.network.platforms import NSA_CRITERIA, Known, names, read_platforms

ROW = {"code": "teams", "name": "Teams", "source": "Vendor", "dated_on": "2022-01-31"}


def test_what_is_left_out_is_unknown():
    (one,), faults = read_platforms([{**ROW, "tcp_fallback": "yes", "is_copy": True}])

    assert faults == []
    assert (one.code, one.name, one.dated_on, one.is_copy) == (
        "teams", "Teams", date(2022, 1, 31), True,
    )  # fmt: skip
    assert one.properties["tcp_fallback"] is Known.YES
    assert {one.properties[name] for name in NSA_CRITERIA} == {Known.UNKNOWN}


def test_the_nine_criteria_are_among_the_properties():
    assert len(NSA_CRITERIA) == 9
    assert set(NSA_CRITERIA) < set(names())


def test_each_fault_names_its_row():
    rows = [ROW, ROW, {"name": "x", "dated_on": "soon", "dial_in": "maybe", "colour": "red"}]

    found, faults = read_platforms(rows)

    assert len(found) == 1
    assert faults == [
        "platforms row 2 (teams): the code is there twice.",
        "platforms row 3 (?): code is missing.",
        "platforms row 3 (?): source is missing.",
        "platforms row 3 (?): dated_on 'soon' is not a day. Write it as 2026-11-30.",
        "platforms row 3 (?): dial_in 'maybe' is not one of yes, partly, no, unknown.",
        "platforms row 3 (?): 'colour' is not known here.",
    ]


def test_nothing_gives_nothing():
    assert read_platforms([]) == ((), [])


def test_a_day_is_taken_as_it_is():
    (one,), _faults = read_platforms([{**ROW, "dated_on": date(2021, 6, 30)}])

    assert one.dated_on == date(2021, 6, 30)


@pytest.mark.parametrize("answer", Known)
@pytest.mark.parametrize("name", names())
def test_every_known_answer_is_kept(name, answer):
    (one,), faults = read_platforms([{**ROW, name: answer.value}])

    assert faults == []
    assert one.properties[name] is answer
