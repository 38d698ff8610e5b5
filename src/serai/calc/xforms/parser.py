"""Reads XPath expressions into nested tuples, the portable form that the browser gets too.

("num", 1.5)   ("str", "yes")   ("neg", e)   ("fn", name, (e, …))
("bin", op, e, e)               `and` and `or` hold all their operands, two or more
("filter", e, (predicate, …))
("path", start, (step, …))      start: "/", "." or an expression
step: (axis, test, (predicate, …))
test: ("name", prefix, local), local "*" for any; ("type", node|text|comment|
      processing-instruction, target)
"""

from functools import lru_cache
from typing import Any

from serai.calc.xforms.lexer import NotAnExpression, Token, tokens

Expression = tuple[Any, ...]

MAX_DEPTH = 100
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_RANK = {name: rank for rank, names in enumerate(_LEVELS) for name in names}
_TYPES = {"node", "text", "comment", "processing-instruction"}
AXES = {
    "ancestor",
    "ancestor-or-self",
    "attribute",
    "child",
    "descendant",
    "descendant-or-self",
    "following",
    "following-sibling",
    "namespace",
    "parent",
    "preceding",
    "preceding-sibling",
    "self",
}
ANYWHERE = ("descendant-or-self", ("type", "node", ""), ())


@lru_cache(maxsize=4096)
def parse(expression: str) -> Expression:
    """Read an expression.

    Args:
        expression: XPath 1.0 text; function names with a prefix are kept as written.
    Returns:
        Nested tuples as described at the top of this file.
    Raises:
        NotAnExpression: where and why the text cannot be read.
    Source: XPath 1.0, sections 2 and 3.
    """
    reader = _Reader(expression)
    tree = reader.level()
    if reader.next.kind != "end":
        raise reader.refuse(f"“{reader.next.text}” cannot stand here.")
    return tree


class _Reader:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens = tokens(expression)
        self.at = self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def refuse(self, reason: str) -> NotAnExpression:
        if self.next.kind == "end":
            reason = "the expression stops in the middle."
        return NotAnExpression(self.expression, self.next.at, reason)

    def take(self, *texts: str) -> str | None:
        token = self.next
        if token.kind in {"operator", "mark"} and token.text in texts:
            self.at += 1
            return token.text
        return None

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise self.refuse(f"“{text}” is missing.")

    def deeper(self, by: int) -> None:
        self.depth += by
        if self.depth > MAX_DEPTH:
            raise self.refuse(f"the expression is nested more than {MAX_DEPTH} deep.")

    def level(self, lowest: int = 0) -> Expression:
        """Climb precedence: few Python frames for each nesting, whatever the operators."""
        left = self.unary()
        joined, grown = "", 0
        while (rank := _RANK.get(self.next.text, -1)) >= lowest and self.next.kind == "operator":
            operator = self.next.text
            self.at += 1
            right = self.level(rank + 1)
            if operator == joined and operator in {"and", "or"}:
                left = (*left, right)
                continue
            self.deeper(1)
            joined, grown = operator, grown + 1
            left = ("bin", operator, left, right)
        self.depth -= grown
        return left

    def unary(self) -> Expression:
        minuses = 0
        while self.take("-"):
            minuses += 1
            self.deeper(1)
        tree = self.union()
        for _ in range(minuses):
            tree = ("neg", tree)
        self.depth -= minuses
        return tree

    def union(self) -> Expression:
        left = self.path()
        while self.take("|"):
            left = ("bin", "|", left, self.path())
        return left

    def path(self) -> Expression:
        if self.take("//"):
            return ("path", "/", (ANYWHERE, *self.steps()))
        if self.take("/"):
            return ("path", "/", self.steps() if self.starts_step() else ())
        if not self.starts_primary():
            return ("path", ".", self.steps())
        start = self.primary()
        if predicates := self.predicates():
            start = ("filter", start, predicates)
        if self.take("//"):
            return ("path", start, (ANYWHERE, *self.steps()))
        if self.take("/"):
            return ("path", start, self.steps())
        return start

    def starts_step(self) -> bool:
        kind, text, _ = self.next
        return kind == "name" or (kind == "mark" and text in {".", "..", "@"})

    def starts_primary(self) -> bool:
        kind, text, _ = self.next
        if kind == "name":
            return self.is_call() and text not in _TYPES
        return kind in {"number", "string"} or text in {"(", "$"}

    def is_call(self) -> bool:
        after = self.tokens[self.at + 1]
        return after.kind == "mark" and after.text == "("

    def primary(self) -> Expression:
        kind, text, _ = self.next
        if text == "$" and kind == "mark":
            raise self.refuse("variables are not supported.")
        self.at += 1
        if kind == "number":
            return ("num", float(text))
        if kind == "string":
            return ("str", text[1:-1])
        self.deeper(1)
        if kind == "name":
            self.expect("(")
            tree: Expression = ("fn", text, self.arguments())
        else:
            tree = self.level()
            self.expect(")")
        self.depth -= 1
        return tree

    def arguments(self) -> tuple[Expression, ...]:
        if self.take(")"):
            return ()
        found = [self.level()]
        while self.take(","):
            found.append(self.level())
        self.expect(")")
        return tuple(found)

    def steps(self) -> tuple[Expression, ...]:
        found = [self.step()]
        while separator := self.take("/", "//"):
            if separator == "//":
                found.append(ANYWHERE)
            found.append(self.step())
        return tuple(found)

    def step(self) -> Expression:
        if self.take(".."):
            return ("parent", ("type", "node", ""), self.predicates())
        if self.take("."):
            return ("self", ("type", "node", ""), self.predicates())
        axis = "attribute" if self.take("@") else self.axis()
        return (axis, self.test(), self.predicates())

    def axis(self) -> str:
        after = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if self.next.kind != "name" or after.text != "::" or after.kind != "mark":
            return "child"
        axis = self.next.text
        if axis not in AXES:
            raise self.refuse(f"“{axis}” is not an axis.")
        self.at += 2
        return axis

    def test(self) -> Expression:
        kind, text, _ = self.next
        if kind != "name":
            raise self.refuse(f"a name is missing before “{text}”.")
        if text in _TYPES and self.is_call():
            return self.type_test(text)
        self.at += 1
        prefix, _, local = text.rpartition(":")
        return ("name", prefix, local)

    def type_test(self, name: str) -> Expression:
        self.at += 2
        target = ""
        if name == "processing-instruction" and self.next.kind == "string":
            target = self.next.text[1:-1]
            self.at += 1
        self.expect(")")
        return ("type", name, target)

    def predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.take("["):
            self.deeper(1)
            found.append(self.level())
            self.expect("]")
            self.depth -= 1
        return tuple(found)
