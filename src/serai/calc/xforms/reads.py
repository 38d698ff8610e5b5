"""Finds, without evaluating, which fields of a form an expression may read."""

from dataclasses import dataclass, field

from serai.calc.xforms.form import CompiledForm
from serai.calc.xforms.functions import FUNCTIONS
from serai.calc.xforms.parser import Expression

# A place: the spec reached, and how many of the reader's own repeats it is still bound to.
Place = tuple[int, int]
Places = frozenset[Place]
ROOT = -1  # the document above the root element
# These take node-sets, but for the texts in them.
_OF_NODES = {"sum", "count-non-empty"}
_OF_CONTEXT = {"string", "number", "string-length", "normalize-space"}


@dataclass(slots=True)
class Reading:
    """What an expression reads and calls.

    Attributes:
        specs: spec -> whether it may belong to another entry than the reader's.
        unknown: paths that lead nowhere in the instance.
        functions: names of the functions it calls.
        orders: repeats whose order of entries it reads -> whether of another entry than its own.
        spans: repeats over whose entries it reads -> whether beyond the reader's own surroundings.
    """

    specs: dict[int, bool] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    orders: dict[int, bool] = field(default_factory=dict)
    spans: dict[int, bool] = field(default_factory=dict)


class Reader:
    """Walks one expression over sets of specs, as evaluation walks over nodes."""

    def __init__(self, form: CompiledForm, context: int, own: tuple[int, ...]) -> None:
        self.form = form
        self.context = context
        self.own = own
        self.found = Reading()

    def read(self, tree: Expression, *, as_value: bool = False) -> Reading:
        """Return what an expression reads.

        Args:
            tree: the expression.
            as_value: whether its text or number is used, not only whether nodes exist.
        """
        (self.value if as_value else self.visit)(tree, self.here())
        return self.found

    def here(self) -> Places:
        return frozenset({(self.context, len(self.own))})

    def visit(self, tree: Expression, here: Places) -> Places:
        """Note what a tree reads; return the places it leads to, empty for other values."""
        sort = tree[0]
        if sort == "fn":
            return self.call(tree, here)
        if sort == "path":
            return self.path(tree, here)
        if sort == "filter":
            places = self.visit(tree[1], here)
            for predicate in tree[2]:
                self.visit(predicate, places)
            return places
        if sort in {"bin", "neg"}:
            is_value = tree[1] not in {"|", "and", "or"}
            visit = self.value if is_value else self.visit
            parts = [visit(part, here) for part in tree[1:] if isinstance(part, tuple)]
            return frozenset().union(*parts) if tree[1] == "|" else frozenset()
        return frozenset()

    def value(self, tree: Expression, here: Places) -> Places:
        """Note also what stands below groups, for their text is all texts in them."""
        places = self.visit(tree, here)
        for spec, bound in places:
            waiting = list(self.children(spec))
            while waiting:
                below = waiting.pop()
                waiting.extend(self.children(below))
                self.note(frozenset({(below, bound)}))
        return places

    def call(self, tree: Expression, here: Places) -> Places:
        _, name, arguments = tree
        self.found.functions.add(name)
        if name == "position" and arguments:
            self.note_order(arguments[0], here)
            return frozenset()
        places = [
            (self.value if kind in "snv" else self.visit)(argument, here)
            for kind, argument in zip(_kinds(name, len(arguments)), arguments, strict=True)
        ]
        if name == "current":
            return self.here()
        if name == "indexed-repeat" and places:
            for spec, _bound in places[0]:
                self.found.specs[spec] = True
                self.found.spans.update(dict.fromkeys(self.form.chain(spec), True))
        if name in {"indexed-repeat", "randomize"} and places:
            return places[0]
        if name == "if" and len(places) == 3:
            return places[1] | places[2]
        if name in _OF_CONTEXT and not arguments:
            self.note(here)
        return frozenset()

    def note_order(self, tree: Expression, here: Places) -> None:
        """Note that only the order of entries is read, not what stands in them."""
        before = dict(self.found.specs)
        places = self.visit(tree, here)
        for spec, bound in places:
            if spec < 0:
                continue
            for depth, repeat in enumerate(self.form.chain(spec)):
                is_own = bound > depth and self.own[depth : depth + 1] == (repeat,)
                self.found.orders[repeat] = self.found.orders.get(repeat, False) or not is_own
            if spec not in before:
                self.found.specs.pop(spec, None)

    def path(self, tree: Expression, here: Places) -> Places:
        _, start, steps = tree
        places, is_own = self.start(start, here)
        written = "/" if start == "/" else ""
        for number, (axis, test, predicates) in enumerate(steps):
            before = places
            is_last = number == len(steps) - 1
            places = self.step(axis, test, places, is_own and not is_last)
            if predicates:
                is_own = False
                for predicate in predicates:
                    self.visit(predicate, places)
                places = frozenset((spec, self.outside(spec, bound)) for spec, bound in places)
            written += ("" if number == 0 else "/") + (test[2] if test[0] == "name" else "…")
            if before and not places and axis == "child" and test[0] == "name":
                self.found.unknown.append(written if start != "." else f"./{written}")
        if any(axis == "attribute" for axis, _, _ in steps):
            places = frozenset(one for one in places if one[0] != self.context)
        self.note(places)
        return places

    def outside(self, spec: int, bound: int) -> int:
        """Unbind a repeat's own element, which a predicate has picked anew."""
        if spec < 0:
            return bound
        repeat = self.form.specs[spec].repeat
        if repeat >= 0 and self.form.repeats[repeat].spec == spec:
            return min(bound, len(self.form.chain(spec)) - 1)
        return bound

    def start(self, start: object, here: Places) -> tuple[Places, bool]:
        if start == "/":
            return frozenset({(ROOT, 0)}), True
        if start == ".":
            return here, False
        places = self.visit(start, here)  # type: ignore[arg-type]
        return places, False

    def step(self, axis: str, test: Expression, places: Places, is_own: bool) -> Places:
        if axis == "attribute":
            return places
        found: set[Place] = set()
        if axis == "child":
            for spec, bound in places:
                for below in self.children(spec):
                    if self.matches(test, below):
                        found.add((below, self.enter(below, bound, is_own)))
            return frozenset(found)
        for spec, bound in places:
            for place in self.reach(axis, spec, bound):
                if self.matches(test, place[0]):
                    found.add(place)
        return frozenset(found)

    def matches(self, test: Expression, spec: int) -> bool:
        if test[0] == "type":
            return bool(test[1] == "node")
        return spec >= 0 and test[2] in {"*", self.form.specs[spec].name}

    def reach(self, axis: str, spec: int, bound: int) -> list[Place]:
        """Return where any other axis leads from a place, over-estimating the rarer ones."""
        if axis == "self":
            return [(spec, bound)]
        if axis == "parent":
            return [self.leave(spec, bound)] if spec >= 0 else []
        if axis in {"ancestor", "ancestor-or-self"}:
            found = [(spec, bound)] if axis == "ancestor-or-self" else []
            while spec >= 0:
                spec, bound = self.leave(spec, bound)
                found.append((spec, bound))
            return found
        if axis in {"descendant", "descendant-or-self"}:
            found = [(spec, bound)] if axis == "descendant-or-self" else []
            waiting = list(self.children(spec))
            while waiting:
                below = waiting.pop()
                found.append((below, bound))
                waiting.extend(self.children(below))
            return found
        above, outer = self.leave(spec, bound) if spec >= 0 else (ROOT, 0)
        if axis in {"following-sibling", "preceding-sibling"}:
            return [(one, self.enter(one, outer, False)) for one in self.children(above)]
        return [(one.index, 0) for one in self.form.specs] if axis != "namespace" else []

    def children(self, spec: int) -> list[int]:
        return self.form.specs[spec].children if spec >= 0 else [0]

    def enter(self, spec: int, bound: int, is_own: bool) -> int:
        """Go down: an absolute path stays in the reader's entry, any other reaches all."""
        repeat = self.form.specs[spec].repeat
        if repeat < 0 or self.form.repeats[repeat].spec != spec:
            return bound
        depth = len(self.form.chain(spec))
        if is_own and bound == depth - 1 and self.own[depth - 1 : depth] == (repeat,):
            return depth
        return bound

    def leave(self, spec: int, bound: int) -> Place:
        """Go up: out of a repeat's element the place is bound to the entry around it."""
        above = self.form.specs[spec].parent
        depth = len(self.form.chain(above)) if above >= 0 else 0
        return above, min(bound, depth)

    def note(self, places: Places) -> None:
        for spec, bound in places:
            if spec < 0:
                continue
            chain = self.form.chain(spec)
            shared = 0
            while shared < min(len(chain), len(self.own)) and chain[shared] == self.own[shared]:
                shared += 1
            is_other = bound < shared
            self.found.specs[spec] = self.found.specs.get(spec, False) or is_other
            for repeat in chain[min(bound, shared) :]:
                self.found.spans[repeat] = self.found.spans.get(repeat, False) or is_other


def _kinds(name: str, count: int) -> str:
    """Return a letter per argument: x where only the nodes count, b where their existence does."""
    if name == "if":
        return "bxx"[:count].ljust(count, "x")
    if name == "indexed-repeat":
        return ("xx" + "nx" * count)[:count]
    if name in _OF_NODES or name not in FUNCTIONS:
        return "s" * count
    return FUNCTIONS[name].kinds(count) or "v" * count


def calls_volatile(functions: set[str]) -> bool:
    """Tell whether a set of functions may give other results although nothing changed."""
    return any(name in FUNCTIONS and FUNCTIONS[name].volatile for name in functions)
