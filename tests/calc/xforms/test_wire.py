import json

import pytest
from tests.calc.xforms.forms import xform
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.state import open_form
from serai.calc.xforms.wire import known_functions, outside_values, section_values, wire

FORM = compile_form(
    xform(
        "<o>5</o><gone>6</gone><s><a>1</a><b/><r><c>2</c></r><d/></s><t><e/></t>",
        '<bind nodeset="/data/gone" relevant="false()"/>'
        '<bind nodeset="/data/s/a" type="int" relevant="/data/o &gt; count(/data/gone)" '
        'constraint=". &lt; 9" jr:constraintMsg="Secret text"/>'
        '<bind nodeset="/data/s/b" calculate="sum(/data/s/r/c) + /data/s/a"/>'
        '<bind nodeset="/data/s/d" calculate="digest(/data/s/a, \'MD5\')"/>'
        '<bind nodeset="/data/t/e" calculate="/data/s/a"/>',
        '<input ref="/data/s/a"><label>Hidden label</label></input>'
        '<repeat nodeset="/data/s/r"><input ref="/data/s/r/c"/></repeat>',
    )
)
STATE = open_form(FORM, {}, None, env(), first=True)


def test_wire_of_a_section():
    assert wire(FORM, "/data/s") == {
        "section": "/data/s",
        "fields": {
            "/data/s": {"type": "string", "group": True},
            "/data/s/a": {
                "type": "int",
                "group": False,
                "kind": "input",
                "relevant": [
                    "bin", ">",
                    ["path", "/", [["child", ["name", "", "data"], []],
                                   ["child", ["name", "", "o"], []]]],
                    ["fn", "count", [["path", "/", [["child", ["name", "", "data"], []],
                                                    ["child", ["name", "", "gone"], []]]]]],
                ],
                "constraint": [
                    "bin", "<", ["path", ".", [["self", ["type", "node", ""], []]]], ["num", 9.0],
                ],
            },
            "/data/s/b": {
                "type": "string",
                "group": False,
                "calculate": [
                    "bin", "+",
                    ["fn", "sum", [["path", "/", [["child", ["name", "", "data"], []],
                                                  ["child", ["name", "", "s"], []],
                                                  ["child", ["name", "", "r"], []],
                                                  ["child", ["name", "", "c"], []]]]]],
                    ["path", "/", [["child", ["name", "", "data"], []],
                                   ["child", ["name", "", "s"], []],
                                   ["child", ["name", "", "a"], []]]],
                ],
            },
            "/data/s/r": {"type": "string", "group": True, "repeat": "/data/s/r"},
            "/data/s/r/c": {
                "type": "string", "group": False, "repeat": "/data/s/r", "kind": "input",
            },
            "/data/s/d": {"type": "string", "group": False},
        },
        "order": [
            ["/data/s/a", "relevant"], ["/data/s/b", "calculate"], ["/data/s/d", "calculate"],
        ],
        "outside": ["/data/gone", "/data/o"],
        "server": [["/data/s/d", "calculate"]],
    }  # fmt: skip


def test_wire_is_json_without_texts():
    written = json.dumps(wire(FORM, "/data/s"))

    assert "Secret text" not in written
    assert "Hidden label" not in written


def test_values_beyond_and_inside_a_section():
    assert outside_values(STATE, "/data/s") == {"/data/gone": [], "/data/o": [["", "5"]]}
    assert outside_values(STATE, "/data/t") == {"/data/s/a": [["", "1"]]}
    key = STATE.entries("/data/s/r")[0]
    assert section_values(STATE, "/data/s/r") == {Ref("/data/s/r/c", key): "2"}


def test_wire_of_no_section():
    with pytest.raises(KeyError):
        wire(FORM, "/data/none")


def test_known_functions_leave_the_heavy_ones_to_the_server():
    names = known_functions()

    assert {"if", "once", "sum", "format-date", "regex"} <= set(names)
    assert not {"digest", "area", "randomize", "id"} & set(names)
