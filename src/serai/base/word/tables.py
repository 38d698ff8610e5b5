"""Tables: heads repeated on every page, rows never torn, widths from the words."""

from dataclasses import replace

from serai.base.blocks import tree
from serai.base.word.runs import Manner, RunWriter, paragraph_properties
from serai.base.word.xml import Element, make, value

TWIPS_A_SIGN, TWIPS_A_WIDE_SIGN = 105, 112  # bold Latin letters, and those of other scripts
CELL_MARGINS = 200
RULE, TOTAL_GROUND = "0F5F56", "EEF4F2"
SHORTEST, LONGEST = 5, 22
"""Signs an as-narrow-as-its-content column is given at least and at most."""


class TableWriter:
    """Turns tables into elements."""

    def __init__(self, runs: RunWriter, *, is_rtl: bool, language: str) -> None:
        self.runs = runs
        self.is_rtl = is_rtl
        self.manner = Manner(language, is_rtl)

    def write(self, table: tree.Table, width: int) -> Element:
        """The grid; caption and notes stand outside."""
        widths = column_widths(table, width)
        grid = make("w:tblGrid", *(make("w:gridCol", w=each) for each in widths))
        has_total = bool(table.rows) and table.rows[-1].is_total
        rows = [self.head(table, widths)]
        rows += [self.row(row, table, widths) for row in table.rows]
        return make("w:tbl", self.properties(sum(widths), has_total=has_total), grid, *rows)

    def properties(self, width: int, *, has_total: bool) -> Element:
        """The look of the whole table; in right-to-left documents columns run from the right."""
        visual = [make("w:bidiVisual")] if self.is_rtl else []
        look = make("w:tblLook", firstRow=1, lastRow=int(has_total), noHBand=1, noVBand=1)
        return make(
            "w:tblPr",
            value("w:tblStyle", "ReportTable"),
            *visual,
            make("w:tblW", w=width, type="dxa"),
            make("w:tblLayout", type="fixed"),
            look,
        )

    def head(self, table: tree.Table, widths: list[int]) -> Element:
        """The row of heads."""
        cells = [
            self.cell(column.heading, column.kind, "TableHead", width, self.manner)
            for column, width in zip(table.columns, widths, strict=True)
        ]
        return make("w:tr", make("w:trPr", make("w:cantSplit"), make("w:tblHeader")), *cells)

    def row(self, row: tree.Row, table: tree.Table, widths: list[int]) -> Element:
        """One row."""
        manner = replace(self.manner, is_bold=row.is_total)
        cells = [
            self.cell(cell.children, column.kind, "TableText", width, manner)
            for cell, column, width in zip(row.cells, table.columns, widths, strict=True)
        ]
        return make("w:tr", make("w:trPr", make("w:cantSplit")), *cells)

    def cell(
        self,
        children: tuple[tree.Inline, ...],
        kind: tree.ColumnKind,
        style: str,
        width: int,
        manner: Manner,
    ) -> Element:
        """One cell; numbers stand at the end edge."""
        properties = paragraph_properties(style, self.is_rtl)
        if kind is tree.ColumnKind.NUMBER:
            properties.append(value("w:jc", "right"))
        paragraph = make("w:p", properties, *self.runs.write(children, manner))
        look = make("w:tcPr", make("w:tcW", w=width, type="dxa"))
        if manner.is_bold:
            look.append(make("w:shd", val="clear", color="auto", fill=TOTAL_GROUND))
        return make("w:tc", look, paragraph)

    def key_figures(self, block: tree.KeyFigures, width: int) -> Element:
        """A strip of numbers, side by side without lines."""
        each = width // max(1, len(block.items))
        cells = [self.key_figure(item, each) for item in block.items]
        layout = make("w:tblLayout", type="fixed")
        visual = [make("w:bidiVisual")] if self.is_rtl else []
        wide = make("w:tblW", w=each * len(cells), type="dxa")
        properties = make("w:tblPr", *visual, wide, layout)
        grid = make("w:tblGrid", *(make("w:gridCol", w=each) for _cell in cells))
        return make("w:tbl", properties, grid, make("w:tr", *cells))

    def key_figure(self, item: tree.KeyFigure, width: int) -> Element:
        """One number with its words."""
        lines = [("KeyValue", (item.value,)), ("KeyLabel", tree.words(item.label))]
        if item.note:
            lines.append(("KeyNote", tree.words(item.note)))
        found = [
            make("w:p", paragraph_properties(style, self.is_rtl), *self.runs.write(c, self.manner))
            for style, c in lines
        ]
        rule = make("w:top", val="single", sz=8, space=0, color=RULE)
        wide = make("w:tcW", w=width, type="dxa")
        return make("w:tc", make("w:tcPr", wide, make("w:tcBorders", rule)), *found)


def column_widths(table: tree.Table, width: int) -> list[int]:
    """Narrow columns by their longest content; what is left is shared by weight."""
    fixed: dict[int, int] = {}
    for number, column in enumerate(table.columns):
        if column.kind is not tree.ColumnKind.WORDS:
            fixed[number] = _narrow(table, number)
    weight = sum(c.weight for n, c in enumerate(table.columns) if n not in fixed)
    taken = sum(fixed.values())
    if not weight or taken > width * 5 // 6:
        scale = width / max(1, taken) if not weight else width * 5 / 6 / taken
        fixed = {number: int(each * scale) for number, each in fixed.items()}
        taken = sum(fixed.values())
    share = (width - taken) / weight if weight else 0
    return [
        fixed.get(number, int(share * column.weight)) for number, column in enumerate(table.columns)
    ]


def _narrow(table: tree.Table, number: int) -> int:
    heading = tree.inline_text(table.columns[number].heading)
    longest_word = max(map(len, heading.split()), default=0)
    cells = (len(tree.inline_text(row.cells[number].children)) for row in table.rows)
    signs = max(SHORTEST, min(LONGEST, max(longest_word + 1, max(cells, default=0))))
    a_sign = TWIPS_A_SIGN if heading.isascii() else TWIPS_A_WIDE_SIGN
    return signs * a_sign + CELL_MARGINS
