"""Compiles a form's expressions: static paths become slots, everything else walks the tree."""

from collections.abc import Callable
from typing import Any

from serai.calc.xforms.evaluate import Compiler, Typed, Walk
from serai.calc.xforms.focus import Code, Focus
from serai.calc.xforms.form import CompiledForm
from serai.calc.xforms.frames import Cell
from serai.calc.xforms.parser import Expression
from serai.calc.xforms.reads import ROOT, Place, Reader
from serai.calc.xforms.tree import Node
from serai.calc.xforms.values import Profile

Finder = Callable[[Focus], Any]
_CURRENT = ("fn", "current", ())


class FormCompiler(Compiler):
    """Compiles expressions that stand at one field of a form.

    Args:
        form: the form.
        context: index of the field the expressions start from.
        own: repeats whose entries are known where they run; those of the field by default.
    """

    def __init__(
        self, form: CompiledForm, context: int, own: tuple[int, ...] | None = None
    ) -> None:
        super().__init__(Profile.FORM, form.namespaces)
        self.form = form
        self.context = context
        self.own = form.chain(context) if own is None else own
        self.depth = 0
        self.is_everywhere = False

    # ------------------------------------------------------------------ static paths

    def place(self, tree: Expression) -> Place | None:
        """Return where a path without predicates leads, None where only walking can tell."""
        if tree[0] != "path" or not tree[2]:
            return None
        reader = Reader(self.form, self.context, self.own)
        start, steps = tree[1], tree[2]
        if start == "/":
            places = frozenset({(ROOT, 0)})
        elif start == _CURRENT or (start == "." and not self.depth):
            places = reader.here()
        else:
            return None
        stays = start == "/" and not self.is_everywhere
        for number, (axis, test, predicates) in enumerate(steps):
            if predicates or axis not in {"child", "self", "parent"}:
                return None
            places = reader.step(axis, test, places, stays and number < len(steps) - 1)
            if len(places) != 1 or not self.is_same(test, next(iter(places))[0]):
                return None
        return next(iter(places))

    def is_same(self, test: Expression, spec: int) -> bool:
        """Check that a step's test finds this one field in every instance of the form."""
        if spec < 0:
            return False
        found = self.form.specs[spec]
        if test[0] == "type":
            return bool(test[1] == "node")
        if not found.is_unique or test[2] == "*":
            return False
        if test[1]:
            return self.namespaces.get(test[1]) == found.uri
        return not (found.uri and found.prefix)

    def cell(self, tree: Expression) -> Finder | None:
        """Return a closure that gives the one cell a path leads to, None where there are more."""
        place = self.place(tree)
        if place is None:
            return None
        spec, bound = place
        if len(self.form.chain(spec)) > bound:
            return None
        slot, ups = self.form.specs[spec].slot, len(self.own) - bound
        if ups == 0:
            return lambda focus: focus.scope.cells[slot]
        if ups == 1:
            return lambda focus: focus.scope.parent.cells[slot]

        def climb(focus: Focus) -> Any:
            frame = focus.scope
            for _ in range(ups):
                frame = frame.parent
            return frame.cells[slot]

        return climb

    def many(self, place: Place) -> Code:
        """Return a closure that gives the cells of a field in all entries below a bound one."""
        spec, bound = place
        slot, ups = self.form.specs[spec].slot, len(self.own) - bound
        inner = self.form.chain(spec)[bound:]

        def collect(focus: Focus) -> list[Node]:
            frame = focus.scope
            for _ in range(ups):
                frame = frame.parent
            frames = [frame]
            for repeat in inner:
                frames = [entry for one in frames for entry in one.entries[repeat]]
            cells = [one.cells[slot] for one in frames]
            return [cell for cell in cells if cell.relevant]

        return collect

    # ------------------------------------------------------------------ what Compiler asks

    def path(self, tree: Expression) -> Code:
        cell = self.cell(tree)
        if cell is not None:
            get = cell
            return lambda focus: [found] if (found := get(focus)).relevant else []
        place = self.place(tree)
        if place is not None and self.form.specs[place[0]].is_unique:
            return self.many(place)
        return super().path(tree)

    def number(self, tree: Expression) -> Code:
        cell = self.leaf(tree)
        if cell is None:
            return super().number(tree)
        get = cell

        def number(focus: Focus) -> float:
            found = get(focus)
            return focus.rules.text_number(found.text if found.relevant else "")

        return number

    def text(self, tree: Expression) -> Code:
        cell = self.leaf(tree)
        if cell is None:
            return super().text(tree)
        get = cell
        return lambda focus: found.text if (found := get(focus)).relevant else ""

    def leaf(self, tree: Expression) -> Finder | None:
        """Return a closure for a path that leads to one cell without children."""
        if tree[0] != "path":
            return None
        place = self.place(tree)
        if place is None or self.form.specs[place[0]].is_group:
            return None
        return self.cell(tree)

    def equality(self, name: str, one: Expression, other: Expression) -> Code:
        for path, value in ((one, other), (other, one)):
            cell = self.leaf(path)
            if cell is None:
                continue
            kind, run = self.any(value)
            if kind in {"s", "n"}:
                return _compared(cell, run, is_text=kind == "s", is_equal=name == "=")
        return super().equality(name, one, other)

    def predicate(self, tree: Expression) -> Callable[[Focus, list[Node]], list[Node]]:
        self.depth += 1
        try:
            return super().predicate(tree)
        finally:
            self.depth -= 1

    def step(self, step: Expression) -> tuple[Walk, bool]:
        """Compile a step; `row[column = answer]` of a secondary list looks the rows up."""
        walk, keeps_flat = super().step(step)
        found = self.lookup(step)
        if found is None:
            return walk, keeps_flat
        column, cell, literal = found
        rest = [self.predicate(predicate) for predicate in step[2][1:]]
        row, lists = step[1][2], self.form.lists

        def look_up(focus: Focus, nodes: list[Node], is_flat: bool) -> list[Node]:
            # Rows of the response itself change, so only lists beside it are indexed.
            if len(nodes) != 1 or isinstance(nodes[0], Cell) or nodes[0].parent is None:
                return walk(focus, nodes, is_flat)
            text = literal
            if cell is not None:
                answer = cell(focus)
                if not answer.relevant:
                    return []
                text = answer.text
            rows = _index(lists, nodes[0], row, column).get(text, [])
            for keep in rest:
                rows = keep(focus, rows)
            return list(rows)

        return look_up, keeps_flat

    def lookup(self, step: Expression) -> tuple[str, Finder | None, str] | None:
        """Return column and answer of a predicate `column = answer`; None for any other."""
        axis, test, predicates = step
        is_plain = axis == "child" and test[0] == "name" and not test[1] and test[2] != "*"
        if not is_plain or not predicates or predicates[0][:2] != ("bin", "="):
            return None
        one, other = predicates[0][2:]
        for column, value in ((one, other), (other, one)):
            name = _column(column)
            if name and value[0] == "str":
                return name, None, value[1]
            if name and value[0] == "path" and value[1] != ".":
                cell = self.leaf(value)
                if cell is not None:
                    return name, cell, ""
        return None

    def everywhere(self, tree: Expression) -> Code:
        self.is_everywhere = True
        try:
            return self.nodes(tree)
        finally:
            self.is_everywhere = False

    def below(self, tree: Expression) -> Typed:
        """Compile an expression that starts from other nodes than the field."""
        self.depth += 1
        try:
            return self.any(tree)
        finally:
            self.depth -= 1


def _column(tree: Expression) -> str:
    """Return the name in a path of one plain child step, "" for any other expression."""
    if tree[0] != "path" or tree[1] != "." or len(tree[2]) != 1:
        return ""
    axis, test, predicates = tree[2][0]
    is_plain = axis == "child" and test[0] == "name" and not test[1] and not predicates
    return str(test[2]) if is_plain and test[2] != "*" else ""


def _index(
    lists: dict[tuple[int, str, str], dict[str, list[Node]]], holder: Node, row: str, column: str
) -> dict[str, list[Node]]:
    """Return the rows under a node by the text of a column."""
    key = (id(holder), row, column)
    found = lists.get(key)
    if found is None:
        found = lists[key] = {}
        for one in holder.elements():
            if one.name == row and not (one.uri and one.prefix):
                texts = [
                    cell.string()
                    for cell in one.elements()
                    if cell.name == column and not (cell.uri and cell.prefix)
                ]
                for text in dict.fromkeys(texts):
                    found.setdefault(text, []).append(one)
    return found


def _compared(cell: Finder, run: Code, *, is_text: bool, is_equal: bool) -> Code:
    """Compare one cell with a text or number; an absent cell equals and differs from nothing."""

    def text(focus: Focus) -> bool:
        found = cell(focus)
        return found.relevant and (found.text == run(focus)) is is_equal

    def number(focus: Focus) -> bool:
        found = cell(focus)
        return found.relevant and ((focus.rules.text_number(found.text) == run(focus)) is is_equal)

    return text if is_text else number
