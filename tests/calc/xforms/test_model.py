import pytest
from tests.calc.xforms.forms import opened, xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.form import FormFault, FormFaults
from serai.calc.xforms.model import all_named, child
from serai.calc.xforms.tree import parse_xml, root_element


def test_specs_follow_the_instance_and_repeats_have_frames_of_their_own():
    form = compile_form(
        xform(
            "<a/><g><b/></g><r><c/><s><d/></s></r>",
            body='<repeat nodeset="/data/r"><repeat nodeset="/data/r/s"/></repeat>',
        )
    )

    assert [spec.path for spec in form.specs] == [
        "/data", "/data/a", "/data/g", "/data/g/b", "/data/r", "/data/r/c", "/data/r/s",
        "/data/r/s/d",
    ]  # fmt: skip
    assert [(spec.repeat, spec.slot) for spec in form.specs] == [
        (-1, 0), (-1, 1), (-1, 2), (-1, 3), (0, 0), (0, 1), (1, 0), (1, 1),
    ]  # fmt: skip
    assert form.chain(form.by_path["/data/r/s/d"]) == (0, 1)
    assert (form.title, form.form_id, form.version) == ("Test", "test", "1")


def test_binds_give_type_weight_and_messages():
    form = compile_form(
        xform(
            "<a/><orx:m/>",
            '<bind nodeset="/data/a" type="xsd:int" serai:weight="2" jr:constraintMsg="No!"/>'
            '<bind nodeset="/data/orx:m" type="odd"/>',
        )
    )

    assert (form.spec("/data/a").type, form.spec("/data/a").weight) == ("int", 2.0)
    assert form.spec("/data/a").messages == {"constraint": "No!"}
    assert form.spec("/data/m").type == "string"


def test_problems_are_named_with_their_path():
    form = compile_form(
        xform(
            "<a/>",
            '<bind nodeset="/data/b"/><bind nodeset="/data/a" serai:weight="much"/>'
            '<instance id="x" src="jr://file-csv/x.csv"/><instance id="x"><r/></instance>'
            '<submission base64RsaPublicKey="k"/>',
            '<repeat nodeset="/data/none"/>',
        )
    )

    assert form.problems == [
        FormFault("", "Encrypted submissions are not supported."),
        FormFault("/data/none", "The repeat's node is not in the instance."),
        FormFault("", "The file x.csv of the list “x” is missing."),
        FormFault("", "Two instances are called “x”."),
        FormFault("/data/b", "The bind's node is not in the instance."),
        FormFault("/data/a", "The weight “much” is not a number."),
        FormFault("/data/none", "The repeat's node is not in the instance."),
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<h:html xmlns:h='x'><h:head/></h:html>", "The form has no model."),
        ("<html><head><model/></head></html>", "The model has no primary instance."),
        ("<html>", "Line 1, column 6: no element found."),
    ],
)
def test_what_is_no_form_is_refused(source, reason):
    with pytest.raises(FormFaults) as caught:
        compile_form(source)

    assert caught.value.faults == (FormFault("", reason),)


LIST = "instance('c')/root"  # what a list from a CSV file stands in


def test_lists_come_from_files():
    instances = (
        '<instance id="c" src="jr://file-csv/c.csv"/><instance id="x" src="jr://file/x.xml"/>'
    )
    binds = f'<bind nodeset="/data/a" calculate="{LIST}/item[name = \'ge\']/label"/>'
    form = compile_form(
        xform("<a/><b/>", instances + binds),
        {"c.csv": "\ufeffname,label\nge,Georgia\naz,\n", "x.xml": "<root><item/></root>"},
    )

    assert [one.string() for one in form.instances["c"].children[0].children] == [
        "geGeorgia", "az",
    ]  # fmt: skip
    assert len(form.instances["x"].elements()) == 1


def test_a_broken_list_is_a_problem():
    form = compile_form(
        xform("<a/>", '<instance id="x" src="jr://file/x.xml"/>'), {"x.xml": "<root>"}
    )

    assert form.problems[0].reason.startswith("The file x.xml of the list “x”: Line 1")


def test_entries_take_defaults_by_position_then_from_the_template():
    state = opened(
        "<n>3</n><r jr:template=''><a>t</a></r><r><a>1</a></r><r><a>2</a><odd/></r>",
        body='<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>',
    )

    assert [cell.text for cell in state.cells() if cell.name == "a"] == ["1", "2", "t"]
    assert state.form.problems == [
        FormFault("/data/r/odd", "Only some entries of the repeat have it.")
    ]


def test_inner_entries_are_read_too():
    state = opened(
        "<r><s><a>1</a></s><s><a>2</a></s></r><r><s><a>3</a></s><s jr:template=''><a>9</a></s></r>",
        body='<repeat nodeset="/data/r"><repeat nodeset="/data/r/s"><input ref="/data/r/s/a"/></repeat></repeat>',
    )

    assert [cell.text for cell in state.cells() if cell.name == "a"] == ["1", "2", "3"]


def test_child_and_all_named():
    root = root_element(parse_xml("<a><b/><c/><b/></a>"))

    assert child(root, "c") is root.elements()[1]
    assert child(None, "c") is None
    assert len(all_named(root, "b")) == 2
