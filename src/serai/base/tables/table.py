"""A table once: shown on a page, downloaded as CSV or XLSX."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.characters import direction
from serai.base.tables.cells import Column, Plain, Row, is_sample, plain
from serai.base.tables.csv_file import csv_file

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAMPLE = "sample"


@dataclass(frozen=True)
class Table:
    """Columns and rows in reading order.

    Attributes:
        title: the caption, translated.
        rows: sequences in the columns' order, or mappings by column key; cells may be text,
            numbers, days, moments, `shown.Mark`, `shown.Linked`, `TranslatedText`; None = no data.
        sample: every row is sample data. Rows that hold a sample link are marked by themselves.
        note: the source and the date of what is shown.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    sample: bool = False
    note: str = ""

    def cells(self) -> Iterator[Sequence[object]]:
        """Give each row in the columns' order."""
        for row in self.rows:
            if isinstance(row, Mapping):
                yield [row.get(column.key) for column in self.columns]
            else:
                yield row

    @property
    def has_sample(self) -> bool:
        """Tell whether any row is sample data."""
        return self.sample or any(is_sample(cells) for cells in self.cells())

    def file_name(self, stem: str, kind: str) -> str:
        """Return `milestones.csv`, or `sample-milestones.csv` where any row is sample data."""
        return f"{SAMPLE}-{stem}.{kind}" if self.has_sample else f"{stem}.{kind}"

    def to_csv(self) -> bytes:
        """Write CSV; a column `sample` is added where any row is sample data."""
        columns, rows = self._marked()
        return csv_file([column.title for column in columns], rows)

    def to_xlsx(self) -> bytes:
        """Write XLSX; a column `sample` is added where any row is sample data."""
        # A quarter of a second and 20 MB that a start without a workbook need not pay.
        from serai.base.tables.xlsx_file import xlsx_file  # noqa: PLC0415

        columns, rows = self._marked()
        return xlsx_file(
            self.title,
            columns,
            rows,
            note=self.note,
            right_to_left=direction(get_language() or "en") == "rtl",
        )

    def _marked(self) -> tuple[list[Column], list[list[Plain]]]:
        """Return plain rows, with the field `sample` where it says something."""
        columns = list(self.columns)
        rows = [[plain(cell) for cell in cells] for cells in self.cells()]
        if self.has_sample and SAMPLE not in {column.key for column in columns}:
            columns.append(Column(SAMPLE, _("Sample")))
            for row, cells in zip(rows, self.cells(), strict=True):
                row.append(SAMPLE if self.sample or is_sample(cells) else "")
        return columns, rows
