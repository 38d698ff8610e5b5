"""Annex 2: the advice put before each office, with its figures; else what lies before it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from serai.base.blocks import Block, ColumnKind, Heading, Inline, Paragraph, Strong, words
from serai.readiness.queries.agency_page import AgencyPage
from serai.readiness.queries.evaluation import GATE
from serai.readiness.queries.results import GapShown
from serai.readiness.states.result_words import ADVICE, FACTS
from serai.reports.kinds.readiness.agency import title
from serai.reports.kinds.readiness.pen import Head, Pen

WORDS, SHORT = ColumnKind.WORDS, ColumnKind.SHORT
MOST_GAPS = 6


def each_advice(pen: Pen, annex: str) -> list[Block]:
    """Write the annex."""
    name = _("Advice to each office")
    blocks: list[Block] = [Heading(1, words(name), key="each-advice", number=pen.name(annex))]
    for page in pen.report.agencies:
        found = _advice(pen, page) or _gaps(pen, page)
        if found:
            blocks += found
    if len(blocks) == 1:
        blocks.append(pen.paragraph(_("There is no advice that these readers may see.")))
    return blocks


def _advice(pen: Pen, page: AgencyPage) -> list[Block]:
    """List the advice that was put before the agency, with the figures of then."""
    rows = []
    for one in page.advice:
        text = f"{one.text} ({one.room})" if one.room else one.text
        trace = pen.trace(
            page, "advice", one.facts, (f"advice:{one.public_id}", f"rule:{one.rule}")
        )  # fmt: skip
        kept = pen.book.whole(f"{page.office}/advice/{one.public_id}", text, trace)
        rows.append(pen.row(pen.name(one.rule), kept, str(ADVICE[one.state][1])))
    if not rows:
        return []
    heads: list[Head] = [
        (_("Rule"), SHORT), (_("Advice"), WORDS), (pgettext("of advice", "State"), SHORT),
    ]  # fmt: skip
    caption = pen.say("%(office)s", office=pen.name(title(page)))
    return [pen.table(f"advice-{page.office}", caption, heads, rows)]


def _gaps(pen: Pen, page: AgencyPage) -> list[Block]:
    """List what lies between the office and hosting the next event, what decides first."""
    shown = [one for one in page.gaps if one.gate != "contingency"][:MOST_GAPS]
    if not shown:
        return []
    rest = len([one for one in page.gaps if one.gate != "contingency"]) - len(shown)
    items = [_gap(pen, page, one, place) for place, one in enumerate(shown, 1)]
    if rest:
        more = ngettext("and %(n)s more", "and %(n)s more", rest)
        items.append(pen.say(more, n=pen.of_agency(page, "gaps/more", rest, "need")))
    lead = pen.say(
        _("Between %(office)s and hosting %(event)s:"),
        office=pen.name(title(page)), event=pen.name(page.target),
    )  # fmt: skip
    return [Paragraph((Strong(lead),)), pen.bullets(items)]


def _gap(pen: Pen, page: AgencyPage, one: GapShown, place: int) -> tuple[Inline, ...]:
    name = pen.in_room(str(FACTS.get(one.fact) or one.label or one.fact), one.room)
    if one.fact == GATE:
        pattern = _("%(fact)s: not known") if one.is_missing else _("%(fact)s: not passed")
        return pen.say(pattern, fact=name)
    key = f"gap/{place}/{one.fact}"
    need = pen.value(page, f"{key}/need", one.fact, one.need, one.need_words, one.unit)
    if one.is_missing or one.have is None:
        return pen.say(_("%(fact)s: %(need)s asked, not known"), fact=name, need=need)
    have = pen.value(page, f"{key}/have", one.fact, one.have, one.have_words, one.unit)
    return pen.say(_("%(fact)s: %(need)s asked, %(have)s there"), fact=name, need=need, have=have)
