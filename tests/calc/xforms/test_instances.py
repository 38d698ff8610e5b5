import pytest
from tests.calc.xforms.forms import xform
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import EntryAt, Ref
from serai.calc.xforms.instances import NotThisForm, read_instance, write_instance
from serai.calc.xforms.state import open_form
from serai.calc.xforms.tree import BadXml

FORM = compile_form(
    xform(
        "<a/><r jr:template=''><b/><s><c/></s></r><hidden/><orx:meta><orx:instanceID/></orx:meta>",
        '<bind nodeset="/data/hidden" relevant="/data/a = 1"/>',
        '<repeat nodeset="/data/r"><repeat nodeset="/data/r/s"/></repeat>',
    )
)
XML = (
    '<data id="test" version="2" xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa">'
    "<a>x &amp; y</a><r jr:template=''><b>t</b></r><r><b>1</b><s><c>2</c></s><s><c/></s></r><r><b>3</b></r>"
    "<new><deep>n</deep></new><more>1</more><more>2</more>"
    "<orx:meta><orx:instanceID>uuid:1</orx:instanceID><orx:deprecatedID>uuid:0</orx:deprecatedID>"
    "</orx:meta></data>"
)


def test_read_instance():
    found = read_instance(FORM, XML)

    assert (found.form_id, found.version) == ("test", "2")
    assert (found.instance_id, found.deprecated_id) == ("uuid:1", "uuid:0")
    assert found.entries == [
        EntryAt("/data/r", "", "1"), EntryAt("/data/r/s", "1", "2"),
        EntryAt("/data/r/s", "1", "3"), EntryAt("/data/r", "", "4"),
    ]  # fmt: skip
    assert found.answers == {
        Ref("/data/a"): "x & y",
        Ref("/data/r/b", "1"): "1",
        Ref("/data/r/s/c", "2"): "2",
        Ref("/data/r/s/c", "3"): "",
        Ref("/data/r/b", "4"): "3",
        Ref("/data/meta/instanceID"): "uuid:1",
    }
    assert found.unknown == {
        Ref("/data/new/deep"): "n",
        Ref("/data/more"): "1\n2",
    }


def test_what_is_written_is_read_back():
    found = read_instance(FORM, XML)
    state = open_form(FORM, found.answers, found.entries, env(), first=False)

    written = write_instance(state)

    again = read_instance(FORM, written.encode())
    assert (again.answers, again.entries, again.unknown) == (found.answers, found.entries, {})
    assert "<hidden" not in written
    assert "<orx:instanceID>uuid:1</orx:instanceID>" in written


def test_another_form_and_broken_xml_are_refused():
    with pytest.raises(NotThisForm) as caught:
        read_instance(FORM, "<other/>")
    assert str(caught.value) == "The instance begins with other, the form with data."
    with pytest.raises(BadXml):
        read_instance(FORM, "<data>")


def test_elements_inside_an_answer_are_kept_apart():
    found = read_instance(FORM, "<data><a>x<b>y</b></a></data>")

    assert found.answers == {Ref("/data/a"): "xy"}
    assert found.unknown == {Ref("/data/a/b"): "y"}


def test_other_texts_are_written_and_the_state_keeps_its_own():
    found = read_instance(FORM, XML)
    state = open_form(FORM, found.answers, found.entries, env(), first=False)
    before = write_instance(state)

    written = write_instance(state, {Ref("/data/a"): "as it stood", Ref("/data/r/b", "1"): ""})

    again = read_instance(FORM, written.encode()).answers
    assert (again[Ref("/data/a")], again[Ref("/data/r/b", "1")]) == ("as it stood", "")
    assert write_instance(state) == before
