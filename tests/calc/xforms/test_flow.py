"""Recalculation: only what a change reaches, and the same as calculating all anew."""

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from tests.calc.xforms.forms import opened, xform
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.check import check
from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Delta, EntryAt, NeverSettles, Ref
from serai.calc.xforms.form import FormFaults
from serai.calc.xforms.state import CannotChange, open_form

OUTER = ["a0", "a1", "a2", "a3"]
INNER = ["b0", "b1", "b2"]
DEEP = ["c0", "c1"]
PATHS = {
    **{name: f"/data/{name}" for name in OUTER},
    **{name: f"/data/r/{name}" for name in INNER},
    **{name: f"/data/r/s/{name}" for name in DEEP},
}
ORDER = [*OUTER, *INNER, *DEEP]
CALCULATIONS = [
    "{one} + {two}", "concat({one}, '-', {two})", "sum({one})", "count({one}) * 2", "max({one}, 1)",
    "if({one} = '', {two}, 3)", "count(/data/r)", "count(/data/r/s)", "position(..) + {one}",
    "join(' ', {one})", "/data/r[position() = 1]/b0", "string-length({one})",
    "count(/data/r[b0 > 1])", "sum(//c0)",
    "position(/data/r[last()])", "position(../..) + position(..)", "pulldata('none', 'a', 'b', {one})",
]  # fmt: skip
CROSSING = [
    "coalesce(/data/r[position() = position(current()/..) - 1]/{own}, 0) + 1",
    "sum(../preceding-sibling::r/{own}) + {one}",
    "indexed-repeat(/data/r/{own}, /data/r, position(..) - 1)",
]
TRUTHS = [
    "{one} > 1",
    "{one} != {two}",
    "count({one}) > 0",
    "not({one} = '')",
    "{one} < 2 or {two}",
]


@st.composite
def rules(draw, name):
    """Draw the bind of a field; it reads only fields before it, so nothing turns in circles."""
    before = ORDER[: ORDER.index(name)] or ["none"]
    gaps = {key: PATHS.get(draw(st.sampled_from(before)), "1") for key in ("one", "two")}
    gaps["own"] = draw(st.sampled_from(INNER))
    kind = draw(st.sampled_from(["", "calculate", "relevant", "both", "crossing", "readonly"]))
    truth = draw(st.sampled_from(TRUTHS)).format(**gaps).replace("<", "&lt;")
    said = ""
    if kind == "crossing" and name in INNER:
        said = f'calculate="{draw(st.sampled_from(CROSSING)).format(**gaps)}"'
    elif kind in {"calculate", "both"}:
        said = f'calculate="{draw(st.sampled_from(CALCULATIONS)).format(**gaps)}"'
    if kind in {"relevant", "both"}:
        said += f' relevant="{truth}"'
    if kind == "readonly":
        said += f' required="{truth}" constraint=". &lt; 3"'
    sort = draw(st.sampled_from(["string", "int"]))
    return f'<bind nodeset="{PATHS[name]}" type="{sort}" {said}/>'


@st.composite
def forms(draw):
    """Draw a form with four fields, a repeat of three and a repeat of two inside it."""
    binds = "".join(draw(rules(name)) for name in ORDER)
    group = draw(st.sampled_from(["", '<bind nodeset="/data/r/s" relevant="../../a1 != 2"/>']))
    count = draw(st.sampled_from(["", 'jr:count="/data/a0"']))
    inputs = "".join(f'<input ref="{PATHS[name]}"/>' for name in ORDER[:4])
    deep = "".join(f'<input ref="{PATHS[name]}"/>' for name in DEEP)
    inner = "".join(f'<input ref="{PATHS[name]}"/>' for name in INNER)
    return xform(
        f"{''.join(f'<{n}/>' for n in OUTER)}<r jr:template=''>{''.join(f'<{n}/>' for n in INNER)}"
        f"<s jr:template=''>{''.join(f'<{n}/>' for n in DEEP)}</s></r>",
        binds + group,
        f'{inputs}<repeat nodeset="/data/r" {count}>{inner}'
        f'<repeat nodeset="/data/r/s">{deep}</repeat></repeat>',
    )


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["set", "set", "set", "add", "add deep", "remove"]),
        st.integers(0, 20),
        st.integers(0, 20),
        st.sampled_from(["", "0", "1", "2", "3", "x"]),
    ),
    max_size=8,
)


def snapshot(state):
    """Return all that can be seen of a response."""
    cells = [
        (cell.spec.path, cell.frame.key, cell.text, cell.relevant, cell.readonly, cell.required)
        for cell in state.cells()
    ]
    return cells, state.all_entries(), check(state)


def step(state, kind, which, other, text):
    has_count = state.form.repeats[0].has_count
    entries = state.entries("/data/r")
    if kind == "add" and not has_count:
        state.add_entry("/data/r")
    elif kind == "add deep" and entries:
        state.add_entry("/data/r/s", entries[which % len(entries)])
    elif kind == "remove" and entries and not has_count:
        state.remove_entry(entries[which % len(entries)])
    else:
        fields = [cell for cell in state.cells() if not cell.spec.is_group]
        fields = [cell for cell in fields if "calculate" not in cell.spec.rules]
        if fields:
            cell = fields[(which * 21 + other) % len(fields)]
            state.set(Ref(cell.spec.path, cell.frame.key), text)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(source=forms(), steps=STEPS)
def test_what_a_change_reaches_is_what_calculating_all_anew_gives(source, steps):
    try:
        form = compile_form(source)
    except FormFaults:
        reject()  # a circle, which graph refuses
    state = open_form(form, {}, None, env(), first=True)

    for one in steps:
        step(state, *one)
        before = snapshot(state)
        assert state.recalculate() == Delta()
        assert snapshot(state) == before
    reopened = open_form(state.form, state.answers(), state.all_entries(), env(), first=False)
    assert snapshot(reopened) == snapshot(state)


def test_position_of_another_entry_follows_entries():
    state = opened(
        "<n/><r jr:template=''><a/></r>",
        '<bind nodeset="/data/n" calculate="position(/data/r[last()])"/>',
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>',
    )

    state.add_entry("/data/r")
    assert state.add_entry("/data/r").values == {Ref("/data/n"): "2"}
    assert state.remove_entry(state.entries("/data/r")[0]).values == {Ref("/data/n"): "1"}


def test_each_rule_runs_once_for_a_change():
    names = [f"c{number}" for number in range(30)]
    binds = "".join(
        f'<bind nodeset="/data/{name}" calculate="{" + ".join(f"/data/{n}" for n in names[:place])}'
        f'{" + " if place else ""}/data/a"/>'
        for place, name in enumerate(names)
    )
    state = opened("<a>0</a>" + "".join(f"<{name}/>" for name in names), binds)
    runs = []
    apply = state.flow.apply
    state.flow.apply = lambda rule, frame: (runs.append(rule.index), apply(rule, frame))

    state.set(Ref("/data/a"), "1")

    assert sorted(runs) == list(range(30))
    assert state.value(Ref("/data/c29")) == str(2**29)


def test_entries_are_limited(monkeypatch):
    monkeypatch.setattr("serai.calc.xforms.flow.MAX_ENTRIES", 3)
    state = opened(
        "<n/><r jr:template=''><a/></r><s jr:template=''><a/></s>",
        "",
        '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"/><repeat nodeset="/data/s"/>',
    )

    state.set(Ref("/data/n"), "1e9")
    assert len(state.entries("/data/r")) == 3
    for _ in range(3):
        state.add_entry("/data/s")
    with pytest.raises(CannotChange, match="/data/s cannot have more entries"):
        state.add_entry("/data/s")
    assert state.flow.failures == {("/data/r", "count"): "/data/r would have too many entries."}


def test_entries_of_a_whole_response_are_limited(monkeypatch):
    monkeypatch.setattr("serai.calc.xforms.flow.MAX_ALL_ENTRIES", 10)
    state = opened(
        "<n>4</n><r jr:template=''><s jr:template=''><a/></s></r>",
        "",
        '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n">'
        '<repeat nodeset="/data/r/s" jr:count="/data/n"/></repeat>',
    )

    assert len(state.all_entries()) == 9
    state.set(Ref("/data/n"), "2")
    assert len(state.entries("/data/r")) == 2


def test_a_groups_text_follows_what_stands_in_it():
    state = opened(
        "<g><a/><r><b>1</b></r></g><n/>",
        "<bind nodeset=\"/data/n\" calculate=\"concat('[', /data/g, ']')\"/>",
        '<input ref="/data/g/a"/><repeat nodeset="/data/g/r"><input ref="/data/g/r/b"/></repeat>',
    )

    assert state.set(Ref("/data/g/a"), "x").values[Ref("/data/n")] == "[x1]"
    assert state.add_entry("/data/g/r").values == {Ref("/data/n"): "[x11]"}


def test_two_calculations_may_climb_over_entries_together():
    before = "/data/r[position() = position(current()/..) - 1]"
    state = opened(
        "<r jr:template=''><x>1</x><a/><b/></r>",
        f'<bind nodeset="/data/r/a" calculate="coalesce({before}/b, 0) + ../x"/>'
        '<bind nodeset="/data/r/b" calculate="../a * 2"/>',
        '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>',
    )
    for _ in range(3):
        state.add_entry("/data/r")
    keys = state.entries("/data/r")

    assert [state.value(Ref("/data/r/b", key)) for key in keys] == ["2", "6", "14"]
    state.set(Ref("/data/r/x", keys[0]), "2")
    assert [state.value(Ref("/data/r/b", key)) for key in keys] == ["4", "10", "22"]
    state.remove_entry(keys[1])
    assert [state.value(Ref("/data/r/b", keys[place])) for place in (0, 2)] == ["4", "10"]


def test_entries_that_are_calculated_from_each_other_end_with_a_named_fault():
    other = "coalesce(indexed-repeat(/data/r/x, /data/r, 3 - position(..)), 0) + 1"
    form = compile_form(
        xform(
            "<n/><r jr:template=''><x/></r>",
            f'<bind nodeset="/data/r/x" type="int" calculate="{other}"/>',
            "<input ref='/data/n'/><group ref='/data/r'><repeat nodeset='/data/r'/></group>",
        ),
        {},
    )
    entries = [EntryAt("/data/r", "", key) for key in "ab"]

    with pytest.raises(NeverSettles) as error:
        open_form(form, {}, entries, env(), first=False)

    assert error.value.path == "/data/r/x"


def test_a_running_total_over_many_entries_comes_to_rest():
    before = "coalesce(indexed-repeat(/data/r/x, /data/r, position(..) - 1), 0) + 1"
    form = compile_form(
        xform(
            "<n/><r jr:template=''><x/></r>",
            f'<bind nodeset="/data/r/x" type="int" calculate="{before}"/>',
            "<input ref='/data/n'/><group ref='/data/r'><repeat nodeset='/data/r'/></group>",
        ),
        {},
    )
    entries = [EntryAt("/data/r", "", f"k{number}") for number in range(200)]

    state = open_form(form, {}, entries, env(), first=False)

    assert state.cell(Ref("/data/r/x", "k199")).text == "200"
