"""How two versions of a form differ, field by field, and what that means for answers."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from serai.calc.xforms.expressions import text_nodes
from serai.calc.xforms.form import CompiledForm, Spec, Words
from serai.calc.xforms.lint import choice_values, rows
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.tree import write_xml
from serai.calc.xforms.wording import text_id


class Change(StrEnum):
    """What may have happened to a field between two versions."""

    SAME = "same"
    LABEL = "label"
    WIDENED = "widened"
    NARROWED = "narrowed"
    MOVED = "moved"
    TYPE_CHANGED = "type_changed"
    REPEAT_CHANGED = "repeat_changed"
    LOGIC = "logic"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PathChange:
    """One field in both versions.

    Attributes:
        old, new: its path in each; "" where it is not there.
        changes: all that happened to it, at least one.
    """

    old: str
    new: str
    changes: frozenset[Change]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a form side by side, in the order of the new one, removed fields last."""

    before: CompiledForm
    after: CompiledForm
    paths: tuple[PathChange, ...]

    def by_old(self) -> dict[str, PathChange]:
        """Return the fields by their path in the old version."""
        return {one.old: one for one in self.paths if one.old}


_WIDER = {("int", "decimal"), ("int", "string"), ("decimal", "string"), ("one", "many")}
_KINDS = {"select1": "one", "select": "many", "rank": "rank"}


def compare(
    before: CompiledForm, after: CompiledForm, moves: Mapping[str, str] | None = None
) -> Comparison:
    """Compare two versions of a form.

    Args:
        before: the version answers were given to.
        after: the version they shall belong to.
        moves: old path by new path, as an officer confirmed; `serai:was` needs no confirming.
    Returns:
        Every question of both versions with what happened to it. Moves are never guessed.
    Source: docs/methods/xforms.md, "Comparing versions".
    """
    said = {spec.path: spec.binds["serai:was"] for spec in after.specs if "serai:was" in spec.binds}
    known = {spec.path: spec for spec in before.specs if not spec.is_group}
    origins = {**said, **(moves or {})}
    origins = {new: old for new, old in origins.items() if old in known and old != new}
    taken = set(origins.values())
    pairs: list[tuple[Spec | None, Spec]] = []
    for spec in after.specs:
        if not spec.is_group:
            origin = origins.get(spec.path, spec.path if spec.path not in taken else "")
            pairs.append((known.get(origin), spec))
    reordered = _reordered([old.index for old, _ in pairs if old is not None])
    found: list[PathChange] = []
    for old, spec in pairs:
        if old is None:
            found.append(PathChange("", spec.path, frozenset({Change.ADDED})))
            continue
        changes = _changes(before, after, old, spec)
        if not changes:
            is_label = old.index in reordered or _face(before, old) != _face(after, spec)
            changes = frozenset({Change.LABEL if is_label else Change.SAME})
        found.append(PathChange(old.path, spec.path, changes))
    kept = {one.old for one in found}
    removed = frozenset({Change.REMOVED})
    found.extend(PathChange(path, "", removed) for path in known if path not in kept)
    return Comparison(before, after, tuple(found))


def _changes(before: CompiledForm, after: CompiledForm, old: Spec, new: Spec) -> frozenset[Change]:
    found: set[Change] = set()
    if old.path != new.path:
        found.add(Change.MOVED)
    if len(before.chain(old.index)) != len(after.chain(new.index)):
        found.add(Change.REPEAT_CHANGED)
    pair = sort_of(old), sort_of(new)
    if pair in _WIDER:
        found.add(Change.WIDENED)
    elif pair[0] != pair[1]:
        found.add(Change.TYPE_CHANGED)
    found |= _required(old, new) | _constraint(old, new) | _choices(before, after, old, new)
    if any(_tree(old, name) != _tree(new, name) for name in ("relevant", "calculate")):
        found.add(Change.LOGIC)
    return frozenset(found)


def _reordered(indices: list[int]) -> set[int]:
    """Return the old places of fields that stand elsewhere among those kept."""
    return {one for one, other in zip(indices, sorted(indices), strict=True) if one != other}


def sort_of(spec: Spec) -> str:
    """Return what kind of answer a field takes: one, many, rank, or the type of its bind."""
    kind = spec.control.kind if spec.control is not None else ""
    return _KINDS.get(kind, spec.type)


def _tree(spec: Spec, name: str) -> Expression | None:
    written = spec.binds.get(name)
    return parse(written) if written else None


def _required(old: Spec, new: Spec) -> set[Change]:
    before, after = _tree(old, "required"), _tree(new, "required")
    never = (None, ("fn", "false", ()))
    if before == after or (before in never and after in never):
        return set()
    return {Change.WIDENED} if after in never else {Change.NARROWED}


def _constraint(old: Spec, new: Spec) -> set[Change]:
    before, after = _tree(old, "constraint"), _tree(new, "constraint")
    if before == after:
        return set()
    if after is None:
        return {Change.WIDENED}
    wide = bounds(after)
    narrow = bounds(before) if before is not None else None
    if narrow is not None and wide is not None and _holds(wide, narrow):
        return {Change.WIDENED}
    return {Change.NARROWED}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Numbers from `low` to `high`; the flags tell whether the ends themselves are left out."""

    low: float = -math.inf
    high: float = math.inf
    is_low_open: bool = False
    is_high_open: bool = False


def bounds(tree: Expression) -> Bounds | None:
    """Read a constraint that only limits the answer by fixed numbers; None for any other."""
    if tree[0] == "bin" and tree[1] == "and":
        found: Bounds | None = Bounds()
        for one in tree[2:]:
            part = bounds(one)
            found = None if part is None or found is None else _both(found, part)
        return found
    if tree[0] != "bin" or tree[1] not in {"<", "<=", ">", ">=", "="}:
        return None
    name, left, right = tree[1], _number(tree[2]), _number(tree[3])
    if left is not None and _is_self(tree[3]):
        name = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}[name]
        left, right = None, left
    elif not _is_self(tree[2]):
        return None
    if right is None:
        return None
    if name == "=":
        return Bounds(right, right)
    if name in {"<", "<="}:
        return Bounds(high=right, is_high_open=name == "<")
    return Bounds(low=right, is_low_open=name == ">")


def _number(tree: Expression) -> float | None:
    if tree[0] == "num":
        return float(tree[1])
    if tree[0] == "neg":
        inner = _number(tree[1])
        return None if inner is None else -inner
    return None


def _is_self(tree: Expression) -> bool:
    return tree == ("path", ".", (("self", ("type", "node", ""), ()),))


def _both(one: Bounds, other: Bounds) -> Bounds:
    low = max((one.low, one.is_low_open), (other.low, other.is_low_open))
    high = min((one.high, not one.is_high_open), (other.high, not other.is_high_open))
    return Bounds(low[0], high[0], low[1], not high[1])


def _holds(wide: Bounds, narrow: Bounds) -> bool:
    """Tell whether every number within `narrow` is within `wide`."""
    return (wide.low, wide.is_low_open) <= (narrow.low, narrow.is_low_open) and (
        wide.high,
        not wide.is_high_open,
    ) >= (narrow.high, not narrow.is_high_open)


def _choices(before: CompiledForm, after: CompiledForm, old: Spec, new: Spec) -> set[Change]:
    if old.control is None or new.control is None:
        return set()
    had, has = set(choice_values(before, old.control)), set(choice_values(after, new.control))
    if not had and not has:
        return set()
    found = {Change.NARROWED} if had - has else set()
    if has - had:
        found.add(Change.WIDENED)
    filters = [
        one.itemset.tree[2][0] if one.itemset else None for one in (old.control, new.control)
    ]
    if filters[0] != filters[1]:
        found.add(Change.LOGIC)
    return found


def _face(form: CompiledForm, spec: Spec) -> Iterable[object]:
    """Return what people see of a field: texts in every language, appearance, messages."""
    messages = tuple(sorted(spec.messages.items()))
    said = tuple(_said(form, _message(one)) for _, one in messages)
    control = spec.control
    if control is None:
        return (messages, said)
    words = [control.label, control.hint, *(item.label for item in control.items)]
    listed = tuple(row.string() for row in rows(form, control))
    return (messages, said, tuple(_said(form, one) for one in words), listed, control.appearances)


def _said(form: CompiledForm, words: Words | None) -> Iterable[object]:
    if words is None:
        return ()
    written = tuple(write_xml(node) for node in text_nodes(form, words))
    return (words.text_id, words.expression, written)


def _message(written: str) -> Words | None:
    name = text_id(written)
    return None if name is None else Words(name, None)
