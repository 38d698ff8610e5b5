from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.expressions import controls, expressions, output_texts, parts
from serai.calc.xforms.parser import parse


def test_expressions_of_a_whole_form():
    form = compile_form(
        xform(
            "<a/><r><b/></r>",
            '<bind nodeset="/data/a" relevant="1" constraint="2" calculate="3"/>',
            '<select1 ref="/data/a"><label>L <output value="4"/> <output value="("/></label>'
            '<hint><output ref="/data/a"/></hint>'
            '<item><label><output value="5"/></label><value>v</value></item>'
            '<itemset nodeset="/data/r"><value ref="b"/></itemset>'
            '<setvalue ref="/data/a" event="xforms-value-changed" value="6"/></select1>'
            '<repeat nodeset="/data/r" jr:count="7"><input ref="/data/r/b"/></repeat>',
        )
    )

    found = [
        (form.specs[said.spec].path, said.property, said.tree[:2]) for said in expressions(form)
    ]
    assert found == [
        ("/data/a", "relevant", ("num", 1.0)),
        ("/data/a", "constraint", ("num", 2.0)),
        ("/data/a", "calculate", ("num", 3.0)),
        ("/data/r", "jr:count", ("num", 7.0)),
        ("/data/a", "choices", ("path", "/")),
        ("/data/a", "label", ("num", 4.0)),
        ("/data/a", "hint", ("path", "/")),
        ("/data/a", "choice", ("num", 5.0)),
        ("/data/a", "setvalue", ("num", 6.0)),
    ]
    assert [control.kind for control in controls(form)] == ["select1", "repeat", "input"]
    assert output_texts(form.controls[0].label.node) == ["4", "("]


def test_parts_reach_everything_inside():
    tree = parse("f(1)[2]/a[3] + -(/b[4])")

    assert sorted(one[1] for one in parts(tree) if one[0] == "num") == [1.0, 2.0, 3.0, 4.0]
