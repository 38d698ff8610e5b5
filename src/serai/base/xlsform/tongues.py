"""The languages of a questionnaire, and what is not said in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from serai.base.xlsform.columns import TEXTS, heading_of, language_code
from serai.base.xlsform.problems import Problem, nearest, problem
from serai.base.xlsform.sheets import CHOICES, SETTINGS, SURVEY, FormRow, FormSheet, FormSheets


@dataclass(frozen=True)
class FormLanguage:
    """A language as the sheets name it, “Русский (ru)”, and its code, `ru`; "" for a sole one."""

    name: str
    code: str


@dataclass(frozen=True)
class Languages:
    """The languages in the columns' order, the first or default one first.

    Attributes:
        plain: texts stand under headings without a language.
    """

    all: tuple[FormLanguage, ...]
    plain: bool

    @property
    def default(self) -> FormLanguage:
        """The language that must be whole."""
        return self.all[0]

    def column(self, base: str, language: FormLanguage, sheet: FormSheet) -> str:
        """Return the column that holds a text in a language."""
        own = f"{base}::{language.name}" if language.name else base
        is_plain = language == self.default and own not in sheet.columns and base in sheet.columns
        return base if is_plain else own


def languages(sheets: FormSheets) -> Languages:
    """Read the languages from the headings; `default_language` comes first."""
    headings = [
        heading_of(column) for sheet in (sheets.survey, sheets.choices) for column in sheet.columns
    ]
    names = list(dict.fromkeys(one.language for one in headings if one.language))
    plain = any(one.base in {"label", "hint"} and not one.language for one in headings)
    wanted = _default(sheets)
    if wanted and (plain or wanted in names):
        names = [wanted, *(name for name in names if name != wanted)]
    elif plain or not names:
        names = ["", *names]
    return Languages(tuple(FormLanguage(name, language_code(name)) for name in names), plain)


def check_columns(sheets: FormSheets, found: Languages) -> Iterator[Problem]:
    """Say which columns are missing that every row needs."""
    label = found.column("label", found.default, sheets.survey)
    for name in ("type", "name", label):
        if name not in sheets.survey.columns:
            yield problem("no_column", SURVEY, 1, name=name)
    if sheets.choices.rows:
        label = found.column("label", found.default, sheets.choices)
        for name in ("list_name", "name", label):
            if name not in sheets.choices.columns:
                yield problem("no_column", CHOICES, 1, name=name)


def check_languages(sheets: FormSheets, found: Languages) -> Iterator[Problem]:
    """Say where it is unclear which language a text is in."""
    wanted = _default(sheets)
    names = [one.name for one in found.all]
    if wanted and wanted not in names:
        row = sheets.settings.rows[0].number
        near = nearest(wanted, names)
        yield problem("unknown_language", SETTINGS, row, "default_language", name=wanted, near=near)
    elif not wanted and found.plain and len(names) > 1:
        yield problem("no_default_language", SURVEY, 1, "label")
    codes: dict[str, str] = {}
    for one in found.all:
        if one.code and codes.setdefault(one.code, one.name) != one.name:
            yield problem("language_twice", SURVEY, 1, f"label::{one.name}", known=one.code)


def warn_languages(sheets: FormSheets, found: Languages) -> Iterator[Problem]:
    """Say which languages name no code, and which texts are missing in which."""
    for one in found.all:
        if one.name and not one.code:
            yield problem("language_code", SURVEY, 1, f"label::{one.name}", name=one.name)
    for text in texts(sheets, found):
        for language in found.all:
            column = found.column(text.base, language, text.sheet)
            if not text.row[column]:
                yield problem(
                    "untranslated", text.sheet.name, text.row.number, column,
                    language=language.name,
                )  # fmt: skip


@dataclass(frozen=True)
class TextAt:
    """A text in one or more languages: the row it stands in, and which of the row's texts."""

    sheet: FormSheet
    row: FormRow
    base: str


def texts(sheets: FormSheets, found: Languages) -> Iterator[TextAt]:
    """Yield each text that stands in any language, in the sheets' order."""
    for sheet in (sheets.survey, sheets.choices):
        for row in sheet.rows:
            for base in TEXTS:
                columns = (found.column(base, one, sheet) for one in found.all)
                if any(row[column] for column in columns):
                    yield TextAt(sheet, row, base)


def _default(sheets: FormSheets) -> str:
    return sheets.settings.rows[0]["default_language"] if sheets.settings.rows else ""
