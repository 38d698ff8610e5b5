"""XLSForm, the questionnaire as a spreadsheet: read, checked whole, turned into an XForm and back."""

from serai.base.xlsform.form import FormSettings, XlsForm, make_form, read_xlsform
from serai.base.xlsform.problems import NotAnXlsForm, Problem
from serai.base.xlsform.sheets import FormRow, FormSheet, FormSheets, to_markdown
from serai.base.xlsform.tongues import FormLanguage
from serai.base.xlsform.translations import (
    Phrase,
    translation_sheet,
    translation_table,
    translations_in,
    with_translations,
)
from serai.base.xlsform.writing import to_xlsx

__all__ = [
    "FormLanguage",
    "FormRow",
    "FormSettings",
    "FormSheet",
    "FormSheets",
    "NotAnXlsForm",
    "Phrase",
    "Problem",
    "XlsForm",
    "make_form",
    "read_xlsform",
    "to_markdown",
    "to_xlsx",
    "translation_sheet",
    "translation_table",
    "translations_in",
    "with_translations",
]
