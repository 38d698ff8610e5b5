from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calc.xforms.forms import xform

from serai.calc.xforms.carry import Response, SetAside, carry, drafted_requests
from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.diff import Change, compare
from serai.calc.xforms.flow import EntryAt, Ref
from serai.calc.xforms.values import Profile, Rules

RULES = Rules(Profile.FORM, UTC)
REPEAT = '<repeat nodeset="/data/r"/>'


def carried(old, new, answers, entries=()):
    before, after = compile_form(old), compile_form(new)
    return carry(compare(before, after), Response(before.digest, answers, tuple(entries)), RULES)


def binds(**said):
    return "".join(f'<bind nodeset="/data/{path}" {text}/>' for path, text in said.items())


def test_kept_widened_and_relabelled_answers_stay():
    old = xform("<a/><b/>", binds(a='type="int"'))
    new = xform("<b/><a/><c/>", binds(a='type="decimal"'))

    found = carried(old, new, {Ref("/data/a"): "1", Ref("/data/b"): "x"})

    assert found.answers == {Ref("/data/a"): "1", Ref("/data/b"): "x"}
    assert (found.set_aside, found.review) == ((), ())


def test_narrowed_answers_stay_and_are_looked_at():
    new = xform("<a/>", binds(a='constraint=". &gt; 5"'))

    found = carried(xform("<a/>"), new, {Ref("/data/a"): "1"})

    assert (found.answers, found.review) == ({Ref("/data/a"): "1"}, (Ref("/data/a"),))
    assert drafted_requests(found, broken=[Ref("/data/a")]) == [Ref("/data/a")]
    assert drafted_requests(found, broken=[]) == []


def test_another_type_keeps_what_reads_back_and_sets_the_rest_aside():
    old = xform("<a/><b/>")
    new = xform("<a/><b/>", binds(a='type="int"', b='type="int"'))

    found = carried(old, new, {Ref("/data/a"): "12", Ref("/data/b"): "about 20"})

    assert found.answers == {Ref("/data/a"): "12", Ref("/data/b"): ""}
    assert found.set_aside == (SetAside(Ref("/data/b"), "about 20", Change.TYPE_CHANGED),)
    assert drafted_requests(found, broken=[]) == [Ref("/data/b")]


def test_many_choices_become_one_only_where_one_was_chosen():
    item = "<item><label>x</label><value>x</value></item>"
    old = xform(
        "<a/><b/>",
        "",
        f'<select ref="/data/a">{item}</select><select ref="/data/b">{item}</select>',
    )
    new = xform(
        "<a/><b/>",
        "",
        f'<select1 ref="/data/a">{item}</select1><select1 ref="/data/b">{item}</select1>',
    )

    found = carried(old, new, {Ref("/data/a"): "x", Ref("/data/b"): "x y"})

    assert found.answers == {Ref("/data/a"): "x", Ref("/data/b"): ""}


def test_removed_answers_are_set_aside_and_empty_ones_forgotten():
    found = carried(xform("<a/><b/>"), xform("<c/>"), {Ref("/data/a"): "1", Ref("/data/b"): ""})

    assert found.answers == {}
    assert found.set_aside == (SetAside(Ref("/data/a"), "1", Change.REMOVED),)


def test_moved_answers_follow():
    new = xform("<g><b/></g>", '<bind nodeset="/data/g/b" serai:was="/data/a"/>')

    assert carried(xform("<a/>"), new, {Ref("/data/a"): "1"}).answers == {Ref("/data/g/b"): "1"}


def test_into_a_repeat_goes_to_the_first_entry():
    new = xform("<r><a/></r>", '<bind nodeset="/data/r/a" serai:was="/data/a"/>', REPEAT)

    found = carried(xform("<a/>"), new, {Ref("/data/a"): "1"})

    assert found.entries == (EntryAt("/data/r", "", "new:/data/r"),)
    assert found.answers == {Ref("/data/r/a", "new:/data/r"): "1"}
    assert found.review == (Ref("/data/r/a", "new:/data/r"),)


def test_out_of_a_repeat_only_from_a_single_answer():
    old = xform("<r><a/><b/></r>", "", REPEAT)
    new = xform("<a/><b/>", binds(a='serai:was="/data/r/a"', b='serai:was="/data/r/b"'))
    entries = [EntryAt("/data/r", "", "1"), EntryAt("/data/r", "", "2")]
    answers = {
        Ref("/data/r/a", "1"): "x", Ref("/data/r/a", "2"): "",
        Ref("/data/r/b", "1"): "y", Ref("/data/r/b", "2"): "z",
    }  # fmt: skip

    found = carried(old, new, answers, entries)

    assert found.answers == {Ref("/data/a"): "x"}
    assert found.set_aside == (
        SetAside(Ref("/data/r/b", "1"), "y", Change.REPEAT_CHANGED),
        SetAside(Ref("/data/r/b", "2"), "z", Change.REPEAT_CHANGED),
    )
    assert found.entries == ()


def test_a_renamed_repeat_keeps_its_entries():
    old = xform("<r><a/><b/></r>", "", REPEAT)
    new = xform("<s><a/><b/></s>", binds(**{"s/a": 'serai:was="/data/r/a"', "s/b": 'serai:was="/data/r/b"'}),
                '<repeat nodeset="/data/s"/>')  # fmt: skip
    entries = [EntryAt("/data/r", "", "1"), EntryAt("/data/r", "", "2")]

    found = carried(old, new, {Ref("/data/r/a", "1"): "x", Ref("/data/r/b", "2"): "y"}, entries)

    assert found.entries == (EntryAt("/data/s", "", "1"), EntryAt("/data/s", "", "2"))
    assert found.answers == {Ref("/data/s/a", "1"): "x", Ref("/data/s/b", "2"): "y"}


def test_a_response_of_a_third_form_is_refused():
    form = compile_form(xform("<a/>"))

    with pytest.raises(ValueError, match="neither version"):
        carry(compare(form, form), Response("other"), RULES)


PARTS = ["<a/>", "<b/>", "<g><c/></g>", "<r><d/></r>"]
TYPES = ["string", "int", "decimal", "date"]
WAS = {"a": "/data/b", "g/c": "/data/a", "r/d": "/data/a", "b": "/data/r/d"}


@st.composite
def versions(draw):
    chosen = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4, unique=True))
    said = ""
    for path in ("a", "b", "g/c", "r/d"):
        if f"<{path[-1]}/>" in "".join(chosen):
            was = f'serai:was="{WAS[path]}"' if draw(st.booleans()) else ""
            kind = draw(st.sampled_from(TYPES))
            limit = draw(st.sampled_from(["", 'constraint=". &gt; 2"', 'required="true()"']))
            said += f'<bind nodeset="/data/{path}" type="{kind}" {limit} {was}/>'
    return xform("".join(chosen), said, REPEAT if "<r><d/></r>" in chosen else "")


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    old=versions(),
    new=versions(),
    texts=st.lists(st.sampled_from(["", "1", "2.5", "x"]), min_size=5),
)
def test_carrying_twice_is_once_and_no_text_is_lost(old, new, texts):
    before, after = compile_form(old), compile_form(new)
    entries = (EntryAt("/data/r", "", "1"), EntryAt("/data/r", "", "2")) if before.repeats else ()
    places = [
        Ref(spec.path, entry.key)
        for spec in before.specs
        if not spec.is_group
        for entry in (entries if spec.repeat >= 0 else (EntryAt("", "", ""),))
    ]
    response = Response(before.digest, dict(zip(places, texts, strict=False)), entries)
    comparison = compare(before, after)

    once = carry(comparison, response, RULES)

    assert carry(comparison, once, RULES) == once
    kept = [text for text in once.answers.values() if text] + [one.text for one in once.set_aside]
    assert sorted(kept) == sorted(text for text in response.answers.values() if text)
    assert {ref.path for ref in once.answers} <= set(after.by_path)
