import pytest
from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.form import Control, FormFault, FormFaults, says_nothing


def test_faults_are_said_one_a_line():
    faults = FormFaults([FormFault("/data/a", "wrong."), FormFault("", "also wrong.")])

    assert str(faults) == "/data/a: wrong.\nalso wrong."


@pytest.mark.parametrize(
    ("mark", "is_yes"),
    [("", False), ("no", False), ("False", False), ("0", False), ("yes", True), ("TRUE", True)],
)
def test_a_choice_is_marked_by_any_word_but_a_no(mark, is_yes):
    assert says_nothing(mark) is is_yes


def test_with_aliases_puts_the_newer_name_first():
    control = Control("select1", 0, ("minimal", "search"))

    assert control.with_aliases() == ("minimal", "autocomplete", "search")


def test_spec_is_found_by_its_path():
    form = compile_form(xform("<g><a/></g>"))

    assert form.spec("/data/g/a").name == "a"
    assert form.spec("/data/g").is_group
    with pytest.raises(KeyError):
        form.spec("/data/none")


def test_digest_names_the_very_form():
    one, other = compile_form(xform("<a/>")), compile_form(xform("<b/>"))

    assert one.digest == compile_form(xform("<a/>")).digest
    assert one.digest != other.digest
