"""The annex: the score of every dimension by office, as a picture and in numbers."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base import charts
from serai.base.blocks import Block, ColumnKind, Figure, Heading, Table, words
from serai.readiness.queries.agency_page import AgencyPage
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.pen import Pen, Said
from serai.reports.kinds.readiness.traces import Trace

CUTS = (20, 40, 60, 80)
WHOLE = 100
MOST_ROWS = 20
WORDS, NUMBER = ColumnKind.WORDS, ColumnKind.NUMBER


def heat(pen: Pen, annex: str) -> list[Block]:
    """Write the annex; a picture holds no more offices than can be read."""
    blocks: list[Block] = [
        Heading(1, words(_("Heat map")), key="heat", number=pen.name(annex)),
    ]
    pages = [one for one in pen.report.agencies if one.dimensions]
    if not pages:
        return [*blocks, pen.paragraph(_("No office is scored yet."))]
    names = [(one.code, one.name) for one in pages[0].dimensions]
    blocks.append(
        pen.paragraph(
            _("A cell holds the score of one dimension, up to %(whole)s; a darker cell is a higher "
              "score. An empty cell says that too little is known; its interval stands in the "
              "table."), whole=pen.of_framework("score/whole", WHOLE),
        )
    )  # fmt: skip
    for place, part in enumerate(_parts(pages), 1):
        blocks.append(_figure(pen, part, names, place))
        blocks.append(_table(pen, part, names, place))
    return blocks


def _parts(pages: Sequence[AgencyPage]) -> Iterator[Sequence[AgencyPage]]:
    for start in range(0, len(pages), MOST_ROWS):
        yield pages[start : start + MOST_ROWS]


def _values(page: AgencyPage, names: list[tuple[str, str]]) -> tuple[float | None, ...]:
    found = {one.code: one.score for one in page.dimensions}
    scores = (found.get(code) for code, _name in names)
    return tuple(
        None if one is None or one.value is None else float(round(one.value)) for one in scores
    )


def _figure(
    pen: Pen, pages: Sequence[AgencyPage], names: list[tuple[str, str]], place: int
) -> Figure:
    chart = charts.heat_table(
        [charts.HeatRow(_label(one), _values(one, names)) for one in pages],
        [name for _code, name in names],
        title=_("Score of each dimension by office"),
        cuts=CUTS,
        label_title=pgettext("place", "Office"),
    )
    key = f"heat-{place}"
    sources = tuple(f"assessment:{one.assessment}" for one in pages)
    trace = Trace("score", pen.framework, (), sources)
    chart = pen.book.figure(f"figure/{key}", chart, trace)
    return Figure(
        chart_svg=chart.svg, narrow_svg=chart.narrow, alt=chart.summary, key=key,
        caption=pen.say(_("Score of each dimension by office, as of %(day)s"), day=pen.days()),
    )  # fmt: skip


def _label(page: AgencyPage) -> str:
    return f"{page.iso3} {page.name}".strip()


def _table(
    pen: Pen, pages: Sequence[AgencyPage], names: list[tuple[str, str]], place: int
) -> Table:
    rows = []
    for page in pages:
        cells: list[Said] = []
        for one in page.dimensions:
            key, score = f"dimension/{one.code}", one.score
            if score is None:
                cells.append(say.dash())
            elif score.value is None:
                cells.append(_interval(pen, page, one.code, score.low, score.high))
            else:
                cells.append(pen.of_agency(page, f"{key}/score", round(score.value), "score"))
        rows.append(pen.row(pen.name(_label(page)), *cells))
    heads = [(pgettext("place", "Office"), WORDS), *((name, NUMBER) for _code, name in names)]
    caption = pen.say(_("The same in numbers; where too little is known, the interval"))
    return pen.table(f"heat-table-{place}", caption, heads, rows)


def _interval(pen: Pen, page: AgencyPage, code: str, low: float, high: float) -> str:
    text = f"{round(low)}–{round(high)}"
    return pen.book.whole(
        f"{page.office}/dimension/{code}/interval", text, pen.trace(page, "score")
    )
