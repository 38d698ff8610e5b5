"""Chapter 5: conclusion, questions asked before, summary."""

from collections.abc import Sequence
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import Block, ColumnKind, Heading, Paragraph, Row, Strong, words
from serai.readiness.queries.agency_page import AgencyPage
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.chapters import narrative
from serai.reports.kinds.readiness.pen import Pen
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER = ColumnKind.WORDS, ColumnKind.NUMBER
REGIONAL = "E3"


def closing(pen: Pen) -> list[Block]:
    """Write chapter 5."""
    blocks: list[Block] = [
        Heading(1, words(_("Conclusion, questions and summary")), key="closing", number="5"),
        Heading(2, words(_("Conclusion")), key="conclusion", number="5.1"),
    ]
    blocks += narrative(pen, "conclusion") or [pen.paragraph(_("Not written yet."))]
    blocks.append(Heading(2, words(_("Questions asked before")), key="questions", number="5.2"))
    blocks += _questions(pen)
    blocks.append(Heading(2, words(_("Summary")), key="summary", number="5.3"))
    blocks += _summary(pen)
    return blocks


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
    heads = [
        (_("Country"), WORDS), (_("Offices"), NUMBER), (_("Attend an event"), NUMBER),
        (_("Host an event"), NUMBER), (_("Host a regional one"), NUMBER),
        (pgettext("score", "Middle score"), NUMBER),
    ]  # fmt: skip
    caption = pen.say(_("Readiness by country, as of %(day)s"), day=pen.days())
    note = pen.say(
        _("A regional event is %(event)s or a larger one. No middle score is told where no office "
          "is known well enough."),
        event=pen.name(REGIONAL),
    )  # fmt: skip
    return [pen.table("summary-table", caption, heads, rows, notes=(note,))]


def _row(
    pen: Pen, key: str, name: str, pages: Sequence[AgencyPage], *, is_total: bool = False
) -> Row:
    codes = (
        [one.code for one in pen.report.definition.ladder.events] if pen.report.definition else []
    )
    regional = set(codes[codes.index(REGIONAL) :]) if REGIONAL in codes else set()
    scores = [one.score for one in pages if one.score is not None]
    return pen.row(
        pen.name(name),
        pen.count(f"{key}/offices", len(pages)),
        pen.count(f"{key}/attend", sum(bool(one.attends) for one in pages), "event"),
        pen.count(f"{key}/host", sum(bool(one.hosts) for one in pages), "event"),
        pen.count(f"{key}/regional", sum(one.hosts in regional for one in pages), "event"),
        pen.count(f"{key}/middle", round(median(scores)), "median") if scores else say.dash(),
        is_total=is_total,
    )
