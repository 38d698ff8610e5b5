"""The texts of a questionnaire as a translator's table: out in one language, and in again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from serai.base.tables import Column, Sheet, SheetFault, Table
from serai.base.xlsform.columns import heading_of
from serai.base.xlsform.outline import outline
from serai.base.xlsform.sheets import CHOICES, SURVEY, FormRow, FormSheet, FormSheets
from serai.base.xlsform.tongues import FormLanguage, languages, texts

KEY, SOURCE, TEXT = "key", "source", "text"


@dataclass(frozen=True)
class Phrase:
    """One text: what names it, what it says in the default language and in the other one.

    `key` outlives changes of order: "/data/office/city label", "choices yes_no/yes label".
    """

    key: str
    source: str
    text: str


def translation_sheet(sheets: FormSheets, language: FormLanguage) -> tuple[Phrase, ...]:
    """Return every text that the default language has, with its translation or ""."""
    tongues = languages(sheets)
    keys = _Keys(sheets)
    found = []
    for one in texts(sheets, tongues):
        source = one.row[tongues.column(one.base, tongues.default, one.sheet)]
        if source:
            text = one.row[tongues.column(one.base, language, one.sheet)]
            found.append(Phrase(keys.of(one.sheet, one.row, one.base), source, text))
    return tuple(found)


def translation_table(sheets: FormSheets, language: FormLanguage) -> Table:
    """Return the texts as a table to download; only its third column is to be filled."""
    return Table(
        language.name or language.code,
        [
            Column(KEY, KEY),
            Column(SOURCE, languages(sheets).default.name or _("Text")),
            Column(TEXT, language.name or language.code),
        ],
        [(one.key, one.source, one.text) for one in translation_sheet(sheets, language)],
    )


def translations_in(sheet: Sheet) -> dict[str, str]:
    """Read a table that came back: the texts that are filled, by key.

    Raises:
        SheetFault: it is not such a table.
    """
    if not sheet.rows or len(sheet[0]) < 3 or sheet[0][0].strip().lower() != KEY:
        raise SheetFault(
            _("This is no table of translations. Download it again and fill its third column.")
        )
    return {row[0]: row[2] for row in sheet.rows[1:] if row[0] and row[2]}


def with_translations(
    sheets: FormSheets, language: FormLanguage, given: Mapping[str, str]
) -> tuple[FormSheets, tuple[str, ...]]:
    """Put texts into the sheets, in new columns where the language is new.

    Args:
        sheets: the questionnaire.
        language: as the headings shall name it.
        given: texts by key; a key that is not given keeps what it has.
    Returns:
        The sheets, and the keys that name no text of this questionnaire.
    """
    keys = _Keys(sheets)
    unused = set(given)
    tongues = languages(sheets)
    for sheet in (sheets.survey, sheets.choices):
        cells: dict[int, dict[str, str]] = {}
        for one in texts(sheets, tongues):
            key = keys.of(one.sheet, one.row, one.base)
            if one.sheet is sheet and key in given:
                unused.discard(key)
                column = tongues.column(one.base, language, sheet)
                cells.setdefault(one.row.number, {})[column] = given[key]
        sheets = sheets.with_sheet(_filled(sheet, cells))
    return sheets, tuple(key for key in given if key in unused)


def _filled(sheet: FormSheet, cells: Mapping[int, Mapping[str, str]]) -> FormSheet:
    columns = list(sheet.columns)
    for column in dict.fromkeys(name for row in cells.values() for name in row):
        if column not in columns:
            columns.insert(_after(columns, heading_of(column).base), column)
    rows = tuple(
        replace(row, cells={**row.cells, **cells.get(row.number, {})}) for row in sheet.rows
    )
    return FormSheet(sheet.name, tuple(columns), rows)


def _after(columns: list[str], base: str) -> int:
    """Return the place after the last column of the same text."""
    same = [place for place, column in enumerate(columns) if heading_of(column).base == base]
    return same[-1] + 1 if same else len(columns)


class _Keys:
    def __init__(self, sheets: FormSheets) -> None:
        items = outline(sheets)[0].items
        self.paths = {item.row.number: item.path for item in items}

    def of(self, sheet: FormSheet, row: FormRow, base: str) -> str:
        if sheet.name == SURVEY:
            return f"{self.paths.get(row.number, row.number)} {base}"
        return f"{CHOICES} {row['list_name']}/{row['name']} {base}"
