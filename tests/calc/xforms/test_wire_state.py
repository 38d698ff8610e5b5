from dataclasses import replace
from datetime import UTC, datetime

from tests.calc.xforms.forms import opened
from tests.calc.xforms.test_wire import FORM
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.flow import Ref
from serai.calc.xforms.state import open_form
from serai.calc.xforms.wire import wire
from serai.calc.xforms.wire_state import section_values, server_results, wire_state

AT_NOON = replace(env(), now=datetime(2026, 11, 22, 12, tzinfo=UTC))
STATE = open_form(FORM, {}, None, AT_NOON, first=True)
KEY = STATE.entries("/data/s/r")[0]
MD5_OF_1 = "xMpCOKC5I4INzFCab3WEmw=="


def test_state_of_a_section_says_what_it_does_not_work_out():
    assert wire_state(STATE, wire(FORM, "/data/s")) == {
        "now": 1795348800000.0,
        "zone": "America/Phoenix",
        "entries": [[6, "", KEY]],
        "results": [
            [1, "", "value", "5"],
            [2, "", "value", "6"],
            [2, "", "relevant", False],
            [4, "", "value", "1"],
            [5, "", "value", "3"],
            [8, "", "value", MD5_OF_1],
            [9, "", "value", "1"],
            [10, "", "value", "2"],
            [7, KEY, "value", "2"],
        ],
    }


def test_results_of_the_server():
    assert server_results(STATE, wire(FORM, "/data/s")) == [["/data/s/d", "", "value", MD5_OF_1]]
    assert server_results(STATE, wire(FORM, "/data/t")) == []


def test_names_of_the_calendar_begin_with_sunday_and_come_only_where_needed():
    state = opened("<a/>", '<bind nodeset="/data/a" calculate="format-date(today(), \'%a\')"/>')

    found = wire_state(state, wire(state.form, "/data"))

    assert found["weekdays"] == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    assert found["months"][0] == "Jan"


def test_entries_that_a_count_hides_come_last_and_say_so():
    state = opened(
        "<n>2</n><r jr:template=''><a/></r>", "",
        '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>',
    )  # fmt: skip
    first, second = state.entries("/data/r")
    state.set(Ref("/data/n"), "1")
    logic = wire(state.form, "/data")

    assert wire_state(state, logic)["entries"] == [[2, "", first], [2, "", second, 1]]


def test_a_count_of_the_server_stands_at_the_entry_around_its_repeat():
    state = opened(
        "<n>2</n><r jr:template=''><a>x</a></r><r><a>y</a></r>", "",
        '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>',
    )  # fmt: skip

    assert server_results(state, wire(state.form, "/data")) == [["/data/r", "", "count", 2]]


def test_values_inside_a_section():
    assert section_values(STATE, "/data/s/r") == {Ref("/data/s/r/c", KEY): "2"}
