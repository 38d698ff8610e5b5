"""How answers become values: each reading, what was never done, what is not on the scale."""

from datetime import date
from types import SimpleNamespace

import pytest

from serai.calc.readiness.facts import FactKey, Kind, Reading
from serai.calc.xforms import Standing
from serai.readiness.queries.readings import Reader, paths_of
from serai.surveys.queries.counted import Said

A, B = "/data/x/a", "/data/x/b"
PLAN = "/data/continuity/plan_power"
DAY = date(2021, 3, 1)


def key(reading, *paths, choices=()):
    kind = Kind.CHOICE if choices else Kind.NUMBER
    return FactKey("x.y", kind=kind, choices=choices, questions=paths, reading=reading)


def reader(**answers):
    names = {"a": A, "b": B, "plan": PLAN, "rehearsed": f"{PLAN}_rehearsed_on",
             "second": "/data/connection/second_line", "tried": "/data/connection/failover_tested_on",
             "second_down": "/data/connection/second_down", "second_up": "/data/connection/second_up",
             "down": "/data/connection/contract_down", "up": "/data/connection/contract_up",
             "location": "/data/security/data_location",
             "outages": "/data/connection/outages", "minutes": "/data/connection/outage_minutes"}  # fmt: skip
    said = []
    for name, value in answers.items():
        standing = Standing.NOT_APPLICABLE if value is None else Standing.ANSWERED
        said.append(Said(names[name], "", value or "", standing))
    return Reader(SimpleNamespace(said=said), "", DAY)


HABIT = ("never", "seldom", "often")


@pytest.mark.parametrize(
    ("fact", "answers", "value"),
    [
        (key(Reading.AS_ANSWERED, A), {"a": "4.5"}, 4.5),
        (key(Reading.AS_ANSWERED, A), {"a": "many"}, None),
        (key(Reading.AS_ANSWERED, A), {}, None),
        (key(Reading.AS_ANSWERED, A, choices=HABIT), {"a": "often"}, "often"),
        (key(Reading.AS_ANSWERED, A, choices=HABIT), {"a": "not_known"}, None),
        (key(Reading.LEAST, A, B), {"a": "4", "b": "2"}, 2.0),
        (key(Reading.LEAST, A, B), {"a": "4"}, None),
        (key(Reading.MOST, A, B, choices=HABIT), {"a": "seldom", "b": "not_known"}, "seldom"),
        (key(Reading.MOST, A, B, choices=HABIT), {}, None),
        (key(Reading.SUM, A, B), {"a": "1", "b": "2"}, 3.0),
        (key(Reading.SUM, A, B), {"a": "1"}, None),
        (key(Reading.ANSWERED, A, choices=("no", "yes")), {"a": "30"}, "yes"),
        (key(Reading.ANSWERED, A, choices=("no", "yes")), {"a": "0"}, "no"),
        (key(Reading.ANSWERED, A, choices=("no", "yes")), {}, None),
        (key(Reading.MONTHS_SINCE, A, B), {"a": "2021-01-01", "b": "2020-01-01"}, 1.94),
        (key(Reading.MONTHS_SINCE, A), {"a": "2021-05-01"}, 0.0),
        (key(Reading.MONTHS_SINCE, A), {"a": "soon"}, None),
        (key(Reading.MONTHS_SINCE, PLAN, f"{PLAN}_rehearsed_on"),
         {"plan": "no", "rehearsed": None}, 999.0),
        (key(Reading.MONTHS_SINCE, PLAN, f"{PLAN}_rehearsed_on"), {"plan": "yes"}, None),
        (key(Reading.MONTHS_SINCE, "/data/connection/failover_tested_on"),
         {"second": "none", "tried": None}, 999.0),
        (key(Reading.COMPUTED, A), {"a": "4"}, None),
    ],
)  # fmt: skip
def test_each_reading(fact, answers, value):
    assert reader(**answers).value(fact) == value


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ({"second": "none"}, 0.0),
        ({"second": "hotspot", "second_down": "20", "second_up": "5", "down": "40", "up": "20"}, 25.0),
        ({"second": "hotspot", "second_down": "20", "down": "40"}, None),
        ({"second": "hotspot", "second_down": "20", "second_up": "5", "down": "0", "up": "20"}, None),
    ],
)  # fmt: skip
def test_the_second_line_is_held_against_the_first(answers, value):
    fact = FactKey("continuity.second_percent", questions=(A,), reading=Reading.COMPUTED)

    assert reader(**answers).value(fact) == value


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ({"outages": "4", "minutes": "108"}, 99.0),
        ({"outages": "0"}, 100.0),
        ({"outages": "4"}, None),
        ({"minutes": "108"}, None),
        ({"outages": "100", "minutes": "500"}, None),
    ],
)
def test_outages_of_a_month_make_the_share_of_time_in_which_the_line_works(answers, value):
    fact = FactKey("continuity.line_percent", questions=(A,), reading=Reading.COMPUTED)

    assert reader(**answers).value(fact) == value


@pytest.mark.parametrize(("answer", "value"), [("free", "yes"), ("required", None)])
def test_where_no_rule_binds_the_data_rule_is_kept(answer, value):
    fact = FactKey(
        "security.data_rule_met", kind=Kind.CHOICE, choices=("no", "yes"), questions=(A,),
        reading=Reading.COMPUTED,
    )  # fmt: skip

    assert reader(location=answer).value(fact) == value


def test_what_is_needed_to_tell_never_from_unknown_is_asked_for_as_well():
    found = paths_of([key(Reading.MONTHS_SINCE, f"{PLAN}_rehearsed_on")])

    assert {PLAN, f"{PLAN}_rehearsed_on", "/data/connection/second_line"} <= found
