"""Turns expressions into closures that run fast and give exactly XPath's or ODK's results."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from serai.calc.xforms.axes import AXES, FLAT, node_test
from serai.calc.xforms.focus import CannotEvaluate, Code, Focus, Function
from serai.calc.xforms.functions import FUNCTIONS
from serai.calc.xforms.functions.nodes import position_of
from serai.calc.xforms.parser import Expression
from serai.calc.xforms.tree import XML_URI, Node, in_order
from serai.calc.xforms.values import NAN, Profile, Value

Typed = tuple[str, Code]
Walk = Callable[[Focus, list[Node], bool], list[Node]]

_LAZY = {"if": 3, "once": 1}


def division(left: float, right: float) -> float:
    """Divide as IEEE 754 does: by zero gives an infinity, zero by zero NaN."""
    if right:
        return left / right
    if left != left or left == 0:
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """Return what is left of a division; it has the sign of `left`."""
    if right == 0 or math.isinf(left) or left != left or right != right:
        return NAN
    return math.fmod(left, right)


class Compiler:
    """Compiles the expressions of one document or form.

    Args:
        profile: whose rules hold.
        namespaces: namespace by prefix, as known where the expressions stand.
    """

    def __init__(self, profile: Profile, namespaces: Mapping[str, str]) -> None:
        self.profile = profile
        self.namespaces = {"xml": XML_URI, **namespaces}

    def any(self, tree: Expression) -> Typed:
        """Return what an expression gives (n, s, b, x, v) and the closure that gives it."""
        sort = tree[0]
        if sort in {"num", "str"}:
            constant = tree[1]
            return "n" if sort == "num" else "s", lambda _focus: constant
        if sort == "neg":
            operand = self.number(tree[1])
            return "n", lambda focus: -operand(focus)
        if sort == "fn":
            return self.call(tree)
        if sort == "bin":
            return self.binary(tree)
        return "x", self.filter(tree) if sort == "filter" else self.path(tree)

    def number(self, tree: Expression) -> Code:
        """Return a closure that gives a number."""
        kind, run = self.any(tree)
        if kind == "n":
            return run
        return lambda focus: focus.rules.number(run(focus))

    def text(self, tree: Expression) -> Code:
        """Return a closure that gives text."""
        kind, run = self.any(tree)
        if kind == "s":
            return run
        return lambda focus: focus.rules.text(run(focus))

    def truth(self, tree: Expression) -> Code:
        """Return a closure that gives true or false."""
        kind, run = self.any(tree)
        if kind == "b":
            return run
        return lambda focus: focus.rules.boolean(run(focus))

    def nodes(self, tree: Expression) -> Code:
        """Return a closure that gives a list of nodes.

        Running it raises CannotEvaluate where the expression gives another kind of value.
        """
        kind, run = self.any(tree)
        if kind == "x":
            return run

        def checked(focus: Focus) -> list[Node]:
            found = run(focus)
            if not isinstance(found, list):
                raise CannotEvaluate("A node-set is needed here.")
            return found

        return checked

    # ------------------------------------------------------------------ operators

    def binary(self, tree: Expression) -> Typed:
        _, name, *operands = tree
        if name in {"and", "or"}:
            return "b", self.logic(name, [self.truth(operand) for operand in operands])
        if name in {"=", "!="}:
            return "b", self.equality(name, operands[0], operands[1])
        if name == "|":
            left, right = self.nodes(operands[0]), self.nodes(operands[1])
            return "x", lambda focus: in_order([*left(focus), *right(focus)])
        if name in {"<", "<=", ">", ">="}:
            left, right = self.any(operands[0])[1], self.any(operands[1])[1]
            return "b", lambda focus: focus.rules.ordered(name, left(focus), right(focus))
        return "n", self.arithmetic(name, self.number(operands[0]), self.number(operands[1]))

    def logic(self, name: str, operands: list[Code]) -> Code:
        if len(operands) == 2:
            left, right = operands
            if name == "and":
                return lambda focus: left(focus) and right(focus)
            return lambda focus: left(focus) or right(focus)
        if name == "and":
            return lambda focus: all(operand(focus) for operand in operands)
        return lambda focus: any(operand(focus) for operand in operands)

    def equality(self, name: str, one: Expression, other: Expression) -> Code:
        (left_kind, left), (right_kind, right) = self.any(one), self.any(other)
        if left_kind == right_kind and left_kind in "nsb":
            if name == "=":
                return lambda focus: left(focus) == right(focus)
            return lambda focus: left(focus) != right(focus)
        if name == "=":
            return lambda focus: focus.rules.equal(left(focus), right(focus))
        return lambda focus: focus.rules.unequal(left(focus), right(focus))

    def arithmetic(self, name: str, left: Code, right: Code) -> Code:
        if name == "+":
            return lambda focus: left(focus) + right(focus)
        if name == "-":
            return lambda focus: left(focus) - right(focus)
        if name == "*":
            return lambda focus: left(focus) * right(focus)
        operation = division if name == "div" else remainder
        return lambda focus: operation(left(focus), right(focus))

    # ------------------------------------------------------------------ functions

    def call(self, tree: Expression) -> Typed:
        _, name, arguments = tree
        if self.profile == Profile.FORM and (special := self.special(name, arguments)):
            return special
        function = FUNCTIONS.get(name)
        if function is None or not (function.core or self.profile == Profile.FORM):
            return "v", _failing(f"There is no function {name}().")
        kinds = function.kinds(len(arguments))
        if kinds is None:
            return "v", _failing(f"{name}() does not take {len(arguments)} arguments.")
        into: dict[str, Callable[[Expression], Code]] = {
            "n": self.number,
            "s": self.text,
            "b": self.truth,
            "x": self.nodes,
            "v": lambda argument: self.any(argument)[1],
        }
        codes = [into[kind](argument) for kind, argument in zip(kinds, arguments, strict=True)]
        return function.gives, _calling(function, codes)

    def special(self, name: str, arguments: tuple[Expression, ...]) -> Typed | None:
        """Compile the functions that do not evaluate all they are given."""
        if name == "indexed-repeat":
            return self.indexed_repeat(arguments)
        if name not in _LAZY:
            return None
        if len(arguments) != _LAZY[name]:
            return "v", _failing(f"{name}() does not take {len(arguments)} arguments.")
        if name == "once":
            first = self.text(arguments[0])
            return "s", lambda focus: focus.node.string() or first(focus)
        truth = self.truth(arguments[0])
        (kind, then), (other_kind, other) = self.any(arguments[1]), self.any(arguments[2])
        gives = kind if kind == other_kind else "v"
        return gives, lambda focus: then(focus) if truth(focus) else other(focus)

    def indexed_repeat(self, arguments: tuple[Expression, ...]) -> Typed:
        if len(arguments) < 3 or len(arguments) % 2 == 0:
            return "v", _failing(f"indexed-repeat() does not take {len(arguments)} arguments.")
        target = self.everywhere(arguments[0])
        pairs = [
            (self.everywhere(repeat), self.number(index))
            for repeat, index in zip(arguments[1::2], arguments[2::2], strict=True)
        ]

        def run(focus: Focus) -> list[Node]:
            found: list[Node] = target(focus)
            for repeats, index in pairs:
                place = index(focus)
                chosen = {id(node) for node in repeats(focus) if position_of(node) == place}
                found = [node for node in found if _is_inside(node, chosen)]
            return found

        return "x", run

    def everywhere(self, tree: Expression) -> Code:
        """Return the nodes of a path in all entries; a form's compiler knows its own entry."""
        return self.nodes(tree)

    # ------------------------------------------------------------------ paths

    def filter(self, tree: Expression) -> Code:
        _, start, predicates = tree
        nodes = self.nodes(start)
        checks = [self.predicate(predicate) for predicate in predicates]

        def run(focus: Focus) -> list[Node]:
            found: list[Node] = nodes(focus)
            for check in checks:
                found = check(focus, found)
            return found

        return run

    def path(self, tree: Expression) -> Code:
        _, start, steps = tree
        first = self.start(start)
        walks = [self.step(step) for step in steps]

        def run(focus: Focus) -> list[Node]:
            found: list[Node] = first(focus)
            is_flat = len(found) < 2
            for walk, keeps_flat in walks:
                found = walk(focus, found, is_flat)
                is_flat = len(found) < 2 or (is_flat and keeps_flat)
            return found

        return run

    def start(self, start: Any) -> Code:
        if start == "/":
            return lambda focus: [focus.root]
        if start == ".":
            return lambda focus: [focus.node]
        return self.nodes(start)

    def step(self, step: Expression) -> tuple[Walk, bool]:
        axis, test, predicates = step
        reach = AXES[axis]
        uri = self.namespaces.get(test[1]) if test[0] == "name" and test[1] else None
        if test[0] == "name" and test[1] and uri is None:
            failing = _failing(f"The prefix {test[1]}: is not declared.")
            return lambda focus, _nodes, _flat: failing(focus), False
        check = node_test(axis, test, uri, self.profile)
        checks = [self.predicate(predicate) for predicate in predicates]
        keeps_flat = axis in FLAT

        def walk(focus: Focus, nodes: list[Node], is_flat: bool) -> list[Node]:
            found: list[Node] = []
            for node in nodes:
                reached = reach(node)
                some = list(reached) if check is None else [one for one in reached if check(one)]
                for keep in checks:
                    some = keep(focus, some)
                found.extend(some)
            if len(found) < 2 or (is_flat and keeps_flat):
                return found
            return in_order(found)

        return walk, keeps_flat

    def predicate(self, tree: Expression) -> Callable[[Focus, list[Node]], list[Node]]:
        if tree[0] == "num":
            place = tree[1]
            index = int(place) - 1 if place == int(place) and place > 0 else -1
            return lambda _focus, nodes: nodes[index : index + 1] if index >= 0 else []
        kind, run = self.any(tree)

        def keep(focus: Focus, nodes: list[Node]) -> list[Node]:
            if not nodes:
                return nodes
            inner = focus.inner()
            inner.size = len(nodes)
            found = []
            for place, node in enumerate(nodes, 1):
                inner.node, inner.position = node, place
                value = run(inner)
                if isinstance(value, float):
                    if value == place:
                        found.append(node)
                elif kind == "b" and value or kind != "b" and focus.rules.boolean(value):
                    found.append(node)
            return found

        return keep


def _calling(function: Function, codes: list[Code]) -> Code:
    run = function.run
    if not codes:
        return run
    if len(codes) == 1:
        (only,) = codes
        return lambda focus: run(focus, only(focus))
    if len(codes) == 2:
        first, second = codes
        return lambda focus: run(focus, first(focus), second(focus))
    return lambda focus: run(focus, *[code(focus) for code in codes])


def _failing(reason: str) -> Code:
    """Return a closure that fails when reached, for `and`, `or` and `if` may never get there."""

    def fail(_focus: Focus) -> Value:
        raise CannotEvaluate(reason)

    return fail


def _is_inside(node: Node, chosen: set[int]) -> bool:
    here: Node | None = node
    while here is not None:
        if id(here) in chosen:
            return True
        here = here.parent
    return False
