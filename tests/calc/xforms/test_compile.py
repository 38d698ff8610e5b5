import pytest
from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.form import FormFault, FormFaults


def test_all_faults_are_named_at_once():
    with pytest.raises(FormFaults) as caught:
        compile_form(
            xform(
                "<a/><b/>",
                '<bind nodeset="/data/a" relevant="1 +" constraint="(" />'
                '<bind nodeset="/data/b" calculate="/data/b"/>',
                '<input ref="/data/a"><setvalue ref="/data/b" value="$x"/></input>',
            )
        )

    assert caught.value.faults == (
        FormFault("/data/a", "Character 1 of “$x”: variables are not supported."),
        FormFault("/data/a", "relevant: Character 4 of “1 +”: the expression stops in the middle."),
        FormFault("/data/a", "constraint: Character 2 of “(”: the expression stops in the middle."),
        FormFault("/data/b", "These depend on each other: /data/b (calculate)."),
    )


def test_bytes_are_taken_too():
    assert compile_form(xform("<a/>").encode()).title == "Test"


def test_rules_know_what_they_are():
    form = compile_form(
        xform(
            "<a/><b/><r><c/></r>",
            '<bind nodeset="/data/a" calculate="now()"/>'
            '<bind nodeset="/data/b" calculate="once(uuid())"/>'
            '<bind nodeset="/data/r/c" calculate="jr:itext(\'x\')" required="position(..) = 1"/>',
            '<repeat nodeset="/data/r"/>',
        )
    )

    assert [(rule.is_volatile, rule.uses_texts, bool(rule.orders))
            for rule in form.rules] == [
        (True, False, False), (True, False, False),
        (False, False, True), (False, True, False),
    ]  # fmt: skip
