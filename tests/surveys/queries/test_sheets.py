"""Sheets are kept with a version as they were read."""

from tests.factories import forms as form

from serai.base.xlsform import FormSheets, read_xlsform
from serai.surveys.models import FormVersion
from serai.surveys.queries.sheets import pack_sheets, rows_by_path, sheets_of


def test_sheets_come_back_as_they_were():
    read = read_xlsform(form.markdown(), "form.md")

    version = FormVersion(sheets=pack_sheets(read.sheets, read.rows_by_path))

    assert sheets_of(version) == read.sheets
    assert rows_by_path(version) == read.rows_by_path


def test_a_version_without_sheets_has_empty_ones():
    assert sheets_of(FormVersion()) == FormSheets()
    assert rows_by_path(FormVersion()) == {}
