import json

import pytest
from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.wire import MAX_LIST_CELLS, wire

FORM = compile_form(
    xform(
        "<o>5</o><gone>6</gone><s><a>1</a><b/><r><c>2</c></r><d/></s><t><e/></t><far/><back/>",
        '<bind nodeset="/data/gone" relevant="false()"/>'
        '<bind nodeset="/data/s/a" type="int" relevant="/data/o &gt; count(/data/gone)" '
        'constraint=". &lt; 9" jr:constraintMsg="Secret text"/>'
        '<bind nodeset="/data/s/b" calculate="sum(/data/s/r/c) + /data/s/a" relevant="/data/back = 1"/>'
        '<bind nodeset="/data/s/d" calculate="digest(/data/s/a, \'MD5\')"/>'
        '<bind nodeset="/data/t/e" calculate="/data/s/a"/>'
        '<bind nodeset="/data/far" calculate="/data/s/a"/>'
        '<bind nodeset="/data/back" calculate="/data/far + 1"/>',
        '<input ref="/data/s/a"><label>Hidden label</label></input>'
        '<repeat nodeset="/data/s/r"><input ref="/data/s/r/c"/></repeat>',
    )
)


def listed(rows: int, filtered: str = "[g = /data/a]"):
    items = "".join(
        f"<item><name>n{one}</name><g>1</g><long>x</long></item>" for one in range(rows)
    )
    return compile_form(
        xform(
            "<a/><b/>",
            f'<instance id="list"><rows>{items}</rows></instance>',
            '<input ref="/data/a"/><select1 ref="/data/b">'
            f"<itemset nodeset=\"instance('list')/rows/item{filtered}\"><value ref=\"name\"/></itemset></select1>",
        )
    )  # fmt: skip


def test_wire_of_a_section():
    logic = wire(FORM, "/data/s")

    assert logic.json == {
        "fields": [
            ["data", -1, "string"], ["o", 0, "string"], ["gone", 0, "string"], ["s", 0, "string"],
            ["a", 3, "int"], ["b", 3, "string"], ["r", 3, "repeat"], ["c", 6, "string"],
            ["d", 3, "string"], ["far", 0, "string"], ["back", 0, "string"],
        ],
        "stages": [
            [[], [0, 1, 2], [4, "relevant", ["<", ["count", ["$", 2, 0]], ["$", 1, 0]]]],
            [[], [0, 3, 4, 6, 7], [5, "value", ["+", ["sum", ["$", 7, 0]], ["$", 4, 0]]]],
            [[], [0, 3, 4], [9, "value", ["$", 4, 0]]],
            [[], [0, 9], [10, "value", ["+", ["$", 9, 0], 1]]],
            [[], [0, 10], [5, "relevant", ["=", ["$", 10, 0], 1]]],
            [[], [4], [4, "constraint", ["<", ["$", 4, 0], 9]]],
        ],
    }  # fmt: skip
    assert logic.server == (("/data/s/d", "calculate"),)


def test_wire_is_json_without_texts():
    written = json.dumps(wire(FORM, "/data/s").json)

    assert "Secret text" not in written
    assert "Hidden label" not in written


def test_wire_of_no_section():
    with pytest.raises(KeyError):
        wire(FORM, "/data/none")


def test_a_small_list_comes_along_with_the_columns_in_use():
    logic = wire(listed(2), "/data")

    assert logic.json["lists"] == [
        ["list", [["rows", [
            ["item", [["name", "n0"], ["g", "1"]]], ["item", [["name", "n1"], ["g", "1"]]],
        ]]]],
    ]  # fmt: skip
    assert logic.server == ()


@pytest.mark.parametrize("rows", [MAX_LIST_CELLS // 2, MAX_LIST_CELLS // 2 + 1])
def test_a_large_list_stays_with_the_server(rows):
    logic = wire(listed(rows), "/data")

    assert (logic.server == ()) is (rows * 2 <= MAX_LIST_CELLS)
    assert ("lists" in logic.json) is (rows * 2 <= MAX_LIST_CELLS)


def test_a_list_that_nothing_filters_is_not_sent():
    logic = wire(listed(3, ""), "/data")

    assert "lists" not in logic.json
    assert logic.json["stages"] == []
    assert logic.server == ()


def test_what_changes_by_itself_in_entries_is_the_servers():
    form = compile_form(
        xform(
            "<t/><r><a/></r>",
            '<bind nodeset="/data/t" calculate="today()"/><bind nodeset="/data/r/a" calculate="now()"/>',
            '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>',
        )
    )

    assert wire(form, "/data").server == (("/data/r/a", "calculate"),)


@pytest.mark.parametrize(
    ("entries", "is_known"),
    [("<r jr:template=''><a>x</a></r><r><a>x</a></r>", True),
     ("<r jr:template=''><a>x</a></r><r><a>y</a></r>", False)],
)  # fmt: skip
def test_a_count_is_known_where_all_entries_begin_alike(entries, is_known):
    form = compile_form(
        xform(
            f"<n/>{entries}", "",
            '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>',
        )
    )  # fmt: skip

    logic = wire(form, "/data")

    assert logic.json["fields"][3] == ["a", 2, "string", "x"]
    assert (logic.server == ()) is is_known


def test_a_setvalue_on_change_is_the_servers():
    form = compile_form(
        xform(
            "<a/><b/>", "",
            '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b" value="1"/></input>',
        )
    )  # fmt: skip

    assert wire(form, "/data").server == (("/data/b", "value"),)


ALONE = {"/data/s", "/data/s/a", "/data/s/b", "/data/s/r", "/data/s/r/c", "/data/s/d"}


def test_alone_a_section_knows_what_its_own_expressions_read_and_no_way_to_it():
    logic = wire(FORM, "/data/s", alone=ALONE)

    names = [name for name, *_rest in logic.json["fields"]]
    assert names == ["data", "o", "gone", "s", "a", "b", "r", "c", "d", "back"]
    ruled = {names[rule[0]] for stage in logic.json["stages"] for rule in stage[2:]}
    assert ruled == {"a", "b"}
    assert logic.server == (("/data/s/d", "calculate"), ("/data/back", "calculate"))


def test_alone_loose_questions_know_no_more_than_they_read():
    logic = wire(FORM, "/data", alone={"/data/back"})

    assert [name for name, *_rest in logic.json["fields"]] == ["data", "far", "back"]
