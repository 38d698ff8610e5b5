"""Annex 1 of what was let out: members read a page for each office, the public events alone."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import (
    Block,
    ColumnKind,
    Heading,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Table,
    Text,
    words,
)
from serai.readiness.queries.agency_page import AgencyPage
from serai.readiness.queries.released import NotMet
from serai.readiness.queries.results import Rung
from serai.readiness.states.result_words import FACTS, STATUS
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.agency import dimensions, index, score_figure, stands_at, title
from serai.reports.kinds.readiness.pen import Head, Pen, Said

WORDS, SHORT = ColumnKind.WORDS, ColumnKind.SHORT


def let_out(pen: Pen, annex: str) -> list[Block]:
    """Write the annex."""
    pages = pen.report.agencies
    blocks: list[Block] = [
        PageBreak(),
        Heading(1, words(_("Offices")), key="agencies", number=pen.name(annex)),
    ]
    if not pages:
        return [*blocks, pen.paragraph(_("No office has results that these readers may see."))]
    blocks.append(index(pen))
    if not any(one.has_scores for one in pages):
        return [*blocks, *_events_of_all(pen)]
    for page in pages:
        blocks += [PageBreak(), *_page(pen, page)]
    return [*blocks, PageBreak()]


def _events_of_all(pen: Pen) -> list[Block]:
    """Say of every office how it stands with each event, as guest and as host."""
    captions: tuple[tuple[str, str, Callable[[Rung], str]], ...] = (
        ("attend", _("Which events offices may attend"), lambda one: one.attend),
        ("host", _("Which events offices may host"), lambda one: one.host),
    )
    codes = [one.event for one in pen.report.agencies[0].rungs]
    heads: list[Head] = [(pgettext("place", "Office"), WORDS, 3)]
    heads += [(pen.name(code), SHORT) for code in codes]
    found: list[Block] = []
    for key, caption, stands in captions:
        rows = []
        for page in pen.report.agencies:
            held = {one.event: say.stands(stands(one)) for one in page.rungs}
            cells = (held.get(code) for code in codes)
            rows.append(pen.row(pen.name(title(page)), *cells))
        found.append(pen.table(f"events-{key}", pen.say(caption), heads, rows))
    return found


def _page(pen: Pen, page: AgencyPage) -> list[Block]:
    return [
        Heading(2, words(pen.name(title(page))), key=f"office-{page.office}"),
        Paragraph(tuple(stands_at(pen, page))),
        KeyFigures(
            (
                KeyFigure(Text(pen.name(say.event_name(page.attends))), _("attends up to")),
                KeyFigure(Text(pen.name(say.event_name(page.hosts))), _("hosts up to")),
                score_figure(pen, page),
            )
        ),
        *dimensions(pen, page),
        _events(pen, page),
        *_not_met(pen, page),
    ]


def _events(pen: Pen, page: AgencyPage) -> Table:
    rows = [
        pen.row(
            pen.name(f"{one.event}. {one.name}"), str(STATUS[one.attend][1]),
            str(STATUS[one.host][1]),
        )
        for one in page.rungs
    ]  # fmt: skip
    heads: list[Head] = [
        (_("Event"), WORDS, 2), (pgettext("event", "Attend"), WORDS), (pgettext("event", "Host"), WORDS),
    ]  # fmt: skip
    return pen.table(f"events-{page.office}", pen.say(_("Events")), heads, rows)


def _not_met(pen: Pen, page: AgencyPage) -> list[Block]:
    """List what the next event asks; what there is stays with the agency."""
    if not page.not_met:
        return []
    rows = [
        pen.row(
            pen.name(one.event), pgettext("role", "host") if one.is_host else pgettext("role", "guest"),
            pen.name(str(FACTS.get(one.fact) or one.label or one.fact)), _need(pen, page, one),
            _("not known") if one.is_missing else _("not met"),
        )
        for one in page.not_met
    ]  # fmt: skip
    heads: list[Head] = [
        (_("Event"), SHORT), (pgettext("event", "As"), SHORT), (_("What it asks"), WORDS, 3),
        (pgettext("of a condition", "Asked"), WORDS, 2), (pgettext("of a condition", "Met"), SHORT),
    ]  # fmt: skip
    caption = pen.say(_("What the next event asks and is not met"))
    return [pen.table(f"not-met-{page.office}", caption, heads, rows)]


def _need(pen: Pen, page: AgencyPage, one: NotMet) -> Said:
    role = "host" if one.is_host else "guest"
    key = f"not-met/{one.event}/{role}/{one.fact}"
    return pen.value(page, key, one.fact, one.need, one.need_words, one.unit)
