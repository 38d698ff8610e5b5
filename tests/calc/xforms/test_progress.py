import pytest
from tests.calc.xforms.forms import opened

from serai.calc.xforms.check import check
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.progress import Completeness, Progress, completeness

ITEMS = (
    "<item><label>Yes</label><value>yes</value></item>"
    '<item no_information="true"><label>Not known</label><value>nk</value></item>'
)


def state_of(**texts):
    state = opened(
        "<s><a/><b/><c/></s><t><d/><e/></t><note/><calc/>",
        '<bind nodeset="/data/s/a" serai:weight="2" required="true()"/>'
        '<bind nodeset="/data/s/c" constraint=". &gt; 1"/>'
        '<bind nodeset="/data/t" relevant="/data/s/a = 1"/>'
        '<bind nodeset="/data/note" readonly="true()"/><bind nodeset="/data/calc" calculate="1"/>',
        '<input ref="/data/s/a"/><input ref="/data/s/b"/><input ref="/data/s/c"/>'
        f'<select1 ref="/data/t/d">{ITEMS}</select1><input ref="/data/t/e"/>'
        '<input ref="/data/note"/><input ref="/data/calc"/>',
    )
    for name, text in texts.items():
        state.set(Ref("/data/" + name.replace("_", "/")), text)
    return state


def test_worked_example_of_weights_two_one_one():
    state = state_of(s_a="7")

    found = completeness(state, [], reasons=[Ref("/data/s/b")], within="/data/s")

    assert found == Completeness(
        0.75, 0.5, Progress.REQUIRED_DONE, (Ref("/data/s/b"), Ref("/data/s/c"))
    )


def test_broken_and_uninformative_answers_are_complete_but_not_sufficient():
    state = state_of(s_a="1", s_b="x", s_c="0", t_d="nk")

    found = completeness(state, check(state))

    assert found == Completeness(
        5 / 6, 3 / 6, Progress.REQUIRED_DONE,
        (Ref("/data/s/c"), Ref("/data/t/d"), Ref("/data/t/e")),
    )  # fmt: skip


def test_nothing_asked_is_not_applicable_rather_than_zero():
    assert completeness(state_of(), [], within="/data/t") == Completeness(
        None, None, Progress.NOT_APPLICABLE, ()
    )


@pytest.mark.parametrize(
    ("texts", "is_visited", "progress"),
    [
        ({}, False, Progress.NOT_VISITED),
        ({}, True, Progress.UNANSWERED),
        ({"s_b": "x"}, True, Progress.REQUIRED_MISSING),
        ({"s_a": "7"}, True, Progress.REQUIRED_DONE),
        ({"s_a": "7", "s_b": "x", "s_c": "2"}, True, Progress.ALL_ANSWERED),
    ],
)
def test_progress_of_a_section(texts, is_visited, progress):
    found = completeness(state_of(**texts), [], within="/data/s", is_visited=is_visited)

    assert found.progress == progress


def test_callers_may_pass_weights_and_ask_for_one_entry():
    state = opened(
        "<r><a>1</a><b/></r><r><a/><b/></r>",
        "",
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/><input ref="/data/r/b"/></repeat>',
    )
    first, second = state.entries("/data/r")
    weights = {"/data/r/a": 3.0}

    assert completeness(state, [], entry=first, weights=weights).completeness == 0.75
    assert completeness(state, [], entry=second, weights=weights).completeness == 0.0
    assert completeness(state, [], weights=weights).completeness == 3 / 8
    assert (
        completeness(state, [], entry=first, weights={"/data/r/a": 0, "/data/r/b": 0}).sufficiency
        is None
    )
