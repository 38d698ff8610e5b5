"""Runs the reference expressions: see vectors/README.md for their source and format."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from serai.calc.xforms.documents import evaluate
from serai.calc.xforms.focus import CannotEvaluate, Env
from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.tree import Node, in_scope, parse_xml, root_element
from serai.calc.xforms.values import Profile, Value

VECTORS = Path(__file__).with_name("vectors")
PREFIXES = {
    "xhtml": "http://www.w3.org/1999/xhtml",
    "mathml": "http://www.w3.org/1998/Math/MathML",
    "jr": "http://openrosa.org/javarosa",
}
_KINDS = {
    "number": "n",
    "boolean": "b",
    "string": "s",
    "strlen": "s",
    "strmatch": "s",
    "nodeset": "x",
    "count": "x",
}


@dataclass(frozen=True)
class Case:
    """One reference case, with its number in the file."""

    name: str
    said: dict[str, Any]

    @property
    def is_counted(self) -> bool:
        """Skipped and upstream-failing cases, node cases, and relative ones at "/?" are not."""
        said = self.said
        is_relative = said["context"] == "/?" and said["expr"].strip() in {"..", "4 * .."}
        return said["kind"] == "ok" and said["type"] != "node" and not is_relative


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VECTORS / "xpath-vectors.json").read_text("utf-8"))
    return found


def cases() -> Iterator[Case]:
    """Yield the cases in the order of the file."""
    for number, said in enumerate(_file()["cases"]):
        yield Case(f"{number}:{said['file']}:{said['expr']}", said)


@cache
def document(name: str) -> Node:
    return parse_xml(_file()["documents"][name].lstrip())


def node_at(root: Node, path: str) -> Node:
    """Find the node of a path such as /#1/#0/@id; "/?" stands for the document."""
    here = root
    for part in path.split("/")[1:]:
        if part.startswith("#"):
            here = here.children[int(part[1:])]
        elif part.startswith("@"):
            here = next(a for a in here.attributes if a.qualified_name == part[1:])
    return here


def path_of(node: Node) -> str:
    """Write a node's path as the reference does."""
    if node.parent is None:
        return "/"
    before = path_of(node.parent).rstrip("/")
    if node in node.parent.children:
        return f"{before}/#{node.parent.children.index(node)}"
    return f"{before}/@{node.qualified_name}"


def env(language: str = "") -> Env:
    random = Random(7)
    return Env(
        now=datetime.fromisoformat("2026-11-22T07:06:03+00:00"),
        zone=ZoneInfo("America/Phoenix"),
        language=language,
        random=random.random,
        new_uuid=lambda: str(UUID(int=random.getrandbits(128), version=4)),
        user={},
    )


def problem(case: Case) -> str:
    """Return what is wrong with our answer, "" if it is the expected one."""
    said = case.said
    root = document(said["document"])
    context = node_at(root, said["context"])
    known = {**PREFIXES, **{k: v for k, v in in_scope(root_element(root)).items() if k}}
    try:
        got = evaluate(
            said["expr"],
            context,
            env=env(said.get("lang") or ""),
            profile=Profile.FORM if said["xforms"] else Profile.NATIVE,
            namespaces=known,
            root=node_at(root, said["root"]),
            gives=_KINDS.get(said["type"], "v"),
        )
    except (CannotEvaluate, NotAnExpression) as fault:
        return "" if said["op"] == "throws" else f"raised {fault}"
    if said["op"] == "throws":
        return f"gave {got!r} instead of raising"
    shown = _shown(got, said)
    expected = said["expected"]
    is_match = said["type"] == "strmatch" and re.search(expected, str(shown))
    if is_match or shown == expected:
        return ""
    return f"gave {shown!r}, expected {expected!r}"


def _shown(got: Value, said: dict[str, Any]) -> object:
    if isinstance(got, list):
        return len(got) if said["type"] == "count" else [path_of(node) for node in got]
    if said["type"] == "strlen":
        return len(str(got))
    if not isinstance(got, float):
        return got
    if factor := said.get("factor"):
        return got if math.isnan(got) else math.floor(got * factor + 0.5) / factor
    if math.isnan(got):
        return "NaN"
    return ("Infinity" if got > 0 else "-Infinity") if math.isinf(got) else got
