import pytest
from tests.calc.xforms.forms import opened, xform
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Delta, EntryAt, Ref
from serai.calc.xforms.state import CannotChange, open_form

REPEATS = (
    '<input ref="/data/n"/><repeat nodeset="/data/r"><input ref="/data/r/a"/>'
    '<repeat nodeset="/data/r/s"><input ref="/data/r/s/b"/></repeat></repeat>'
)


def test_set_tells_all_that_changed():
    state = opened(
        "<a/><b/><g><c>9</c></g><d/>",
        '<bind nodeset="/data/b" calculate="/data/a * 2"/>'
        '<bind nodeset="/data/g" relevant="/data/a = 1" readonly="/data/b = 2"/>'
        '<bind nodeset="/data/d" required="/data/g/c = 9"/>',
        '<input ref="/data/a"/>',
    )

    delta = state.set(Ref("/data/a"), "1")

    assert delta == Delta(
        values={Ref("/data/a"): "1", Ref("/data/b"): "2"},
        relevant={Ref("/data/g"): True, Ref("/data/g/c"): True},
        read_only={Ref("/data/g"): True, Ref("/data/g/c"): True},
        required={Ref("/data/d"): True},
    )
    assert state.set(Ref("/data/a"), "1") == Delta()


def test_an_absent_answer_is_kept_and_returns():
    state = opened(
        "<a/><b>kept</b><c/>",
        '<bind nodeset="/data/b" relevant="/data/a = 1"/>'
        "<bind nodeset=\"/data/c\" calculate=\"concat('[', /data/b, ']')\"/>",
        '<input ref="/data/a"/>',
    )

    assert (state.value(Ref("/data/b")), state.value(Ref("/data/c"))) == ("", "[]")
    assert state.answers()[Ref("/data/b")] == "kept"
    state.set(Ref("/data/a"), "1")
    assert (state.value(Ref("/data/b")), state.value(Ref("/data/c"))) == ("kept", "[kept]")


def test_what_may_not_be_changed():
    state = opened(
        "<g><a/></g><b/><r><c/></r><s><d/></s>",
        '<bind nodeset="/data/b" readonly="true()"/>',
        '<repeat nodeset="/data/r" jr:noAddRemove="true()"/>'
        '<repeat nodeset="/data/s" jr:count="1"/>',
    )

    cases = [
        (lambda: state.set(Ref("/data/g"), "x"), "/data/g holds other questions and has no answer of its own."),
        (lambda: state.set(Ref("/data/b"), "x"), "/data/b is read-only."),
        (lambda: state.add_entry("/data/r"), "The entries of /data/r are fixed."),
        (lambda: state.remove_entry(state.entries("/data/r")[0]), "The entries of /data/r are fixed."),
        (lambda: state.add_entry("/data/s"), "The number of entries of /data/s follows another answer."),
    ]  # fmt: skip
    for change, reason in cases:
        with pytest.raises(CannotChange) as caught:
            change()
        assert str(caught.value) == reason


@pytest.mark.parametrize(
    "change",
    [
        lambda state: state.set(Ref("/data/none"), "x"),
        lambda state: state.set(Ref("/data/r/a", "none"), "x"),
        lambda state: state.set(Ref("/data/r/a"), "x"),
        lambda state: state.add_entry("/data/n"),
        lambda state: state.remove_entry("none"),
        lambda state: state.remove_entry(""),
    ],
)
def test_what_is_not_there(change):
    state = opened("<n/><r><a/><s><b/></s></r>", "", REPEATS)

    with pytest.raises(KeyError):
        change(state)


def test_entries_come_and_go_with_all_inside():
    state = opened(
        "<n/><r jr:template=''><a>t</a><s><b>u</b></s></r>",
        '<bind nodeset="/data/n" calculate="count(/data/r/s)"/>',
        REPEATS,
    )

    delta = state.add_entry("/data/r", key="mine")
    inner = state.entries("/data/r/s", "mine")
    assert delta.entries == {
        EntryAt("/data/r", "", "mine"): True,
        EntryAt("/data/r/s", "mine", inner[0]): True,
    }
    assert delta.values == {Ref("/data/n"): "1"}
    with pytest.raises(CannotChange) as caught:
        state.add_entry("/data/r", key="mine")
    assert str(caught.value) == "There is an entry “mine” already."
    gone = state.remove_entry("mine")
    assert gone.entries == dict.fromkeys(delta.entries, False)
    assert gone.values == {Ref("/data/n"): "0"}
    assert state.all_entries() == []
    with pytest.raises(KeyError):
        state.value(Ref("/data/r/a", "mine"))


def test_a_smaller_count_hides_entries_and_a_larger_one_brings_them_back():
    state = opened(
        "<n>2</n><t/><r jr:template=''><a/></r>",
        '<bind nodeset="/data/t" calculate="join(\',\', /data/r/a)"/>',
        '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>',
    )
    first, second = state.entries("/data/r")
    state.set(Ref("/data/r/a", first), "x")
    state.set(Ref("/data/r/a", second), "y")

    state.set(Ref("/data/n"), "1")
    assert (state.entries("/data/r"), state.value(Ref("/data/t"))) == ([first], "x")
    state.set(Ref("/data/n"), "")
    assert state.entries("/data/r") == [first]
    delta = state.set(Ref("/data/n"), "2")
    assert delta.entries == {EntryAt("/data/r", "", second): True}
    assert state.value(Ref("/data/t")) == "x,y"


def test_reopening_gives_back_the_same_response():
    form = compile_form(xform("<n>d</n><r><a/><s><b/></s></r>", "", REPEATS))
    state = open_form(form, {}, None, env(), first=True)
    key = state.entries("/data/r")[0]
    state.add_entry("/data/r/s", key)
    state.set(Ref("/data/r/s/b", state.entries("/data/r/s", key)[1]), "deep")
    state.set(Ref("/data/n"), "")
    stored = {**state.answers(), Ref("/data/n"): ""}

    again = open_form(form, stored, state.all_entries(), env(), first=False)

    assert again.answers() == state.answers()
    assert again.all_entries() == state.all_entries()
    assert again.unknown == {}


def test_answers_without_a_place_are_kept_apart():
    form = compile_form(xform("<n/>"))
    entries = [EntryAt("/data/gone", "", "1"), EntryAt("/data/n", "", "2")]

    state = open_form(form, {Ref("/data/old"): "x"}, entries, env(), first=False)

    assert state.unknown == {
        Ref("/data/gone", "1"): "", Ref("/data/n", "2"): "", Ref("/data/old"): "x",
    }  # fmt: skip


def test_volatile_calculations_run_once():
    form = compile_form(
        xform("<a/><b/>", '<bind nodeset="/data/b" calculate="concat(/data/a, random())"/>',
              '<input ref="/data/a"/>')
    )  # fmt: skip
    state = open_form(form, {}, None, env(), first=True)
    value = state.value(Ref("/data/b"))

    assert state.recalculate() == Delta()
    reopened = open_form(form, state.answers(), None, env(), first=False)
    assert reopened.value(Ref("/data/b")) == value
    assert list(state.set(Ref("/data/a"), "1").values) == [Ref("/data/a"), Ref("/data/b")]
    assert state.value(Ref("/data/b")) != f"1{value}"


def test_many_choices_are_kept_in_the_offered_order():
    items = "".join(f"<item><label>{v}</label><value>{v}</value></item>" for v in "abc")
    state = opened(
        "<a/><b/>",
        "",
        f'<select ref="/data/a">{items}</select><odk:rank ref="/data/b">{items}</odk:rank>',
    )

    state.set(Ref("/data/a"), "c a a")
    state.set(Ref("/data/b"), "c a")

    assert (state.value(Ref("/data/a")), state.value(Ref("/data/b"))) == ("a c", "c a b")


def test_another_language_runs_the_rules_that_read_texts():
    state = opened(
        "<a/>",
        "<itext><translation lang='en'><text id='t'><value>Yes</value></text></translation>"
        "<translation lang='ka'><text id='t'><value>კი</value></text></translation></itext>"
        "<bind nodeset='/data/a' calculate=\"jr:itext('t')\"/>",
    )

    assert state.value(Ref("/data/a")) == "Yes"
    assert state.set_language("ka").values == {Ref("/data/a"): "კი"}


def test_a_failing_rule_is_noted_and_gives_nothing():
    state = opened(
        "<a>1</a><b/><n/><r><c/></r>",
        '<bind nodeset="/data/b" calculate="if(/data/a = 1, explode(), 2)"/>',
        '<input ref="/data/a"/><repeat nodeset="/data/r" jr:count="explode()"/>',
    )

    assert state.value(Ref("/data/b")) == ""
    assert state.flow.failures == {
        ("/data/b", "calculate"): "There is no function explode().",
        ("/data/r", "count"): "There is no function explode().",
    }
    state.set(Ref("/data/a"), "2")
    assert state.value(Ref("/data/b")) == "2"


def test_no_new_entry_is_called_as_one_that_was_taken_out():
    form = compile_form(xform("<n/><r jr:template=''><a>t</a><s><b>u</b></s></r>", "", REPEATS))
    state = open_form(form, {}, [], env(), first=False, spent={"1", "2"})

    state.add_entry("/data/r")

    assert [one.key for one in state.all_entries()] == ["3", "4"]
