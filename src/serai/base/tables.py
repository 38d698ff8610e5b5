"""A table as every room hands it over: to a page, a chart, a file.

These dataclasses are the look engineer's placeholder; the engine engineer owns this file and adds
`to_csv`, `to_xlsx`, `read_sheet`. Keep the names and the order of the fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column; kind text | number | percent | day | moment."""

    key: str
    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """A caption, columns, and rows of values in the columns' order; None is "no data"."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    sample: bool = False
