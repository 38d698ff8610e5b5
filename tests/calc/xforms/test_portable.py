import json

import pytest
from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.parser import parse
from serai.calc.xforms.portable import SERVER_ONLY, LeftToServer, Writer, known_functions

FORM = compile_form(
    xform(
        "<a/><r><b/><s><c/></s></r>",
        '<instance id="list"><root><item><name>x</name><g>1</g></item></root></instance>',
        '<input ref="/data/a"/><repeat nodeset="/data/r"><input ref="/data/r/b"/>'
        '<repeat nodeset="/data/r/s"><input ref="/data/r/s/c"/></repeat></repeat>',
    )
)
INDEX = {spec.index: spec.index for spec in FORM.specs}
A, R, B, S, C = (FORM.by_path[path] for path in
                 ("/data/a", "/data/r", "/data/r/b", "/data/r/s", "/data/r/s/c"))  # fmt: skip


def written(expression: str, context: int = B):
    return Writer(FORM, INDEX, context).write(parse(expression))


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        ("1.5", 1.5),
        ("2.0", 2),
        ("'x'", "x"),
        ("-1", ["*", -1, 1]),
        ("1 > 2", ["<", 2, 1]),
        ("1 and 2 and 3", ["and", 1, 2, 3]),
        ("true()", True),
        ("not(1)", ["if", 1, False, True]),
        ("concat(1, 2)", ["join", "", 1, 2]),
        ("ceiling(1)", ["ceil", 1]),
        ("string-length()", ["string-length", ["/", 1]]),
        ("once(1)", ["coalesce", ["/", 1], 1]),
        ("checklist(1, -1, 2)", ["weighted-checklist", 1, ["*", -1, 1], 2, 1]),
        ("boolean-from-string(1)",
         ["or", ["=", ["coalesce", 1, ""], "1"], ["=", ["coalesce", 1, ""], "true"]]),
        ("count-non-empty(/data/r/b)", ["count", ["[", ["$", B, 0], ["coalesce", ["/", 1], ""]]]),
        # Static paths: the own entry, the one around, all of them.
        ("../b", ["$", B, 0]),
        ("/data/a", ["$", A, 1]),
        ("sum(/data/r/s/c)", ["sum", ["$", C, 0]]),
        # Others are walked.
        ("/data/r[b = 1]/b", ["/", 0, "data", ["r", ["=", ["/", 1, "b"], 1]], "b"]),
        ("../preceding-sibling::r[1]", ["/", 1, "parent::node()", ["preceding-sibling::r", 1]]),
        ("indexed-repeat(/data/r/b, /data/r, 2)",
         ["/", ["[", ["$", R, 1], ["=", ["position", ["/", 1]], ["*", 1, 2]]], "b"]),
        ("pulldata('list', 'name', 'g', /data/a)",
         ["coalesce", ["/", ["instance", "list"], "root",
                       ["item", ["=", ["/", 1, "g"], ["coalesce", ["$", A, 1], ""]], 1], "name"], ""]),
    ],
)  # fmt: skip
def test_expressions_as_json(expression, tree):
    found = written(expression)

    assert found == tree
    assert json.loads(json.dumps(found)) == tree


@pytest.mark.parametrize(
    "expression",
    [
        "digest(1, 'MD5')", "uuid()", "random()", "nothing()", "round()", "@id", "text()",
        "following::b", "//node()", "orx:b", "count('text')", "('text')[1]", "'text' | ..",
        "instance('none')/root", "instance(/data/a)/root", "pulldata('list', '@name', 'g', 1)",
        "pulldata('list', 'name', 'g', position())", "indexed-repeat(/data/r/b, /data/r, position())",
        "indexed-repeat(/data/r/b, /data/r/s, 1)",
    ],
)  # fmt: skip
def test_what_is_left_to_the_server(expression):
    with pytest.raises(LeftToServer):
        written(expression)


def test_known_functions_leave_the_heavy_ones_and_chance_to_the_server():
    names = known_functions()

    assert {"if", "once", "sum", "format-date", "regex"} <= set(names)
    assert not SERVER_ONLY & set(names)
