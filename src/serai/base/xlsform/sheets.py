"""The sheets of a questionnaire: rows that know where they stand; read from and written as Markdown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from serai.base.characters import harmless

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
SHEETS = (SURVEY, CHOICES, SETTINGS)

_RULE = re.compile(r"[\s|:-]*")
_CELL_END = re.compile(r"(?<!\\)\|")
_BREAK = "&#10;"  # a line break inside a cell, which Markdown's tables cannot hold


@dataclass(frozen=True)
class FormRow:
    """One row: its number as the spreadsheet counts, and its filled cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; "" where it is empty."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class FormSheet:
    """One sheet: its columns in order and its rows that are not empty."""

    name: str
    columns: tuple[str, ...] = ()
    rows: tuple[FormRow, ...] = ()


@dataclass(frozen=True)
class FormSheets:
    """The three sheets of a questionnaire; others are not kept."""

    survey: FormSheet = FormSheet(SURVEY)
    choices: FormSheet = FormSheet(CHOICES)
    settings: FormSheet = FormSheet(SETTINGS)

    def __iter__(self) -> Iterator[FormSheet]:
        return iter((self.survey, self.choices, self.settings))

    def with_sheet(self, sheet: FormSheet) -> "FormSheets":
        """Return the sheets with one of them replaced."""
        if sheet.name == SURVEY:
            return replace(self, survey=sheet)
        return (
            replace(self, choices=sheet) if sheet.name == CHOICES else replace(self, settings=sheet)
        )


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it came: its name and numbered rows of texts, the head first."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def markdown_sheets(text: str) -> list[RawSheet]:
    """Read the tables of a Markdown text: the first cell of a line names the sheet that begins.

    Lines that are no table, and rules under heads, are passed over. Rows count as they would in
    a spreadsheet: the head is row 1.
    """
    found: list[tuple[str, list[tuple[str, ...]]]] = []
    for line in harmless(text).splitlines():
        line = line.strip()
        if not line.startswith("|") or _RULE.fullmatch(line):
            continue
        first, *cells = (_unescaped(cell) for cell in _CELL_END.split(line.removesuffix("|"))[1:])
        if first:
            found.append((first, []))
        if any(cells) and found:
            found[-1][1].append(tuple(cells))
    return [RawSheet(name, tuple(enumerate(rows, 1))) for name, rows in found]


def to_markdown(sheets: FormSheets) -> str:
    """Write the sheets as tables that `markdown_sheets` reads back as they were."""
    return "\n\n".join(_table(sheet) for sheet in sheets if sheet.columns) + "\n"


def lines(sheet: FormSheet) -> Iterator[Sequence[str]]:
    """Yield a sheet's head and rows, with an empty row where one was left out."""
    yield sheet.columns
    number = 1
    for row in sheet.rows:
        for _empty in range(number + 1, row.number):
            yield ()
        number = row.number
        yield tuple(row[column] for column in sheet.columns)


def _table(sheet: FormSheet) -> str:
    head = [f"| {sheet.name} |", "| | " + " | ".join(map(_escaped, sheet.columns)) + " |"]
    rows = (
        "| | " + " | ".join(_escaped(row[column]) for column in sheet.columns) + " |"
        for row in sheet.rows
    )
    return "\n".join([*head, *rows])


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|").replace("\n", _BREAK)


def _unescaped(cell: str) -> str:
    return cell.strip().replace(r"\|", "|").replace(_BREAK, "\n")
