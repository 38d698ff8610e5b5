import pytest
from tests.calc.xforms.forms import opened

from serai.calc.xforms.flow import Ref
from serai.calc.xforms.parser import parse
from serai.calc.xforms.paths import FormCompiler

STATE = opened(
    "<a>1</a><g><b>2</b></g><r><c>3</c><s><e>5</e></s><s><e>6</e></s></r><r><c>4</c><s><e>7</e></s></r>"
    "<twin>x</twin><twin>y</twin><gone>8</gone>",
    '<bind nodeset="/data/gone" relevant="false()"/>',
    '<repeat nodeset="/data/r"><repeat nodeset="/data/r/s"/></repeat>',
)


def got(expression, path="/data/a", entry="", gives="nodes"):
    cell = STATE.cell(Ref(path, entry))
    compiler = FormCompiler(STATE.form, cell.spec.index)
    found = getattr(compiler, gives)(parse(expression))(STATE.focus(cell))
    return [node.string() for node in found] if gives == "nodes" else found


SECOND = STATE.entries("/data/r")[1]


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("/data/g/b", ["2"]),
        ("../g/b", ["2"]),
        ("/data/r/c", ["3", "4"]),
        ("/data/r/s/e", ["5", "6", "7"]),
        ("/data/r[2]/s/e", ["7"]),
        ("/data/twin", ["x", "y"]),
        ("/data/gone", []),
        ("/data/r/c[. > 3]", ["4"]),
        ("/data/none", []),
    ],
)
def test_paths_from_outside(expression, texts):
    assert got(expression) == texts


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("/data/r/c", ["4"]),
        ("../c", ["4"]),
        ("../../r/c", ["3", "4"]),
        ("/data/r/s/e", ["7"]),
        ("/data/a", ["1"]),
        ("indexed-repeat(/data/r/c, /data/r, 1)", ["3"]),
        ("/data/r[c = current()]/s/e", ["7"]),
    ],
)
def test_paths_from_the_second_entry(expression, texts):
    assert got(expression, "/data/r/c", SECOND) == texts


def test_absent_cells_are_empty_not_a_number_and_unequal_to_all():
    assert got("/data/gone", gives="text") == ""
    assert str(got("/data/gone", gives="number")) == "nan"
    assert got("/data/gone = ''", gives="truth") is False
    assert got("/data/gone != '8'", gives="truth") is False


def test_cells_compare_with_texts_and_numbers_from_either_side():
    assert got("/data/a = 1", gives="truth") is True
    assert got("'1' = /data/a", gives="truth") is True
    assert got("/data/a != 1", gives="truth") is False
    assert got("/data/a = true()", gives="truth") is True


@pytest.mark.parametrize("filter_", ["[name = /data/a]", "['1' = name]", "[name = /data/a][1]"])
def test_rows_of_lists_are_looked_up(filter_):
    state = opened(
        "<a>1</a><b/>",
        '<instance id="l"><list><item><name>0</name><v>no</v></item><item><name>1</name><v>yes</v>'
        "</item></list></instance>"
        f'<bind nodeset="/data/b" calculate="instance(\'l\')/list/item{filter_}/v"/>',
    )

    assert state.value(Ref("/data/b")) == "yes"
    assert len(state.form.lists) == 1


def test_rows_are_not_found_by_an_absent_answer():
    state = opened(
        "<a>1</a><b/>",
        '<instance id="l"><list><item><name>1</name></item></list></instance>'
        '<bind nodeset="/data/a" relevant="false()"/>'
        '<bind nodeset="/data/b" calculate="count(instance(\'l\')/list/item[name = /data/a])"/>',
    )

    assert state.value(Ref("/data/b")) == "0"


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("/data/text()", []),
        ("/data/*[1]", ["1"]),
        ("/data/self::node()/a", ["1"]),
        ("/data/r[c = 3]/c", ["3"]),
        ("/data/twin[. = 'y']", ["y"]),
        ("/data/jr:a", []),
        ("/node()/a", ["1"]),
        ("/data/*/b", ["2"]),
        ("/data/g/../a", ["1"]),
        ("/data/r/following-sibling::twin", ["x", "y"]),
    ],
)
def test_what_only_walking_can_tell(expression, texts):
    assert got(expression) == texts
