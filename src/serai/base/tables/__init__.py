"""Tables: one description, shown as HTML, CSV and XLSX; and spreadsheets read back."""

from serai.base.tables.cells import Blank, BlankSheet, Column, Plain, plain
from serai.base.tables.formulas import unfilled_formulas
from serai.base.tables.reading import SHEET_KINDS, read_as, read_sheet, read_sheets
from serai.base.tables.sheets import Sheet, SheetFault, SheetRow, column_letters
from serai.base.tables.sorting import in_order, sort_of
from serai.base.tables.table import CSV_TYPE, XLSX_TYPE, Table

__all__ = [
    "CSV_TYPE",
    "SHEET_KINDS",
    "XLSX_TYPE",
    "Blank",
    "BlankSheet",
    "Column",
    "Plain",
    "Sheet",
    "SheetFault",
    "SheetRow",
    "Table",
    "column_letters",
    "in_order",
    "plain",
    "read_as",
    "read_sheet",
    "read_sheets",
    "sort_of",
    "unfilled_formulas",
]
