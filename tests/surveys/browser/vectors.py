"""Reference expressions as the browser gets them: which it claims, and what it makes of them."""

import math
import re
from collections import defaultdict
from typing import Any

from tests.calc.xforms.xpath_vectors import Case, cases, document, env, node_at, path_of, problem

from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.portable import LeftToServer, Writer
from serai.calc.xforms.tree import DOCUMENT, ELEMENT, TEXT, Node
from serai.calc.xforms.values import EPOCH

_TEXT = {"string", "strlen", "strmatch"}


class Loose(Writer):
    """Writes expressions over a document: no path of it is a form's static one."""

    def __init__(self) -> None:
        self.lists = {}
        self.compiler = self
        self.depth = 0
        self.is_everywhere = False

    def place(self, tree: Expression) -> None:
        """No path is a static one."""
        del tree

    def note_list(self, name: str, arguments: tuple[Expression, ...]) -> None:
        """A document beside a form has no lists of its own."""
        raise LeftToServer(name)


def claim(case: Case) -> Any:
    """Return a case's tree as the browser gets it.

    The rule: the wire can write it; what it starts from is an element or the document; and, where
    it is a case of plain XPath 1.0, the rules of forms give the same answer in Python.

    Raises:
        LeftToServer, NotAnExpression: the browser does not claim it; says why.
    """
    said = case.said
    tree = Loose().write(parse(said["expr"]))
    if node_at(document(said["document"]), said["context"]).kind not in {ELEMENT, DOCUMENT}:
        raise LeftToServer("begins at a node the browser does not have")
    if not said["xforms"] and problem(Case(case.name, {**said, "xforms": True})):
        raise LeftToServer("differs between XPath 1.0 and forms")
    if said["type"] in _TEXT:
        return ["coalesce", tree, ""]
    if said["type"] == "boolean":
        return ["and", tree]
    return ["*", 1, tree] if said["type"] == "number" else tree


def shown_document(node: Node) -> dict[str, Any]:
    """Write a document for the browser: elements and texts alone."""
    path = path_of(node)
    if node.kind == TEXT:
        return {"path": path, "text": node.text}
    kids = [shown_document(one) for one in node.children if one.kind in {ELEMENT, TEXT}]
    return {
        "path": path,
        "name": node.qualified_name if node.prefix and node.uri else node.name,
        "kids": kids,
    }


def run(page, taken: list[tuple[Case, Any]]) -> dict[str, str]:
    """Evaluate cases in the browser; return what is wrong with each, "" for nothing."""
    by_document = defaultdict(list)
    for case, tree in taken:
        by_document[case.said["document"]].append((case, tree))
    found = {}
    world = env()
    for name, some in by_document.items():
        got = page.evaluate("asked => harness.expressions(asked)", {
            "zone": str(world.zone),
            "now": (world.now - EPOCH).total_seconds() * 1000,
            "document": shown_document(document(name)),
            "cases": [
                {"tree": tree, "context": _at(case, "context"), "root": _at(case, "root")}
                for case, tree in some
            ],
        })  # fmt: skip
        for (case, _), one in zip(some, got, strict=True):
            found[case.name] = wrong(case, one)
    return found


def _at(case: Case, name: str) -> str:
    return "/" if case.said[name] == "/?" else str(case.said[name])


def wrong(case: Case, got: Any) -> str:
    """Compare what the browser gave with what is expected."""
    said, expected = case.said, case.said["expected"]
    if isinstance(got, dict) and "raised" in got:
        return "" if said["op"] == "throws" else got["raised"]
    if said["op"] == "throws":
        return f"gave {got!r} instead of raising"
    shown = _shown(got, said)
    if said["type"] == "strmatch" and re.search(expected, str(shown)):
        return ""
    return "" if shown == expected else f"gave {shown!r}, expected {expected!r}"


def _shown(got: Any, said: dict[str, Any]) -> object:
    if isinstance(got, dict) and "nodes" in got:
        return len(got["nodes"]) if said["type"] == "count" else got["nodes"]
    if isinstance(got, dict):
        got = got["text"]
    if said["type"] == "strlen":
        return len(got)
    if isinstance(got, bool) or not isinstance(got, int | float):
        return got
    if math.isnan(got):
        return "NaN"
    if factor := said.get("factor"):
        return math.floor(got * factor + 0.5) / factor
    return ("Infinity" if got > 0 else "-Infinity") if math.isinf(got) else got


def claimed() -> tuple[list[tuple[Case, Any]], dict[str, str]]:
    """Return the trees of the cases the browser claims, and why it leaves each of the others."""
    taken: list[tuple[Case, Any]] = []
    left: dict[str, str] = {}
    for case in cases():
        if case.is_counted:
            try:
                taken.append((case, claim(case)))
            except (LeftToServer, NotAnExpression) as reason:
                left[case.name] = str(reason)
    return taken, left
