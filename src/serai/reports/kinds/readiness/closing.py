"""Chapter 5: conclusion, questions asked before, summary."""

from collections.abc import Sequence
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import Block, ColumnKind, Heading, Paragraph, Row, Strong, words
from serai.readiness.queries.agency_page import AgencyPage
from serai.reports.kinds.readiness.chapters import narrative
from serai.reports.kinds.readiness.pen import Head, Pen, Said
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER = ColumnKind.WORDS, ColumnKind.NUMBER
REGIONAL = "E3"


def closing(pen: Pen) -> list[Block]:
    """Write chapter 5."""
    blocks: list[Block] = [
        Heading(1, words(_("Conclusion, questions and summary")), key="closing", number="5"),
        Heading(2, words(_("Conclusion")), key="conclusion", number="5.1"),
    ]
    blocks += narrative(pen, "conclusion") or [_in_figures(pen)]
    blocks.append(Heading(2, words(_("Questions asked before")), key="questions", number="5.2"))
    blocks += _questions(pen)
    blocks.append(Heading(2, words(_("Summary")), key="summary", number="5.3"))
    blocks += _summary(pen)
    return blocks


def _in_figures(pen: Pen) -> Block:
    """Conclude in figures where nobody has written a conclusion."""
    pages = pen.report.agencies
    if not pages:
        return pen.paragraph(_("Too little is known to these readers to conclude anything yet."))
    return pen.paragraph(
        _("Of %(all)s offices %(attend)s can attend a virtual event, %(host)s can host one, and "
          "%(regional)s can host a regional one."),
        all=pen.tally("country/all/offices", pages),
        attend=pen.tally("country/all/attend", [one for one in pages if one.attends], "event"),
        host=pen.tally("country/all/host", [one for one in pages if one.hosts], "event"),
        regional=pen.tally("country/all/regional", _regional(pen, pages), "event"),
    )  # fmt: skip


def _regional(pen: Pen, pages: Sequence[AgencyPage]) -> list[AgencyPage]:
    """Return the offices that host a regional event or a larger one."""
    ladder = pen.report.definition.ladder.events if pen.report.definition else ()
    codes = [one.code for one in ladder]
    regional = codes[codes.index(REGIONAL) :] if REGIONAL in codes else []
    return [one for one in pages if one.hosts in regional]


def _questions(pen: Pen) -> list[Block]:
    blocks: list[Block] = []
    for one in pen.report.questions:
        trace = Trace("written", sources=(f"question:{one.public_id}",))
        key = f"question/{one.public_id}"
        asked = pen.book.whole(f"{key}/question", one.question, trace)
        blocks.append(Paragraph((Strong(words(asked)),)))
        lines = [line.strip() for line in one.answer.splitlines() if line.strip()]
        blocks += [
            Paragraph(words(pen.book.whole(f"{key}/answer-{place}", line, trace)))
            for place, line in enumerate(lines, 1)
        ]
    return blocks or [pen.paragraph(_("Nothing was asked yet that others would ask as well."))]


def _summary(pen: Pen) -> list[Block]:
    """Write one row a country, and all of them."""
    pages = pen.report.agencies
    if not pages:
        return [pen.paragraph(_("There is nothing to sum up yet."))]
    rows = []
    for country in pen.report.countries:
        own = [one for one in pages if one.country == country]
        rows.append(_row(pen, f"country/{own[0].iso3}", country, own))
    others = [one for one in pages if not one.country]
    if others:
        rows.append(_row(pen, "country/none", _("International organisations"), others))
    if len(rows) > 1:
        rows.append(_row(pen, "country/all", _("All"), pages, is_total=True))
    heads: list[Head] = [
        (_("Country"), WORDS), (_("Offices"), NUMBER), (_("Attend an event"), NUMBER),
        (_("Host an event"), NUMBER), (_("Host a regional one"), NUMBER),
    ]  # fmt: skip
    if _has_scores(pen):
        heads.append((pgettext("score", "Middle score"), NUMBER))
    caption = pen.say(_("Readiness by country, as of %(day)s"), day=pen.days())
    note = pen.say(_("A regional event is %(event)s or a larger one."), event=pen.name(REGIONAL))
    if _has_scores(pen):
        note += pen.say(" " + _("No middle score is told where no office is known well enough."))
    return [pen.table("summary-table", caption, heads, rows, notes=(note,))]


def _has_scores(pen: Pen) -> bool:
    return any(one.has_scores for one in pen.report.agencies)


def _row(
    pen: Pen, key: str, name: str, pages: Sequence[AgencyPage], *, is_total: bool = False
) -> Row:
    scores = [one.score for one in pages if one.score is not None]
    middle: list[Said] = []
    if _has_scores(pen):
        shown = pen.count(f"{key}/middle", round(median(scores)), "median") if scores else None
        middle.append(shown)
    return pen.row(
        pen.name(name),
        pen.tally(f"{key}/offices", pages),
        pen.tally(f"{key}/attend", [one for one in pages if one.attends], "event"),
        pen.tally(f"{key}/host", [one for one in pages if one.hosts], "event"),
        pen.tally(f"{key}/regional", _regional(pen, pages), "event"),
        *middle,
        is_total=is_total,
    )
