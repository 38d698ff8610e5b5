"""Recalculation: only what a change reaches, and the same as calculating all anew."""

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from tests.calc.xforms.forms import xform
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.check import check
from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Delta, Ref
from serai.calc.xforms.form import FormFaults
from serai.calc.xforms.state import open_form

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
    gaps["own"] = name
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
