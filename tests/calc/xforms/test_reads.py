import pytest
from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.parser import parse
from serai.calc.xforms.reads import Reader, calls_volatile

FORM = compile_form(
    xform(
        "<a/><g><b/></g><r><c/><d/><s><e/></s></r>",
        body='<repeat nodeset="/data/r"><repeat nodeset="/data/r/s"/></repeat>',
    )
)


def reading(expression, path):
    spec = FORM.by_path[path]
    return Reader(FORM, spec, FORM.chain(spec)).read(parse(expression))


@pytest.mark.parametrize(
    ("expression", "path", "expected"),
    [
        ("/data/a + 1", "/data/g/b", {"/data/a": False}),
        ("../c", "/data/r/d", {"/data/r/c": False}),
        ("/data/r/c", "/data/r/d", {"/data/r/c": False}),
        ("/data/r/c", "/data/a", {"/data/r/c": False}),
        ("../../r/c", "/data/r/d", {"/data/r/c": True}),
        ("/data/r[1]/c", "/data/r/d", {"/data/r/c": True}),
        ("count(/data/r)", "/data/r/d", {"/data/r": True}),
        ("indexed-repeat(/data/r/c, /data/r, 1)", "/data/r/d",
         {"/data/r": True, "/data/r/c": True}),
        ("/data/r/s/e", "/data/r/d", {"/data/r/s/e": False}),
        ("../preceding-sibling::r/c", "/data/r/d", {"/data/r/c": True}),
        ("position(..)", "/data/r/d", {}),
        ("concat(/data/g)", "/data/a", {"/data/g": False, "/data/g/b": False}),
        ("/data/g = 'x'", "/data/a", {"/data/g": False, "/data/g/b": False}),
        ("boolean(/data/g) and /data/g", "/data/a", {"/data/g": False}),
        ("sum(/data/r/s)", "/data/a", {"/data/r/s": False, "/data/r/s/e": False}),
        ("indexed-repeat(/data/r/c, /data/r, /data/a)", "/data/g/b",
         {"/data/r/c": True, "/data/r": False, "/data/a": False}),
        ("//e", "/data/a", {"/data/r/s/e": False}),
        ("/data/*", "/data/g/b", {"/data/a": False, "/data/g": False, "/data/r": False}),
        ("/data/g/ancestor::data", "/data/a", {"/data": False}),
        ("/data/r[c = /data/a]/d", "/data/g/b",
         {"/data/r/c": False, "/data/a": False, "/data/r/d": False}),
        ("if(/data/a, /data/g/b, 1)", "/data/r/c", {"/data/a": False, "/data/g/b": False}),
        ("string()", "/data/a", {"/data/a": False}),
        ("/data/a/@x", "/data/a", {}),
        ("current()/../c", "/data/r/d", {"/data/r/c": False}),
        ("(/data/a | /data/g/b)[1]", "/data/r/d", {"/data/a": False, "/data/g/b": False}),
    ],
)  # fmt: skip
def test_reads(expression, path, expected):
    found = reading(expression, path)

    assert {FORM.specs[spec].path: other for spec, other in found.specs.items()} == expected


@pytest.mark.parametrize(
    ("expression", "unknown"),
    [
        ("/data/none/a", ["/data/none"]),
        ("../none", ["./…/none"]),
        ("instance('x')/list/item", []),
        ("/none", ["/none"]),
    ],
)
def test_unknown_paths_are_named(expression, unknown):
    assert reading(expression, "/data/a").unknown == unknown


def test_functions_are_gathered():
    assert reading("concat(now(), if(1, 2, 3))", "/data/a").functions == {"concat", "now", "if"}


def test_calls_volatile():
    assert calls_volatile({"concat", "uuid"})
    assert not calls_volatile({"concat", "explode"})
