"""Tables: one description, shown as HTML, CSV and XLSX; and spreadsheets read back."""

from serai.base.tables.cells import Column, Plain, plain
from serai.base.tables.table import CSV_TYPE, XLSX_TYPE, Table

__all__ = ["CSV_TYPE", "XLSX_TYPE", "Column", "Plain", "Table", "plain"]
