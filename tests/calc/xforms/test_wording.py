import pytest
from tests.calc.xforms import xpath_vectors
from tests.calc.xforms.forms import opened

from serai.calc.xforms.flow import Ref
from serai.calc.xforms.wording import Choice, form_of, in_offered_order, ranked

ITEXT = (
    "<itext><translation lang='en'><text id='t'><value>Hello <output value=' /data/a '/>!</value>"
    "</text><text id='c'><value form='image'>jr://x.png</value><value>Yes</value></text>"
    "<text id='m'><value>Too big</value></text></translation>"
    "<translation lang='ka'><text id='t'><value>გამარჯობა</value></text>"
    "<text id='c'><value>კი</value></text></translation></itext>"
)


def test_labels_and_hints_fill_in_outputs_in_the_active_language():
    state = opened(
        "<a>Nino</a><b/>",
        ITEXT,
        "<input ref='/data/b'><label ref=\"jr:itext('t')\"/>"
        "<hint>Dear <output value='concat(/data/a, 1)'/></hint></input>",
    )
    control = state.form.controls[0]

    assert state.label(control) == "Hello Nino!"
    assert state.hint(control) == "Dear Nino1"
    state.set_language("ka")
    assert state.label(control) == "გამარჯობა"
    state.set_language("xx")
    assert state.label(control) == "Hello Nino!"


def test_labels_are_seen_from_their_own_entry():
    state = opened(
        "<r><n>1</n><q/></r><r><n>2</n><q/></r>",
        body="<repeat nodeset='/data/r'><input ref='/data/r/q'>"
        "<label>No. <output value='../n'/></label></input></repeat>",
    )
    question = state.form.controls[0].children[0]

    assert [state.label(question, key) for key in state.entries("/data/r")] == ["No. 1", "No. 2"]


def test_choices_are_drawn_filtered_and_labelled():
    rows = "".join(
        f"<item><name>{name}</name><of>{of}</of><itextId>{text}</itextId>"
        f"<no_information>{mark}</no_information></item>"
        for name, of, text, mark in [("x", "1", "c", "0"), ("y", "2", "c", "true")]
    )
    state = opened(
        "<a>2</a><b/><n/>",
        f"{ITEXT}<instance id='l'><list>{rows}</list></instance>"
        "<bind nodeset='/data/n' calculate=\"jr:choice-name('y', '/data/b')\"/>",
        "<select1 ref='/data/b'><itemset nodeset=\"instance('l')/list/item[of = /data/a]\">"
        "<value ref='name'/><label ref='jr:itext(itextId)'/></itemset></select1>",
    )

    assert state.choices(Ref("/data/b")) == [Choice("y", "Yes", True)]
    assert state.value(Ref("/data/n")) == "Yes"
    delta = state.set(Ref("/data/a"), "1")
    assert delta.choices == {Ref("/data/b")}
    assert [one.value for one in state.choices(Ref("/data/b"))] == ["x"]


def test_choices_may_come_from_entries():
    state = opened(
        "<r><n>Ana</n></r><r><n/></r><r><n>Gio</n></r><b/>",
        "",
        "<repeat nodeset='/data/r'><input ref='/data/r/n'/></repeat><select1 ref='/data/b'>"
        "<itemset nodeset=\"/data/r[n != '']\"><value ref='n'/><label ref='n'/></itemset></select1>",
    )

    assert state.choices(Ref("/data/b")) == [Choice("Ana", "Ana"), Choice("Gio", "Gio")]
    second = state.entries("/data/r")[1]
    assert state.set(Ref("/data/r/n", second), "Eka").choices == {Ref("/data/b")}
    assert [one.value for one in state.choices(Ref("/data/b"))] == ["Ana", "Eka", "Gio"]


def test_a_question_without_choices_offers_none():
    state = opened("<a/>", body="<input ref='/data/a'/>")

    assert state.choices(Ref("/data/a")) == []


@pytest.mark.parametrize("path", ["/data/none", "1 +", "/data/a"])
def test_choice_names_of_no_question_are_empty(path):
    state = opened(
        "<a/>", f"<bind nodeset='/data/a' calculate=\"jr:choice-name('y', '{path}')\"/>"
    ) if path != "/data/a" else opened("<a/>")  # fmt: skip

    assert state.value(Ref("/data/a")) == ""


def test_orders_of_many_choices_and_ranks():
    assert in_offered_order("c a x a", ["a", "b", "c"]) == "a c x"
    assert ranked("c x a", ["a", "b", "c"]) == "c a b"


def test_form_of_another_focus_is_refused():
    state = opened("<a/>")
    focus = state.focus(state.cell(Ref("/data/a")))
    focus.host = xpath_vectors

    with pytest.raises(TypeError):
        form_of(focus)


def test_other_forms_accompany_label_and_hint():
    state = opened(
        "<a/>",
        "<itext><translation lang='en'><text id='l'><value form='image'>jr://images/x.png</value>"
        "<value>Look</value></text><text id='h'><value form='guidance'>More <output value='1 + 1'/>"
        "</value></text></translation></itext>",
        "<input ref='/data/a'><label ref=\"jr:itext('l')\"/><hint ref=\"jr:itext('h')\"/></input>"
        "<group><label>G</label></group>",
    )
    question, group = state.form.controls

    assert state.media(question) == {"image": "jr://images/x.png", "guidance": "More 2"}
    assert (state.label(question), state.hint(question)) == ("Look", "More 2")
    assert (state.media(group), state.label(group), state.hint(group)) == ({}, "G", "")


def test_labels_may_be_expressions_and_hold_marks():
    state = opened(
        "<a>x</a>",
        "",
        "<input ref='/data/a'><label ref='concat(/data/a, 1)'/><hint>a <b>bold</b>"
        "<output value='('/><output value='explode()'/><!--c--></hint></input>",
    )
    question = state.form.controls[0]

    assert (state.label(question), state.hint(question)) == ("x1", "a bold")


def test_choice_names_from_inside_and_outside_of_entries():
    item = "<item><label>Yes</label><value>y</value></item>"
    state = opened(
        "<n/><r jr:template=''><q/><m/><o/></r>",
        "<bind nodeset='/data/n' calculate=\"jr:choice-name('y', '/data/r/q')\"/>"
        "<bind nodeset='/data/r/m' calculate=\"jr:choice-name('y', '../q')\"/>"
        "<bind nodeset='/data/r/o' calculate=\"jr:choice-name('none', '../q')\"/>",
        f"<repeat nodeset='/data/r'><select1 ref='/data/r/q'>{item}</select1></repeat>",
    )

    assert state.value(Ref("/data/n")) == ""
    delta = state.add_entry("/data/r", key="k")
    assert delta.values == {Ref("/data/r/m", "k"): "Yes"}


def test_a_list_that_is_missing_offers_nothing():
    state = opened(
        "<a>x</a><n/>",
        "<bind nodeset='/data/n' calculate=\"count(/data/a)\"/>",
        "<select1 ref='/data/a'><itemset nodeset=\"instance('none')/list/item\"><value ref='v'/>"
        "</itemset></select1>",
    )

    assert state.choices(Ref("/data/a")) == []


def test_items_without_a_label_and_with_a_computed_one():
    instance = "<instance id='l'><list><item><v>1</v></item></list></instance>"
    nodes = "<itemset nodeset=\"instance('l')/list/item\"><value ref='v'/>"
    state = opened(
        "<a/><b/>",
        instance,
        f"<select1 ref='/data/a'>{nodes}</itemset></select1>"
        f"<select1 ref='/data/b'>{nodes}<label ref=\"concat('No. ', v)\"/></itemset></select1>",
    )

    assert state.choices(Ref("/data/a")) == [Choice("1", "")]
    assert state.choices(Ref("/data/b")) == [Choice("1", "No. 1")]
