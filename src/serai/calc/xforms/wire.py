"""A section's logic for the browser: see portable for its expressions; no label or message is in it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from serai.calc.xforms.events import VALUE_CHANGED
from serai.calc.xforms.expressions import parts
from serai.calc.xforms.form import (
    CALCULATE,
    CHOICES,
    COUNT,
    RELEVANT,
    CompiledForm,
    Repeat,
    Rule,
    Seed,
    Spec,
)
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.portable import LeftToServer, Writer
from serai.calc.xforms.reads import Places, Reader
from serai.calc.xforms.tree import Node

# Lists come along while they are small; `instance` and `pulldata` of larger ones are the server's.
MAX_LIST_CELLS = 400
# A path that reaches more fields than this beyond its section is the server's.
MAX_OUTSIDE = 60
_FILTERED = {"select", "select1"}


@dataclass(frozen=True, slots=True)
class Wire:
    """A section's logic.

    Attributes:
        form: the compiled form.
        section: path of the group or repeat on the page.
        json: what the browser gets, see `wire`.
        index: place in `json["fields"]` by the form's own index.
        live: (field, property) of the rules that the browser runs; the rest it takes as it is.
        server: (path, property) of what the server has to add to its answers.
    """

    form: CompiledForm
    section: str
    json: dict[str, Any]
    index: Mapping[int, int]
    live: frozenset[tuple[int, str]]
    server: tuple[tuple[str, str], ...]


class _Noting(Reader):
    """Notes also the fields that a path passes, for its tests count them."""

    def __init__(self, form: CompiledForm, context: int, own: tuple[int, ...]) -> None:
        super().__init__(form, context, own)
        self.passed: set[int] = set()

    def step(self, axis: str, test: Expression, places: Places, is_own: bool) -> Places:
        found = super().step(axis, test, places, is_own)
        if axis != "descendant-or-self" or test[0] == "name":
            self.passed |= {spec for spec, _ in found if spec >= 0}
        return found


@dataclass(frozen=True, slots=True)
class _Said:
    """One expression of the section, with all that it reads, and whose entries it runs in."""

    spec: int
    property: str
    tree: Expression
    own: tuple[int, ...]
    specs: frozenset[int]
    is_crossing: bool
    rule: Rule | None = None


def wire(
    form: CompiledForm, section: str, *, alone: Collection[str] = (), is_entry: bool = False
) -> Wire:
    """Return what the browser needs to know of a section's logic.

    Args:
        form: the compiled form.
        section: path of the group or repeat on the page.
        alone: for whoever knows nothing else of the response, the paths of the page. What is worked
            out beyond them is then the server's, so that of other fields only those are known that
            the page's own expressions read.
        is_entry: the page is one entry of its repeat and no other is known: what reads across its
            entries is the server's.
    Returns:
        The logic; its `json` holds
        `fields`: [name, place of the group above or -1, type or "repeat", default of new entries];
        `stages`: in order, [repeats in whose entries they run, fields they read, rule, …] of rules
        that run together; a rule is [field, property, expression], the property "value" where it
        calculates; constraints come last;
        `lists`: [name, [element, …]], an element being [name, text or elements].
    Raises:
        KeyError: there is no such section.
    """
    form.spec(section)
    here = {
        spec.index
        for spec in form.specs
        if (spec.path in alone if alone else is_within(spec, section))
    }
    needed = _needed(form, here)
    said = [one for one in needed if one.spec in here] if alone else needed
    index = {spec: place for place, spec in enumerate(sorted(_known(form, here, said)))}
    known: list[tuple[_Said, Any]] = []
    server = [(form.specs[action.target].path, "value") for action in form.actions
              if action.source in here and VALUE_CHANGED in action.events]  # fmt: skip
    lists: dict[str, Any] = {}
    for one in said:
        try:
            if is_entry and one.is_crossing:
                raise LeftToServer(form.specs[one.spec].path)
            known.append((one, _written(form, index, here, one, lists)))
        except LeftToServer:
            if one.rule is not None:
                server.append((form.specs[one.spec].path, one.property))
    server += [(form.specs[spec].path, "value") for spec in here if _is_rank(form.specs[spec])]
    server += [(form.specs[one.spec].path, one.property) for one in needed
               if one not in said and one.spec in index]  # fmt: skip
    counted = {one.spec for one in said if one.property == COUNT}
    written: dict[str, Any] = {
        "fields": [_field(form, spec, index, counted) for spec in index],
        "stages": _stages(form, index, known),
    }
    if lists:
        written["lists"] = [[name, _listed(*columns)] for name, columns in lists.items()]
    live = frozenset((one.spec, one.property) for one, _ in known)
    return Wire(form, section, written, index, live, tuple(dict.fromkeys(server)))


def is_within(spec: Spec, section: str) -> bool:
    return spec.path == section or spec.path.startswith(f"{section}/")


def _is_rank(spec: Spec) -> bool:
    return spec.control is not None and spec.control.kind == "rank"


def _above(form: CompiledForm, spec: int) -> Iterator[int]:
    while spec >= 0:
        yield spec
        spec = form.specs[spec].parent


def _needed(form: CompiledForm, here: set[int]) -> list[_Said]:
    """Return the expressions of a section, and those beyond through which it acts on itself."""
    every = [one for one in (_rule_said(form, rule) for rule in form.ordered) if one]
    reached = set(here)
    for one in every:  # in order, so once is enough
        if one.specs & reached or one.spec in here:
            reached.add(one.spec)
            reached |= {spec.index for spec in form.specs if one.spec in _above(form, spec.index)}
    found = [one for one in every if one.spec in here]
    found += [one for one in _constraints(form) if one.spec in here]
    waiting = list(found)
    while waiting:
        read = {above for spec in waiting.pop().specs for above in _above(form, spec)}
        for one in every:
            is_given = one.property in {CALCULATE, RELEVANT, COUNT} and one.specs & reached
            if is_given and one.spec in read & reached - here and one not in found:
                found.append(one)
                waiting.append(one)
    return found


def _rule_said(form: CompiledForm, rule: Rule) -> _Said | None:
    if rule.property == CHOICES:
        control = form.specs[rule.spec].control
        if not rule.reads or control is None or control.kind not in _FILTERED:
            return None
    own = rule.chain
    read = _reading(form, rule.spec, own, rule.tree)
    return _Said(rule.spec, rule.property, rule.tree, own, *read, rule)


def _constraints(form: CompiledForm) -> Iterator[_Said]:
    for spec in form.specs:
        if "constraint" in spec.binds:
            tree, own = parse(spec.binds["constraint"]), form.chain(spec.index)
            yield _Said(spec.index, "constraint", tree, own, *_reading(form, spec.index, own, tree))


def _reading(
    form: CompiledForm, spec: int, own: tuple[int, ...], tree: Expression
) -> tuple[frozenset[int], bool]:
    """Return the fields that an expression reads, and whether it looks at other entries."""
    reader = _Noting(form, spec, own)
    if tree[:2] == ("fn", ""):  # choices: the list, then what is read at each row
        places = reader.visit(tree[2][0], reader.here())
        for one in tree[2][1:]:
            reader.visit(one, places)
    else:
        reader.read(tree, as_value=True)
    entries = {form.repeats[repeat].spec for repeat in reader.found.spans}
    found = reader.found
    is_crossing = any(found.specs.values()) or any(found.spans.values()) or bool(found.orders)
    return frozenset(found.specs) | reader.passed | entries, is_crossing


def _known(form: CompiledForm, here: set[int], said: list[_Said]) -> set[int]:
    found = set(here)
    for one in said:
        if len(one.specs - here) <= MAX_OUTSIDE:
            found |= one.specs
    found |= {one.spec for one in said}
    return {above for spec in found for above in _above(form, spec)}


def _written(
    form: CompiledForm, index: Mapping[int, int], here: set[int], one: _Said, lists: dict[str, Any]
) -> Any:
    if len(one.specs - here) > MAX_OUTSIDE:
        raise LeftToServer(form.specs[one.spec].path)
    if one.rule is not None and one.rule.is_volatile and one.own:
        # The browser runs a rule in all entries at once, which would change the others' too.
        raise LeftToServer(form.specs[one.spec].path)
    writer = Writer(form, index, one.spec, one.own)
    if one.property == COUNT and not _is_plain(form, form.repeats[form.specs[one.spec].repeat]):
        raise LeftToServer(form.specs[one.spec].path)
    if one.property == CHOICES:
        value = one.tree[2][1]
        if value[0] != "path" or value[1] != ".":
            raise LeftToServer(form.specs[one.spec].path)
        nodes = writer.write(one.tree[2][0])
        written: Any = ["/", nodes, *map(writer.step, value[2])]
    else:
        written = writer.write(one.tree)
    for name in writer.lists:
        lists[name] = _list(form, name, _names(one.tree) | writer.lists[name], lists.get(name))
    return written


def _names(tree: Expression) -> set[str]:
    """Return all names that stand in an expression's steps."""
    steps = [step for part in parts(tree) if part[0] == "path" for step in part[2]]
    if any(test[0] == "name" and test[2] == "*" for _, test, _ in steps):
        raise LeftToServer("*")
    return {test[2] for _, test, _ in steps if test[0] == "name"}


def _list(form: CompiledForm, name: str, used: set[str], before: Any) -> tuple[Node, list[str]]:
    """Return a list's root and the columns in use; small lists of plain rows only."""
    roots = form.instances[name].elements()
    rows = roots[0].elements() if len(roots) == 1 else []
    there = dict.fromkeys(cell.name for row in rows for cell in row.elements())
    columns = [one for one in there if one in used or (before and one in before[1])]
    is_plain = all(not cell.elements() for row in rows for cell in row.elements())
    if not rows or not is_plain or len(rows) * len(columns) > MAX_LIST_CELLS:
        raise LeftToServer(name)
    return roots[0], columns


def _listed(root: Node, columns: list[str]) -> list[Any]:
    rows = [
        [row.name, [[one.name, one.string()] for one in row.elements() if one.name in columns]]
        for row in root.elements()
    ]
    return [[root.name, rows]]


def _is_plain(form: CompiledForm, repeat: Repeat) -> bool:
    """Tell whether all new entries begin alike, with no entries inside."""
    seeds = list(_seeds(form, form.seed, repeat.index))
    for one in form.repeats:
        seeds += _seeds(form, one.template, repeat.index)
    texts = {key: text for key, text in repeat.template.texts.items() if text}
    alike = all({k: t for k, t in seed.texts.items() if t} == texts for seed in seeds)
    return alike and not repeat.inner


def _seeds(form: CompiledForm, seed: Seed, repeat: int) -> Iterator[Seed]:
    yield from seed.entries.get(repeat, [])
    for inner in seed.entries.values():
        for one in inner:
            yield from _seeds(form, one, repeat)


def _field(form: CompiledForm, spec: int, index: Mapping[int, int], counted: set[int]) -> list[Any]:
    said = form.specs[spec]
    is_repeat = said.repeat >= 0 and form.repeats[said.repeat].spec == spec
    found = [
        f"{said.prefix}:{said.name}" if said.prefix and said.uri else said.name,
        index[said.parent] if said.parent >= 0 else -1,
        "repeat" if is_repeat else said.type,
    ]
    if said.repeat >= 0 and form.repeats[said.repeat].spec in counted:
        default = form.repeats[said.repeat].template.texts.get(spec, "")
        return [*found, default] if default else found
    return found


def _stages(
    form: CompiledForm, index: Mapping[int, int], known: list[tuple[_Said, Any]]
) -> list[list[Any]]:
    by_rule = {one.rule.index: (one, tree) for one, tree in known if one.rule is not None}
    stages = [
        [by_rule[one.index] for one in stage if one.index in by_rule] for stage in form.stages
    ]
    stages += [[(one, tree)] for one, tree in known if one.rule is None]
    return [_stage(form, index, stage) for stage in stages if stage]


def _stage(
    form: CompiledForm, index: Mapping[int, int], stage: list[tuple[_Said, Any]]
) -> list[Any]:
    chain = [index[form.repeats[repeat].spec] for repeat in stage[0][0].own]
    reads = {index[spec] for one, _ in stage for spec in one.specs if spec in index}
    rules = [
        [index[one.spec], "value" if one.property == CALCULATE else one.property, tree]
        for one, tree in stage
    ]
    return [chain, sorted(reads), *rules]
