"""Expressions as JSON for the browser: compact lists of what it knows, else left to the server.

A number or text is itself; any other expression is a list that begins with the operator or
function, its operands after it. Three are not functions:
    ["$", field, up]               a static path: the field's cells in the entry `up` levels up
    ["/", start, step, …]          any other path; start: 0 root, 1 context node, or an expression
    ["[", expression, test, …]     a filter
A step is "name", "*", "axis::name" or a list of one of these and its tests.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from serai.calc.xforms.form import CompiledForm
from serai.calc.xforms.functions import FUNCTIONS
from serai.calc.xforms.parser import ANYWHERE, Expression
from serai.calc.xforms.paths import FormCompiler

# What the browser leaves to the server; its results come with the answer to an autosave. What chance
# gives is among it, for the two would draw differently.
SERVER_ONLY = frozenset(
    {"area", "distance", "geofence", "intersects", "property", "digest", "base64-decode", "id", "lang", "randomize",
     "jr:itext", "jr:choice-name", "namespace-uri", "name", "local-name", "random", "uuid"}
)  # fmt: skip
_AXES = {
    "child", "self", "parent", "ancestor", "descendant", "descendant-or-self", "preceding-sibling",
}  # fmt: skip
# Steps to any node, by axis: below a field stand texts too, which the browser does not see as nodes.
_ANY_NODE = {"self", "parent", "ancestor", "descendant-or-self"}
_OF_CONTEXT = {"string", "number", "string-length", "normalize-space"}
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
            operands = [(self.nodes if tree[1] == "|" else self.write)(one) for one in tree[2:]]
            is_turned = tree[1] in _TURNED
            return [_TURNED[tree[1]], *reversed(operands)] if is_turned else [tree[1], *operands]
        if sort == "fn":
            return self.call(tree[1], tree[2])
        if sort == "filter":
            return ["[", self.nodes(tree[1]), *self.tests(tree[2])]
        return self.path(tree)

    def nodes(self, tree: Expression) -> Any:
        """Write an expression that has to give nodes."""
        if not _gives_nodes(tree):
            raise LeftToServer("no nodes")
        return self.write(tree)

    def call(self, name: str, arguments: tuple[Expression, ...]) -> Any:
        if name in SERVER_ONLY or not takes(name, len(arguments)):
            raise LeftToServer(name)
        if name in {"instance", "pulldata"}:
            self.note_list(name, arguments)
        if name == "indexed-repeat":
            return self.indexed(arguments)
        if any(kind == "x" and not _gives_nodes(one) for kind, one in _typed(name, arguments)):
            raise LeftToServer(name)
        operands = [self.write(one) for one in arguments]
        return self.pulled(*operands) if name == "pulldata" else spelled(name, operands)

    def indexed(self, arguments: tuple[Expression, ...]) -> Any:
        """Write `indexed-repeat` as a path: repeat[position(.) = index]/…/target."""
        self.compiler.is_everywhere = True
        found = [self.compiler.place(one) for one in (*arguments[1::2], arguments[0])]
        self.compiler.is_everywhere = False
        specs = [place[0] for place in found if place is not None and not place[1]]
        paths = [self.form.specs[spec].path for spec in specs]
        if len(paths) != len(found) or not _is_chain(paths):
            raise LeftToServer("indexed-repeat")
        written: Any = ["$", self.index[specs[0]], len(self.compiler.own)]
        for index, (outer, inner) in zip(arguments[2::2], pairwise(paths), strict=True):
            number = self.write(index)
            if _looks_around(number):
                raise LeftToServer("indexed-repeat")
            steps = inner[len(outer) + 1 :].split("/")
            written = ["/", ["[", written, ["=", ["position", _HERE], ["*", 1, number]]], *steps]
        return written

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
        test = ["=", ["/", 1, key_column], _string(key)]
        return _string(["/", ["instance", name], root.name, [row.name, test, 1], column])

    def path(self, tree: Expression) -> Any:
        place = self.compiler.place(tree)
        if place is not None:
            spec, bound = place
            if not self.form.specs[spec].is_unique:
                raise LeftToServer(self.form.specs[spec].path)
            return ["$", self.index[spec], len(self.compiler.own) - bound]
        if tree[2] and tree[2][-1][:2] == ANYWHERE[:2]:
            raise LeftToServer("texts below a field")
        start = {"/": 0, ".": 1}.get(tree[1]) if isinstance(tree[1], str) else self.nodes(tree[1])
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
    if name in _OF_CONTEXT and not operands:
        operands = [_HERE]
    if name in _BY_OTHERS:
        return _BY_OTHERS[name](*operands)
    return [_RENAMED.get(name, name), *operands]


def _string(written: Any) -> list[Any]:
    return ["coalesce", written, ""]


def _position(*nodes: Any) -> list[Any]:
    return ["position", *nodes] if nodes else ["place"]


def _checklist(low: Any, high: Any, *values: Any) -> list[Any]:
    return ["weighted-checklist", low, high, *(one for value in values for one in (value, 1))]


def _is_yes(written: Any) -> list[Any]:
    return ["or", ["=", _string(written), "1"], ["=", _string(written), "true"]]


_BY_OTHERS: dict[str, Callable[..., Any]] = {
    "true": lambda: True,
    "false": lambda: False,
    "pi": lambda: math.pi,
    "string": _string,
    "boolean": lambda one: ["and", one],
    "not": lambda one: ["if", one, False, True],
    "exp10": lambda one: ["pow", 10, one],
    "once": lambda one: ["coalesce", _HERE, one],
    "concat": lambda *some: ["join", "", *some],
    "count-non-empty": lambda nodes: ["count", ["[", nodes, _string(_HERE)]],
    "boolean-from-string": _is_yes,
    "decimal-date-time": lambda one: ["*", 1, ["date", one]],
    "checklist": _checklist,
    "position": _position,
}


def _typed(name: str, arguments: tuple[Expression, ...]) -> Iterator[tuple[str, Expression]]:
    function = FUNCTIONS.get(name)
    return (
        zip(function.kinds(len(arguments)) or "", arguments, strict=True) if function else iter(())
    )


def _gives_nodes(tree: Expression) -> bool:
    if tree[0] == "fn":
        if tree[1] == "if":
            return all(map(_gives_nodes, tree[2][1:]))
        return tree[1] == "indexed-repeat" or FUNCTIONS[tree[1]].gives == "x"
    return tree[0] in {"path", "filter"} or tree[:2] == ("bin", "|")


def _is_chain(paths: list[str]) -> bool:
    """Tell whether each path stands below the one before."""
    return all(inner.startswith(f"{outer}/") for outer, inner in pairwise(paths))


def _looks_around(written: Any) -> bool:
    """Tell whether an expression means another thing when it stands in a test."""
    if not isinstance(written, list):
        return False
    is_placed = written[:2] == _HERE or written in (["place"], ["last"])
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
