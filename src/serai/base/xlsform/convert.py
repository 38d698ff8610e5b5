"""From checked sheets to the XForm. The one place that knows pyxform."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from serai.base.xlsform.problems import Problem, problem
from serai.base.xlsform.sheets import FormRow, FormSheet, FormSheets
from serai.base.xlsform.types import row_type

XFORMS = "{http://www.w3.org/2002/xforms}"
NO_TEXT = "-"  # what pyxform writes where a language lacks a text
# What pyxform raises where it did not foresee a sheet.
_BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_ROW = re.compile(r"^\s*\[row : (\d+)\]\s*")
_ON_SHEET = re.compile(r"^On the '(\w+)' sheet, the '([^']+)' value is invalid\.\s*")
_LEARN = re.compile(r"\s*Learn more: \S+")
# What our own checks say too, at the cell.
_SAID_BY_US = (
    "is missing the", "case-insensitive match", "has no label", "should have a label",
    "machine-readable codes", "Row without name",
)  # fmt: skip


def to_xform(sheets: FormSheets) -> tuple[str, list[Problem], list[Problem]]:
    """Convert sheets that our own checks found in order.

    Returns:
        The XForm ("" where the converter refuses), what it refuses, and what it warns of.
    """
    # Half a second and its own grammar: read when a form is first converted.
    from pyxform.errors import PyXFormError  # noqa: PLC0415
    from pyxform.xls2xform import convert  # noqa: PLC0415

    warned: list[str] = []
    try:
        xform = without_fillers(convert(_book(sheets), warnings=warned).xform)
    except PyXFormError as error:
        return "", [_said(str(error), sheets)], []
    except _BROKEN as error:
        said = f"{type(error).__name__}: {error}"
        return "", [problem("converter_failed", said=said)], []
    warnings = [
        _said(one, sheets) for one in warned if not any(known in one for known in _SAID_BY_US)
    ]
    return xform, [], warnings


def without_fillers(xform: str) -> str:
    """Take out the dashes that stand for missing translations, so that they show as missing.

    A text that is a dash in every language was meant.
    """
    document = etree.fromstring(xform.encode())
    texts: dict[str, list[Any]] = {}
    for text in document.iter(XFORMS + "text"):
        texts.setdefault(text.get("id", ""), []).append(text)
    for same in texts.values():
        fillers = [text for text in same if all(_is_filler(value) for value in text)]
        if len(fillers) < len(same):
            for text in fillers:
                text.getparent().remove(text)
    return etree.tostring(document, encoding="unicode")


def _is_filler(value: Any) -> bool:
    return len(value) == 0 and (value.text or "").strip() == NO_TEXT


def _book(sheets: FormSheets) -> dict[str, Any]:
    book: dict[str, Any] = {"sheet_names": [sheet.name for sheet in sheets]}
    for sheet in sheets:
        columns = [column for column in sheet.columns if not column.startswith("_")]
        book[f"{sheet.name}_header"] = [dict.fromkeys(columns)]
        book[sheet.name] = list(_rows(sheet, columns))
    return book


def _rows(sheet: FormSheet, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    for row in _filled(sheet):
        cells = {column: row[column] for column in columns if row[column]}
        if sheet.name == "survey":
            cells["type"] = row_type(row["type"]).written
        yield cells


def _filled(sheet: FormSheet) -> list[FormRow]:
    """Return the rows that are more than a note."""
    rows = [row for row in sheet.rows if not all(key.startswith("_") for key in row.cells)]
    return rows[:1] if sheet.name == "settings" else rows


def _said(text: str, sheets: FormSheets) -> Problem:
    """Put the converter's sentence where it belongs: it counts rows from 2, in one piece."""
    row, name, column = 0, "", ""
    numbered = _ROW.match(text)
    if numbered:
        row, text, name = int(numbered[1]), text[numbered.end() :], "survey"
    placed = _ON_SHEET.match(text)
    if placed:
        name, column, text = placed[1], placed[2], text[placed.end() :]
    sheet = next((one for one in sheets if one.name == name), None)
    if row and sheet is not None:
        rows = _filled(sheet)
        row = rows[row - 2].number if 0 <= row - 2 < len(rows) else row
    said = _LEARN.sub("", " ".join(text.split())).rstrip(".")
    return Problem("converter", name, row, column, (("said", said),))
