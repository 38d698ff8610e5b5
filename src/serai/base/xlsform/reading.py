"""From a file to the three sheets of a questionnaire, every heading under its one name."""

import io
from collections.abc import Iterable

from serai.base.files import Limits, Refused, check_file, sentence
from serai.base.tables import SheetFault, read_sheets, unfilled_formulas
from serai.base.xlsform.columns import (
    FREE,
    KNOWN,
    OWN,
    OWN_PREFIX,
    TRANSLATED,
    UNSUPPORTED,
    Heading,
    heading,
)
from serai.base.xlsform.problems import NotAnXlsForm, Problem, nearest, problem
from serai.base.xlsform.sheets import (
    CHOICES,
    SETTINGS,
    SHEETS,
    SURVEY,
    FormRow,
    FormSheet,
    FormSheets,
    RawSheet,
    markdown_sheets,
)

MOST_BYTES = 5 * 1024 * 1024
LIMITS = Limits(most_bytes=MOST_BYTES)
MOST_ROWS, MOST_CELLS = 5_000, 200_000
UNSUPPORTED_SHEETS = ("entities", "external_choices", "osm")


def raw_sheets(content: bytes | str, name: str) -> tuple[list[RawSheet], list[Problem]]:
    """Read a workbook, or Markdown where the name or the content is a text.

    Raises:
        NotAnXlsForm: the file is unsafe, broken, too large or holds no table.
    """
    if isinstance(content, str):
        return _checked(markdown_sheets(content)), []
    if name.lower().endswith((".md", ".markdown", ".txt")):
        try:
            return _checked(markdown_sheets(content.decode("utf-8-sig"))), []
        except UnicodeDecodeError:
            raise NotAnXlsForm([problem("no_tables")]) from None
    try:
        _refuse_large(content, name)
        sheets = read_sheets(content, name)
    except Refused as refused:
        said = sentence(
            refused.code, refused.name, ending=refused.ending, kinds=refused.kinds, limits=LIMITS
        )
        raise NotAnXlsForm([_of_file(said)]) from None
    except SheetFault as fault:
        raise NotAnXlsForm([_of_file(str(fault))]) from None
    found = [
        RawSheet(sheet.name, tuple((row.number, row.cells) for row in sheet)) for sheet in sheets
    ]
    formulas = [
        problem("formula", sheet, column=address) for sheet, address in unfilled_formulas(content)
    ]
    return _checked(found), formulas


def _of_file(said: str) -> Problem:
    return Problem("file", values=(("said", said.rstrip(".")),))


def _refuse_large(content: bytes, name: str) -> None:
    if not name.lower().endswith(".xlsx") or len(content) > MOST_BYTES:
        # The house's own check names the ending or the size; it takes more than forms may be.
        check_file(io.BytesIO(content), name, kinds=("xlsx",), limits=LIMITS)


def _checked(sheets: list[RawSheet]) -> list[RawSheet]:
    if not sheets:
        raise NotAnXlsForm([problem("no_tables")])
    long = [
        problem("too_many_rows", sheet.name, most=MOST_ROWS)
        for sheet in sheets
        if len(sheet.rows) > MOST_ROWS + 1
    ]
    if sum(len(cells) for sheet in sheets for _number, cells in sheet.rows) > MOST_CELLS:
        long.append(problem("too_many_cells", most=MOST_CELLS))
    if long:
        raise NotAnXlsForm(long)
    return sheets


def form_sheets(raw: Iterable[RawSheet]) -> tuple[FormSheets, list[Problem]]:
    """Pick the sheets that count, and say what is wrong with their names and heads."""
    found: list[Problem] = []
    sheets = FormSheets()
    seen: set[str] = set()
    for one in raw:
        name = one.name.strip().lower()
        if name in seen:
            found.append(problem("sheet_twice", name, name=name))
        elif name in SHEETS:
            sheets = sheets.with_sheet(_sheet(name, one, found))
        elif name in UNSUPPORTED_SHEETS:
            found.append(problem("unread_sheet_unsupported", one.name))
        seen.add(name)
    others = [one.name for one in raw if one.name.strip().lower() not in SHEETS]
    found.extend(
        problem("no_sheet", name=wanted, near=_near_sheet(wanted, others))
        for wanted in (SURVEY, SETTINGS)
        if wanted not in seen
    )
    if SURVEY in seen and not sheets.survey.rows:
        found.append(problem("empty_sheet", SURVEY))
    return sheets, found


def unread(raw: Iterable[RawSheet]) -> list[Problem]:
    """Say which sheets are passed over, but for notes, whose names begin with `_`."""
    known = {*SHEETS, *UNSUPPORTED_SHEETS}
    return [
        problem("unread_sheet", one.name, near=nearest(one.name, SHEETS))
        for one in raw
        if one.name.strip().lower() not in known and not one.name.startswith("_")
    ]


def _near_sheet(wanted: str, others: list[str]) -> str:
    return nearest(wanted, [one for one in others if not one.startswith("_")])


def _sheet(name: str, raw: RawSheet, found: list[Problem]) -> FormSheet:
    if not raw.rows:
        return FormSheet(name)
    (_head, titles), *rows = raw.rows
    columns = [_column(title, name, found) if title else "" for title in titles]
    for place, column in enumerate(columns):
        if column and column in columns[:place]:
            found.append(problem("column_twice", name, 1, column))
    headless: set[int] = set()
    kept = []
    for number, cells in rows:
        filled = {
            column: cell for column, cell in zip(columns, cells, strict=False) if column and cell
        }
        for place, cell in enumerate(cells):
            if cell and (place >= len(columns) or not columns[place]) and place not in headless:
                headless.add(place)
                found.append(problem("no_head", name, 1, at=number, text=cell))
        if filled:
            kept.append(FormRow(number, filled))
    return FormSheet(name, tuple(dict.fromkeys(filter(None, columns))), tuple(kept))


def _column(title: str, sheet: str, found: list[Problem]) -> str:
    """Return the column's one name; say where there is none like it."""
    one = heading(title, sheet)
    if one.title.startswith("_") or one.base in KNOWN[sheet]:
        return one.title
    feature = UNSUPPORTED[sheet].get(one.base.lower())
    if feature:
        code = "unsupported_setting" if sheet == SETTINGS else "unsupported_column"
        found.append(problem(code, sheet, 1, title, feature=feature))
    elif sheet == SURVEY and one.base.startswith(OWN_PREFIX):
        near = nearest(one.base.removeprefix(OWN_PREFIX), OWN)
        found.append(problem("unknown_own", sheet, 1, title, near=near and OWN_PREFIX + near))
    elif not (sheet == SURVEY and FREE.fullmatch(one.base)):
        found.extend(_unknown(one, title, sheet))
    return one.title


def _unknown(one: Heading, title: str, sheet: str) -> list[Problem]:
    stem, _, language = one.base.partition("::")
    # Columns of choices may have any name, so only one that is nearly ours is taken for a slip.
    likeness = 0.8 if sheet == CHOICES else 0.7
    ours = [known for known in KNOWN[sheet] if not known.startswith("bind::")]
    near = nearest(stem, ours, likeness)
    if near in TRANSLATED and language:
        near = f"{near}::{language}"
    if sheet == CHOICES:
        if near or "::" in title:
            return [problem("unknown_column", sheet, 1, title, near=near)]
        is_name = title.isidentifier() and title.isascii()
        return [] if is_name else [problem("choice_column", sheet, 1, title)]
    code = "unknown_setting" if sheet == SETTINGS else "unknown_column"
    return [problem(code, sheet, 1, title, near=near)]
