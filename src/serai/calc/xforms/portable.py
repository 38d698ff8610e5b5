"""Expressions as JSON for the browser: compact lists of what it knows, else left to the server.

A number or text is itself; any other expression is a list that begins with the operator or
function, its operands after it. Three are not functions:
    ["$", field, bound]            a static path: the field's cells, in the own entries down to `bound`
    ["/", start, step, …]          any other path; start: 0 root, 1 context node, or an expression
    ["[", expression, test, …]     a filter
A step is "name", "*", "axis::name" or a list of one of these and its tests.
"""

import math
from collections.abc import Mapping
from typing import Any

from serai.calc.xforms.form import CompiledForm
from serai.calc.xforms.functions import FUNCTIONS
from serai.calc.xforms.parser import ANYWHERE, Expression
from serai.calc.xforms.paths import FormCompiler

# What the browser leaves to the server; its results come with the answer to an autosave.
SERVER_ONLY = frozenset(
    {"area", "distance", "geofence", "intersects", "property", "digest", "base64-decode", "id", "lang", "randomize",
     "jr:itext", "jr:choice-name", "namespace-uri"}
)  # fmt: skip
_AXES = {
    "child", "self", "parent", "ancestor", "ancestor-or-self", "descendant", "descendant-or-self",
    "preceding-sibling", "following-sibling",
}  # fmt: skip
# Steps to any node, by axis: below a field stand texts too, which the browser does not see as nodes.
_ANY_NODE = {"self", "parent", "ancestor", "ancestor-or-self", "descendant-or-self"}
_OF_CONTEXT = {"string", "number", "string-length", "normalize-space", "name", "local-name"}
_HERE = ["/", 1]
_RENAMED = {
    "ceiling": "ceil", "int": "trunc", "starts-with": "startsWith", "ends-with": "endsWith",
    "contains": "includes", "date-time": "date", "format-date-time": "format-date",
}  # fmt: skip
_TURNED = {">": "<", ">=": "<="}
_LAZY = {"if": 3, "once": 1}


class LeftToServer(Exception):
    """The browser cannot evaluate this expression."""


class Writer:
    """Writes the expressions that stand at one field.

    Attributes:
        lists: columns that the expressions use, by list.
    """

    def __init__(
        self,
        form: CompiledForm,
        index: Mapping[int, int],
        context: int,
        own: tuple[int, ...] | None = None,
    ) -> None:
        self.form = form
        self.index = index
        self.compiler = FormCompiler(form, context, own)
        self.lists: dict[str, set[str]] = {}

    def write(self, tree: Expression) -> Any:
        """Return a tree as JSON.

        Raises:
            LeftToServer: something in it is not known in the browser.
        """
        sort = tree[0]
        if sort == "num":
            return int(tree[1]) if tree[1] == int(tree[1]) else tree[1]
        if sort == "str":
            return tree[1]
        if sort == "neg":
            return ["*", -1, self.write(tree[1])]
        if sort == "bin":
            operands = [self.write(one) for one in tree[2:]]
            is_turned = tree[1] in _TURNED
            return [_TURNED[tree[1]], *reversed(operands)] if is_turned else [tree[1], *operands]
        if sort == "fn":
            return self.call(tree[1], tree[2])
        if sort == "filter":
            return ["[", self.write(tree[1]), *self.tests(tree[2])]
        return self.path(tree)

    def call(self, name: str, arguments: tuple[Expression, ...]) -> Any:
        if name in SERVER_ONLY or not takes(name, len(arguments)):
            raise LeftToServer(name)
        if name in {"instance", "pulldata"}:
            self.note_list(name, arguments)
        if name == "indexed-repeat":
            self.compiler.is_everywhere = True
            places = [self.write(one) for one in (arguments[0], *arguments[1::2])]
            self.compiler.is_everywhere = False
            numbers = [self.write(one) for one in arguments[2::2]]
            pairs = zip(places[1:], numbers, strict=True)
            return [name, places[0], *(one for pair in pairs for one in pair)]
        operands = [self.write(one) for one in arguments]
        return self.pulled(*operands) if name == "pulldata" else spelled(name, operands)

    def note_list(self, name: str, arguments: tuple[Expression, ...]) -> None:
        """Note which columns of a list are used; only literal names can be known beforehand."""
        literal = [one[1] for one in arguments[:3] if one[0] == "str"]
        is_known = len(literal) == min(3, len(arguments)) and literal[0] in self.form.instances
        if not is_known or any(one.startswith("@") for one in literal):
            raise LeftToServer(name)
        self.lists.setdefault(literal[0], set()).update(literal[1:])

    def pulled(self, name: str, column: str, key_column: str, key: Any) -> Any:
        """Write `pulldata` as a path: root/row[key column = key][1]/column."""
        root = next(iter(self.form.instances[name].elements()), None)
        row = next(iter(root.elements()), None) if root else None
        if root is None or row is None or _looks_around(key):
            raise LeftToServer("pulldata")
        test = ["=", ["/", 1, key_column], ["string", key]]
        return ["string", ["/", ["instance", name], root.name, [row.name, test, 1], column]]

    def path(self, tree: Expression) -> Any:
        place = self.compiler.place(tree)
        if place is not None:
            spec, bound = place
            if not self.form.specs[spec].is_unique:
                raise LeftToServer(self.form.specs[spec].path)
            return ["$", self.index[spec], bound]
        if tree[2] and tree[2][-1][:2] == ANYWHERE[:2]:
            raise LeftToServer("texts below a field")
        start = {"/": 0, ".": 1}.get(tree[1]) if isinstance(tree[1], str) else self.write(tree[1])
        return ["/", start, *map(self.step, tree[2])]

    def step(self, step: Expression) -> Any:
        axis, test, tests = step
        if axis not in _AXES or (test[0] == "name" and test[1]):
            raise LeftToServer(axis)
        if test[0] == "type" and (test[1] != "node" or axis not in _ANY_NODE):
            raise LeftToServer(test[1])
        name = "node()" if test[0] == "type" else test[2]
        written = name if axis == "child" else f"{axis}::{name}"
        return [written, *self.tests(tests)] if tests else written

    def tests(self, trees: tuple[Expression, ...]) -> list[Any]:
        self.compiler.depth += 1
        written = [self.write(tree) for tree in trees]
        self.compiler.depth -= 1
        return written


def spelled(name: str, operands: list[Any]) -> Any:
    """Write a call by what the browser has: fewer functions, some under JavaScript's own names."""
    if name in {"true", "false"}:
        return name == "true"
    if name == "pi":
        return math.pi
    if name == "boolean":
        return ["and", *operands]
    if name == "exp10":
        return ["pow", 10, *operands]
    if name == "once":
        return ["coalesce", _HERE, *operands]
    if name == "count-non-empty":
        return ["count", ["[", *operands, ["string", _HERE]]]
    if name == "boolean-from-string":
        text = ["string", *operands]
        return ["or", ["=", text, "1"], ["=", text, "true"]]
    if name == "checklist":
        weighted = [one for operand in operands[2:] for one in (operand, 1)]
        return ["weighted-checklist", *operands[:2], *weighted]
    if name in _OF_CONTEXT and not operands:
        return [name, _HERE]
    return [_RENAMED.get(name, name), *operands]


def _looks_around(written: Any) -> bool:
    """Tell whether an expression means another thing when it stands in a test."""
    if not isinstance(written, list):
        return False
    is_placed = written[:2] == _HERE or written[:1] in (["position"], ["last"])
    return is_placed or any(map(_looks_around, written))


def takes(name: str, count: int) -> bool:
    if name == "indexed-repeat":
        return count >= 3 and count % 2 == 1
    if name in _LAZY:
        return count == _LAZY[name]
    return name in FUNCTIONS and FUNCTIONS[name].kinds(count) is not None


def known_functions() -> list[str]:
    """Return the functions the browser has to know, in alphabetical order."""
    return sorted({*FUNCTIONS, *_LAZY, "indexed-repeat"} - SERVER_ONLY)
