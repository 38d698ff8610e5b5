"""A table as CSV that Excel opens in the right letters and never takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from serai.base.tables.cells import Plain

BOM = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_cell(value: Plain) -> str:
    """Write one cell: numbers with a point, days and moments as ISO 8601, text defused."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if isinstance(value, str) and text.lstrip(" ").startswith(FORMULA_SIGNS):
        return "'" + text
    return text


def csv_file(titles: Sequence[str], rows: Iterable[Sequence[Plain]]) -> bytes:
    """Write the file: UTF-8 with its mark, commas, CRLF; the same rows give the same bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([csv_cell(title) for title in titles])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return (BOM + out.getvalue()).encode("utf-8")
