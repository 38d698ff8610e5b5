#!/usr/bin/env python3
"""Check the house rules that no linter knows. Standard library only.

    python tools/check_house.py [SRC] [TESTS]      exit 1 and one line per fault

Sizes (migrations left out), doors that touch the database, clocks read below the door, writes
outside actions, drawers of odds and ends, signals, and source files that no test file mirrors.
A line may say why it breaks a rule: `# house: the reason`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES, TEST_LINES = 400, 50, 150, 800
# Rooms keep shelves; base, calc, config are floors of tools with an order of their own.
FLOORS = {"base", "calc", "config"}
DOORS = {
    "views",
    "forms",
    "exports",
    "templatetags",
    "emails",
    "urls",
    "admin",
    "api",
    "jobs",
    "management",
}
READERS = {"queries", "access"}
CLOCKLESS = {"calc", "actions", "queries", "access", "models", "states", "emails", "kinds"}
CLOCK = re.compile(
    r"\b(timezone\.now|timezone\.localdate|timezone\.localtime|date\.today"
    r"|datetime\.now|datetime\.utcnow|datetime\.today|time\.time)\("
)
ORM = re.compile(r"\.(objects|_default_manager|_base_manager)\b")
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
MIRRORED = {"actions", "queries", "access", "exports", "emails", "states", "kinds"}
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
SIGNALS = re.compile(r"^\s*@receiver\(|\.connect\(\s*\w+,\s*sender=")
REASON = "# house: "


def lines(text: str) -> int:
    """Count lines that are not blank."""
    return sum(1 for line in text.splitlines() if line.strip())


def shelf(path: Path, src: Path) -> str:
    """Name the shelf a file stands on: `views` for hub/views/entries.py, `calc` for calc/…"""
    parts = path.relative_to(src).with_suffix("").parts
    if parts[0] in FLOORS:
        return parts[0]
    return parts[1] if len(parts) > 1 else parts[0]


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines without its docstring."""
    doc = ast.get_docstring(node, clean=False)
    end = node.end_lineno or node.lineno
    return end - node.lineno + 1 - (doc.count("\n") + 1 if doc else 0)


def line_faults(path: Path, text: str, here: str) -> Iterator[str]:
    """Yield what single lines get wrong."""
    for number, line in enumerate(text.splitlines(), 1):
        if REASON in line:
            continue
        if here in DOORS and ORM.search(line):
            yield f"{path}:{number}: a door reads the database: ask queries.py"
        if here in CLOCKLESS and CLOCK.search(line):
            yield f"{path}:{number}: reads the clock: take `now` or `today` as an argument"
        if SIGNALS.search(line):
            yield f"{path}:{number}: a signal between our own rooms: call the action"


def tree_faults(path: Path, text: str, here: str) -> Iterator[str]:
    """Yield functions that are too long, and writes where only reading is done."""
    said = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if body_lines(node) > FUNCTION_LINES:
                yield (
                    f"{path}:{node.lineno}: {node.name} has {body_lines(node)} lines "
                    f"(limit {FUNCTION_LINES})"
                )
        elif isinstance(node, ast.Call) and here in (DOORS - {"admin"}) | READERS:
            name = getattr(node.func, "attr", "")
            if name in WRITES and REASON not in said[node.lineno - 1]:
                yield f"{path}:{node.lineno}: .{name}() outside actions"


def mirror_fault(path: Path, src: Path, tests: Path) -> Iterator[str]:
    """Yield a source file that no test file mirrors."""
    if path.name.startswith("_"):
        return
    mirror = tests / path.relative_to(src).with_name(f"test_{path.name}")
    if not mirror.exists():
        yield f"{path}: no mirror test {mirror}"


def source_faults(src: Path, tests: Path) -> Iterator[str]:
    """Yield the faults of the product's own files."""
    for path in sorted(src.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        here = shelf(path, src)
        if lines(text) > FILE_LINES:
            yield f"{path}: {lines(text)} lines (limit {FILE_LINES}): split by noun"
        if path.stem in DRAWERS:
            yield f"{path}: a drawer of odds and ends: name the file after what it does"
        yield from line_faults(path, text, here)
        yield from tree_faults(path, text, here)
        if here in MIRRORED | {"calc"}:
            yield from mirror_fault(path, src, tests)
    for path in sorted(src.rglob("*.html")):
        if lines(path.read_text(encoding="utf-8")) > TEMPLATE_LINES:
            yield f"{path}: template over {TEMPLATE_LINES} lines: cut a _part"


def faults(src: Path, tests: Path) -> Iterator[str]:
    """Yield one line for every broken house rule."""
    yield from source_faults(src, tests)
    for path in sorted(tests.rglob("test_*.py")):
        if lines(path.read_text(encoding="utf-8")) > TEST_LINES:
            yield f"{path}: test file over {TEST_LINES} lines"


if __name__ == "__main__":
    where = [Path(a) for a in sys.argv[1:3]] or [Path("src/serai"), Path("tests")]
    found = list(faults(*where))
    print("\n".join(found) or "The house is in order.")
    sys.exit(bool(found))
