"""What expressions and texts refer to: ${names}, functions, choices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from serai.base.xlsform.columns import EXPRESSIONS, heading_of
from serai.base.xlsform.outline import NAME, Item, Outline
from serai.base.xlsform.problems import Problem, nearest, problem
from serai.base.xlsform.sheets import SETTINGS, SURVEY, FormRow, FormSheet, FormSheets
from serai.calc.xforms import NotAnExpression
from serai.calc.xforms.expressions import parts
from serai.calc.xforms.functions import FUNCTIONS
from serai.calc.xforms.lint import SPECIAL
from serai.calc.xforms.parser import Expression, parse

_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_OPEN = re.compile(r"\$\{[^}]*$")
_PLAIN = ("type", "name", "appearance")
_TRUTHS = {"yes", "true", "true()", "no", "false", "false()"}
_STAND_IN = "ref_"
# Guessing what was meant costs time for each name of the form; whoever renamed everything knows.
MOST_GUESSES = 100


@dataclass(frozen=True)
class Said:
    """A cell that may hold references; `is_expression` whether it is one itself."""

    sheet: str
    row: FormRow
    column: str
    text: str
    is_expression: bool


def cells(sheets: FormSheets, found: Outline) -> Iterator[Said]:
    """Yield every cell that references may stand in."""
    for item in found.items:
        for column, text in item.row.cells.items():
            base = heading_of(column).base
            if base not in _PLAIN and not base.startswith("_"):
                is_said = base in EXPRESSIONS and not (
                    base in {"required", "readonly"} and text.lower() in _TRUTHS
                )
                yield Said(SURVEY, item.row, column, text, is_said)
    yield from _labels(sheets.choices)
    for row in sheets.settings.rows[:1]:
        if row["instance_name"]:
            yield Said(SETTINGS, row, "instance_name", row["instance_name"], True)


def _labels(choices: FormSheet) -> Iterator[Said]:
    for row in choices.rows:
        for column, text in row.cells.items():
            if heading_of(column).base == "label":
                yield Said(choices.name, row, column, text, False)


def check_references(sheets: FormSheets, found: Outline) -> Iterator[Problem]:
    """Say which references lead nowhere, and which expressions cannot be read."""
    by_name = found.by_name()
    unknown = 0
    for said in cells(sheets, found):
        place = said.sheet, said.row.number, said.column
        if _OPEN.search(said.text):
            yield problem("open_reference", *place)
            continue
        for fault in _bad_references(said, by_name, guesses=unknown < MOST_GUESSES):
            unknown += 1
            yield fault
        if said.is_expression:
            yield from _bad_expression(said)


def _bad_references(
    said: Said, by_name: dict[str, list[Item]], *, guesses: bool
) -> Iterator[Problem]:
    place = said.sheet, said.row.number, said.column
    for inner in dict.fromkeys(_REFERENCE.findall(said.text)):
        ref, name = f"${{{inner}}}", inner.strip()
        if name.startswith("last-saved#"):
            yield problem("last_saved", *place, ref=ref)
        elif not name:
            yield problem("empty_reference", *place, ref=ref)
        elif name not in by_name or name != inner:
            near = name if name in by_name else nearest(name, by_name) if guesses else ""
            yield problem("unknown_ref", *place, ref=ref, near=near and f"${{{near}}}")
        elif len(by_name[name]) > 1:
            first, second = (item.row.number for item in by_name[name][:2])
            yield problem("unclear_ref", *place, ref=ref, first=first, second=second)


def _bad_expression(said: Said) -> Iterator[Problem]:
    place = said.sheet, said.row.number, said.column
    tree = read_expression(said.text)
    if isinstance(tree, str):
        yield problem("expression", *place, text=said.text, reason=tree.rstrip("."))
        return
    for part in parts(tree):
        if part[0] == "fn" and part[1] not in FUNCTIONS and part[1] not in SPECIAL:
            near = nearest(str(part[1]), [*FUNCTIONS, *SPECIAL])
            yield problem("unknown_function", *place, name=part[1], near=near and f"{near}()")


def read_expression(text: str) -> Expression | str:
    """Return an expression's tree, `${name}` read as a path `ref_name`; or why there is none."""
    try:
        return parse(_REFERENCE.sub(lambda one: f" {_STAND_IN}{_name(one[1])} ", text))
    except NotAnExpression as fault:
        return fault.reason.replace(_STAND_IN, "")


def _name(inner: str) -> str:
    name = inner.strip()
    return name if NAME.fullmatch(name) else "x"


# ---------------------------------------------------------------------- choices named by value


def check_choices_named(
    sheets: FormSheets, found: Outline, values_by_list: dict[str, dict[str, int]]
) -> Iterator[Problem]:
    """Warn where an answer is compared with a text that is none of the question's choices."""
    by_name = found.by_name()
    for said in cells(sheets, found):
        tree = read_expression(said.text) if said.is_expression else ""
        if isinstance(tree, str):
            continue
        for name, value in dict.fromkeys(_compared(tree, said)):
            items = by_name.get(name, [])
            known = values_by_list.get(items[0].type.list_name) if len(items) == 1 else None
            if known and value and value not in known:
                near = nearest(value, known)
                yield problem(
                    "unknown_choice", said.sheet, said.row.number, said.column,
                    value=value, ref=f"${{{name}}}", near=near and f"“{near}”",
                )  # fmt: skip


def _compared(tree: Expression, said: Said) -> Iterator[tuple[str, str]]:
    """Yield questions and the texts they are compared with; `.` is the row's own question."""
    for part in parts(tree):
        if part[0] == "bin" and part[1] in {"=", "!="}:
            sides = part[2], part[3]
        elif part[0] == "fn" and part[1] in {"selected", "jr:choice-name"} and len(part[2]) == 2:
            sides = part[2]
        else:
            continue
        for one, other in (sides, sides[::-1]):
            name = _question(one, said)
            if name and other[0] == "str":
                yield name, str(other[1])


def _question(tree: Expression, said: Said) -> str:
    if tree[0] != "path" or tree[1] != ".":
        return ""
    if tree[2] == (("self", ("type", "node", ""), ()),):
        return said.row["name"] if said.column == "constraint" else ""
    axis, test, predicates = tree[2][0]
    is_stand_in = len(tree[2]) == 1 and axis == "child" and not predicates and test[0] == "name"
    name = str(test[2]) if is_stand_in else ""
    return name.removeprefix(_STAND_IN) if name.startswith(_STAND_IN) else ""
