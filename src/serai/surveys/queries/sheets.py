"""A form's sheets as a version keeps them, with the row of each path."""

from collections.abc import Mapping
from typing import Any

from serai.base.xlsform import FormRow, FormSheet, FormSheets
from serai.surveys.models import FormVersion

PATHS = "paths"


def pack_sheets(sheets: FormSheets, rows_by_path: Mapping[str, int]) -> dict[str, Any]:
    """Return what a version keeps of its sheets."""
    packed: dict[str, Any] = {
        sheet.name: {
            "columns": list(sheet.columns),
            "rows": [[row.number, dict(row.cells)] for row in sheet.rows],
        }
        for sheet in sheets
    }
    return packed | {PATHS: dict(rows_by_path)}


def sheets_of(version: FormVersion) -> FormSheets:
    """Return a version's sheets; empty ones where its form did not come as sheets."""
    sheets = FormSheets()
    for sheet in sheets:
        kept = version.sheets.get(sheet.name)
        if kept:
            rows = tuple(FormRow(number, cells) for number, cells in kept["rows"])
            sheets = sheets.with_sheet(FormSheet(sheet.name, tuple(kept["columns"]), rows))
    return sheets


def rows_by_path(version: FormVersion) -> Mapping[str, int]:
    """Return the survey sheet's row of each path."""
    found: Mapping[str, int] = version.sheets.get(PATHS, {})
    return found
