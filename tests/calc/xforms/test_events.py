from dataclasses import replace

import pytest
from tests.calc.xforms.forms import opened, xform
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.state import open_form


@pytest.mark.parametrize(
    ("preload", "text"),
    [
        ('jr:preload="date" jr:preloadParams="today"', "2026-11-22"),
        ('jr:preload="timestamp" jr:preloadParams="start"', "2026-11-22T00:06:03.000-07:00"),
        ('jr:preload="property" jr:preloadParams="username"', "nino"),
        ('jr:preload="property" jr:preloadParams="none"', ""),
        ('jr:preload="uid"', "uuid:6513270e-269e-4d37-b2a7-4de452e6b438"),
        ('jr:preload="patient"', "default"),
    ],
)
def test_preload(preload, text):
    state = opened(
        "<a>default</a>", f'<bind nodeset="/data/a" {preload}/>', user={"username": "nino"}
    )

    assert state.value(Ref("/data/a")) == text


def test_reopening_keeps_preloads_and_first_load_values():
    form = compile_form(
        xform(
            "<a/><b/><c/>",
            '<bind nodeset="/data/a" jr:preload="uid"/>',
            '<setvalue event="odk-instance-first-load" ref="/data/b" value="1 + 1"/>'
            '<setvalue event="odk-instance-first-load odk-instance-load" ref="/data/c">x</setvalue>',
        )
    )
    answers = {Ref("/data/a"): "mine", Ref("/data/b"): "3"}

    state = open_form(form, answers, None, env(), first=False)

    assert state.answers() == {Ref("/data/a"): "mine", Ref("/data/b"): "3", Ref("/data/c"): "x"}


def test_new_entries_run_their_own_actions_only():
    state = opened(
        "<n>0</n><r><a/></r>",
        "",
        '<repeat nodeset="/data/r"><setvalue event="odk-new-repeat" ref="/data/r/a" '
        'value="position(..) * 10"/><input ref="/data/r/a"/></repeat>',
    )

    state.add_entry("/data/r")
    delta = state.add_entry("/data/r")

    third = state.entries("/data/r")[2]
    assert [text for ref, text in state.answers().items() if ref.path == "/data/r/a"] == [
        "20",
        "30",
    ]
    assert delta.values == {Ref("/data/r/a", third): "30"}


def test_entries_that_a_count_makes_run_their_actions():
    state = opened(
        "<n>0</n><r jr:template=''><a/></r>",
        "",
        '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n">'
        '<setvalue event="odk-new-repeat" ref="/data/r/a">new</setvalue></repeat>',
    )

    state.set(Ref("/data/n"), "2")

    assert [text for ref, text in state.answers().items() if ref.path == "/data/r/a"] == ["new"] * 2


def test_setvalue_takes_types_and_is_no_change_of_a_person():
    state = opened(
        "<a/><b/><c/>",
        '<bind nodeset="/data/b" type="int"/>',
        '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b" value="7 div 2"/>'
        '</input><input ref="/data/b"><setvalue event="xforms-value-changed" ref="/data/c">x</setvalue>'
        "</input>",
    )

    state.set(Ref("/data/a"), "go")

    assert (state.value(Ref("/data/b")), state.value(Ref("/data/c"))) == ("3", "")


def test_a_failing_action_is_noted():
    state = opened(
        "<a/>", "", '<setvalue event="odk-instance-load" ref="/data/a" value="explode()"/>'
    )

    assert state.flow.failures == {("/data/a", "setvalue"): "There is no function explode()."}


def test_attributes_can_be_set_and_read():
    state = opened(
        '<a x="0"/><b/>',
        '<bind nodeset="/data/b" calculate="/data/a/@x"/>',
        '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/a/@x" value="5"/></input>',
    )

    state.set(Ref("/data/a"), "go")

    assert state.value(Ref("/data/b")) == "5"


def test_now_is_the_time_of_the_change():
    state = opened(
        "<a/><b/>",
        "",
        '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b" value="now()"/></input>',
    )

    state.use(replace(env(), now=env().now.replace(year=2027)))
    state.set(Ref("/data/a"), "go")

    assert state.value(Ref("/data/b")) == "2027-11-22T00:06:03.000-07:00"
