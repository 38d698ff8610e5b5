"""A questionnaire that was read: its XForm, its languages, its rows, and what is worth knowing."""

from collections.abc import Mapping
from dataclasses import dataclass

from serai.base.xlsform.convert import to_xform
from serai.base.xlsform.other_rows import (
    check_choices,
    check_settings,
    values_by_list,
    warn_choices,
    warn_settings,
)
from serai.base.xlsform.outline import Outline, alike, outline
from serai.base.xlsform.problems import NotAnXlsForm, Problem
from serai.base.xlsform.reading import form_sheets, raw_sheets, unread
from serai.base.xlsform.references import check_choices_named, check_references
from serai.base.xlsform.sheets import SHEETS, FormSheets
from serai.base.xlsform.survey_rows import check_rows, warn_rows
from serai.base.xlsform.tongues import (
    FormLanguage,
    Languages,
    check_columns,
    check_languages,
    languages,
    warn_languages,
)


@dataclass(frozen=True)
class FormSettings:
    """What the sheet `settings` says."""

    form_id: str
    version: str
    title: str
    default_language: str


@dataclass(frozen=True)
class XlsForm:
    """A questionnaire without fault.

    Attributes:
        xform: the XML.
        languages: the default one first.
        sheets: its rows, every column under its one name.
        rows_by_path: the survey's row of each path: /data/office/city → 7.
        warnings: what may stay as it is, but is worth knowing.
    """

    xform: str
    settings: FormSettings
    languages: tuple[FormLanguage, ...]
    sheets: FormSheets
    rows_by_path: Mapping[str, int]
    warnings: tuple[Problem, ...] = ()


def read_xlsform(content: bytes | str, name: str = "form.xlsx") -> XlsForm:
    """Read a questionnaire from an .xlsx file, or from Markdown tables.

    Args:
        content: the file's bytes, or Markdown.
        name: as its owner named the file; .md and .txt are read as Markdown.
    Raises:
        NotAnXlsForm: everything that is wrong, in the order of the sheets.
    """
    raw, formulas = raw_sheets(content, name)
    sheets, problems = form_sheets(raw)
    if formulas or not sheets.survey.rows:
        raise NotAnXlsForm(in_order([*formulas, *problems]))
    return make_form(sheets, [*problems], unread(raw))


def make_form(
    sheets: FormSheets,
    problems: list[Problem] | None = None,
    warnings: list[Problem] | None = None,
) -> XlsForm:
    """Check sheets and convert them.

    Raises:
        NotAnXlsForm: everything that is wrong, in the order of the sheets.
    """
    tongues = languages(sheets)
    lacking = list(check_columns(sheets, tongues))
    if lacking:  # else each row would be said to lack them
        raise NotAnXlsForm(in_order([*(problems or ()), *lacking]))
    found, structure = outline(sheets)
    wrong = [*(problems or ()), *structure, *_wrong(sheets, found, tongues)]
    if wrong:
        raise NotAnXlsForm(in_order(wrong))
    xform, refused, said = to_xform(sheets)
    if refused:
        raise NotAnXlsForm(refused)
    known = [*(warnings or ()), *_warnings(sheets, found, tongues), *said]
    row = sheets.settings.rows[0]
    return XlsForm(
        xform,
        FormSettings(row["form_id"], row["version"], row["form_title"], tongues.default.name),
        tongues.all,
        sheets,
        {item.path: item.row.number for item in found.items},
        tuple(in_order(known)),
    )


def in_order(problems: list[Problem]) -> list[Problem]:
    """Sort by sheet, row and column as they stand; each problem once."""
    places = {name: place for place, name in enumerate(SHEETS)}
    return sorted(
        dict.fromkeys(problems),
        key=lambda one: (places.get(one.sheet, -1 if not one.sheet else len(SHEETS)), one.row),
    )


def _wrong(sheets: FormSheets, found: Outline, tongues: Languages) -> list[Problem]:
    main = tongues.default
    return [
        *check_rows(sheets, found, tongues.column("label", main, sheets.survey)),
        *check_references(sheets, found),
        *check_choices(sheets, tongues.column("label", main, sheets.choices)),
        *check_settings(sheets),
        *check_languages(sheets, tongues),
    ]


def _warnings(sheets: FormSheets, found: Outline, tongues: Languages) -> list[Problem]:
    return [
        *alike(found),
        *warn_rows(found, tongues.column("label", tongues.default, sheets.survey)),
        *check_choices_named(sheets, found, values_by_list(sheets.choices)),
        *warn_choices(sheets, found),
        *warn_settings(sheets),
        *warn_languages(sheets, tongues),
    ]
