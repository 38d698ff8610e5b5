import pytest
from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.form import FormFaults
from serai.calc.xforms.graph import components

REPEAT = '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>'


def test_rules_run_after_what_they_read():
    form = compile_form(
        xform(
            "<a/><b/><c/>",
            '<bind nodeset="/data/a" calculate="/data/b + 1"/>'
            '<bind nodeset="/data/b" calculate="/data/c * 2" relevant="/data/c != 0"/>',
        )
    )

    order = [(form.specs[rule.spec].name, rule.property) for rule in form.ordered]
    assert order.index(("b", "calculate")) < order.index(("a", "calculate"))
    assert order.index(("b", "relevant")) < order.index(("a", "calculate"))


@pytest.mark.parametrize(
    ("binds", "said"),
    [
        ('<bind nodeset="/data/a" calculate="/data/a + 1"/>', "/data/a (calculate)"),
        (
            '<bind nodeset="/data/a" calculate="/data/b"/>'
            '<bind nodeset="/data/b" calculate="/data/a"/>',
            "/data/a (calculate), /data/b (calculate)",
        ),
        ('<bind nodeset="/data/a" relevant=". = 1"/>', "/data/a (relevant)"),
        (
            '<bind nodeset="/data/g" relevant="/data/g/d = 1"/>',
            "/data/g (relevant)",
        ),
        (
            '<bind nodeset="/data/r/a" calculate="sum(/data/r/a) + /data/r/a"/>',
            "/data/r/a (calculate)",
        ),
        (
            '<bind nodeset="/data/a" calculate="sum(/data/r/a)"/>'
            '<bind nodeset="/data/r/a" calculate="/data/a"/>',
            "/data/a (calculate), /data/r/a (calculate)",
        ),
    ],
)
def test_circles_are_refused_and_named(binds, said):
    with pytest.raises(FormFaults) as caught:
        compile_form(xform("<a/><b/><g><d/></g><r><a/></r>", binds, REPEAT))

    assert [fault.reason for fault in caught.value.faults] == [
        f"These depend on each other: {said}."
    ]


def test_a_running_total_over_entries_is_no_circle():
    total = "/data/r[position() = position(current()/..) - 1]/a"
    form = compile_form(
        xform(
            "<r><a/></r>", f'<bind nodeset="/data/r/a" calculate="coalesce({total}, 0)"/>', REPEAT
        )
    )

    assert form.rules[0].is_crossing


def test_a_constraint_may_read_itself():
    form = compile_form(xform("<a/>", '<bind nodeset="/data/a" constraint=". &gt; 1"/>'))

    assert form.rules == []


def test_components_come_in_the_order_of_dependence():
    edges = {0: {1}, 1: {2}, 2: {1, 3}, 3: set()}

    assert components(4, edges) == [[0], [2, 1], [3]]


def test_components_of_a_long_chain_need_no_recursion():
    count = 5000

    assert len(components(count, {one: {one + 1} for one in range(count - 1)})) == count
