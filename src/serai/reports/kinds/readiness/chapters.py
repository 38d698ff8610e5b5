"""Chapters 1 and 2: what the assessment is for, and the framework with where offices stand."""

from collections.abc import Iterable
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from serai.base.blocks import (
    Block,
    ColumnKind,
    Heading,
    KeyFigure,
    KeyFigures,
    Number,
    Table,
    words,
)
from serai.base.text import TranslatedText, markdown_blocks
from serai.calc.readiness.framework import Criterion, Dimension
from serai.calc.readiness.ladder import Ladder
from serai.readiness.queries.agency_page import AgencyPage
from serai.readiness.states import LET_OUT
from serai.reports.kinds.progress.report import marked_as
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.pen import Head, Pen
from serai.reports.kinds.readiness.shares import shares_of_many
from serai.reports.kinds.readiness.traces import Trace, has_numeral

WORDS, NUMBER = ColumnKind.WORDS, ColumnKind.NUMBER
ATTAINED = frozenset({"declared", "confirmed"})
WHOLE = 100
LEVELS = (0, 1, 2, 3)
FEW = 3


def narrative(pen: Pen, block: str) -> list[Block]:
    """Write a narrative; an unwritten one is told to the editor and leaves nothing behind.

    Figures that a person typed have that person for their source: the editor is told of them.
    """
    said, language = pen.ask.narratives.get(block, TranslatedText()).pick(pen.ask.language)
    if not said:
        return []
    blocks, dropped = markdown_blocks(said)
    pen.warnings += [
        _("Left out of %(block)s: %(what)s.") % {"block": block, "what": what} for what in dropped
    ]
    if has_numeral(said):
        pen.warnings.append(
            _("%(block)s holds figures typed by hand. Nothing shows where they come from but its "
              "author; leave them to the tables where you can.") % {"block": block}
        )  # fmt: skip
    author = Trace("written", sources=(f"narrative:{block}",))
    blocks = pen.book.blocks(blocks, f"written/{block}", author)
    return list(blocks if language == pen.ask.language else marked_as(blocks, language))


def purpose(pen: Pen) -> list[Block]:
    """Write chapter 1."""
    report = pen.report
    blocks: list[Block] = [Heading(1, words(_("Objective and purpose")), key="purpose", number="1")]
    blocks += narrative(pen, "objective")
    blocks.append(
        pen.paragraph(
            _("This report says, as of %(day)s, which offices can attend or host which virtual "
              "events, what is missing, and what would help most. Each figure has a key; the last "
              "annex says how each kind of figure is made, and the list of all keys with what "
              "they rest on is kept beside the report."),
            day=pen.days(),
        )
    )  # fmt: skip
    blocks.append(pen.paragraph(say.readers(report.whose.edition)))
    if not report.agencies:
        return [*blocks, pen.paragraph(_only_shares() if report.shares else _nothing())]
    confirmed = [one for one in report.agencies if one.is_confirmed]
    counts = (
        (pen.tally("offices", report.agencies), _("offices evaluated")),
        (pen.count("agencies", len({one.organisation for one in report.agencies})), _("agencies")),
        (pen.count("countries", len(report.countries)), _("countries")),
        (pen.tally("confirmed", confirmed), _("results confirmed")),
    )
    blocks.append(KeyFigures(tuple(KeyFigure(number, label) for number, label in counts)))
    if len(confirmed) < len(report.agencies):
        blocks.append(
            pen.paragraph(
                _("Results that are not confirmed yet are still before their agencies; their "
                  "pages say so.")
            )
        )  # fmt: skip
    if report.waiting:
        blocks.append(
            pen.paragraph(
                ngettext(
                    "%(n)s office has no results yet; it is named in the annex of what is not known.",
                    "%(n)s offices have no results yet; they are named in the annex of what is not "
                    "known.",
                    len(report.waiting),
                ),
                n=pen.count("waiting", len(report.waiting)),
            )
        )
    return blocks


def _nothing() -> str:
    return _(
        "There are no results that these readers may see yet. Score offices and put the results "
        "before them, have results let out, or choose a later day."
    )


def _only_shares() -> str:
    return _(
        "No results of a single office were let out to these readers. Shares of many "
        "organisations together stand in the chapter on the framework."
    )


def framework(pen: Pen) -> list[Block]:
    """Write chapter 2: how it is evaluated, the dimensions, and the events."""
    report = pen.report
    blocks: list[Block] = [
        Heading(1, words(_("Evaluation framework")), key="framework", number="2")
    ]
    blocks += narrative(pen, "framework")
    if report.definition is None:
        return [*blocks, pen.paragraph(_("No framework was in use on this day."))]
    blocks.append(
        pen.paragraph(
            _("Offices are evaluated by edition %(edition)s of the framework, in four dimensions. "
              "Each criterion has three thresholds, so its level is from none to three. What is "
              "measured counts before what is declared; what is not known is told as not known "
              "and never counts as passed. The score goes up to %(whole)s and is told where enough "
              "is known, else its interval alone."),
            edition=pen.of_framework("edition", report.edition),
            whole=pen.of_framework("score/whole", WHOLE),
        )
    )  # fmt: skip
    shares = report.definition.framework.shares()
    for place, dimension in enumerate(report.definition.framework.dimensions, 1):
        criteria = [
            one for one in report.definition.framework.criteria if one.dimension == dimension.code
        ]
        blocks += _dimension(pen, place, dimension, criteria, shares)
    ladder = report.definition.ladder
    place = len(report.definition.framework.dimensions) + 1
    blocks += _events(pen, ladder, place)
    return [*blocks, *shares_of_many(pen, place + 1)]


def _dimension(
    pen: Pen, place: int, dimension: Dimension, criteria: list[Criterion], shares: dict[str, float]
) -> list[Block]:
    name = _of(dimension.name, dimension.code)
    key = f"dimension-{dimension.code}"
    blocks: list[Block] = [Heading(2, words(name), key=key, number=f"2.{place}")]
    blocks.append(
        pen.paragraph(
            _("It makes %(weight)s of the whole."),
            weight=pen.of_framework(f"weight/{dimension.code}", dimension.weight, unit="%"),
        )
    )  # fmt: skip
    blocks += _middle(pen, dimension.code)
    blocks.append(_criteria(pen, dimension.code, name, criteria, shares))
    return blocks


def _middle(pen: Pen, code: str) -> list[Block]:
    """Say the middle, least and greatest score of a dimension, where enough are told."""
    known = [
        (one.score.value, page)
        for page in pen.report.agencies
        for one in page.dimensions
        if one.code == code and one.score is not None and one.score.value is not None
    ]
    if len(known) < FEW:
        return []
    scores = sorted(value for value, _page in known)
    sentence = _(
        "Of %(n)s offices of which enough is known the middle one scores %(middle)s, the lowest "
        "%(low)s, the highest %(high)s."
    )
    return [
        pen.paragraph(
            sentence,
            n=pen.tally(f"dimension/{code}/known", (page for _value, page in known)),
            middle=pen.count(f"dimension/{code}/middle", round(median(scores)), "median"),
            low=pen.count(f"dimension/{code}/lowest", round(scores[0]), "score"),
            high=pen.count(f"dimension/{code}/highest", round(scores[-1]), "score"),
        )
    ]


def _criteria(
    pen: Pen, code: str, name: str, criteria: list[Criterion], shares: dict[str, float]
) -> Table:
    """List the criteria; how many offices stand at a level only where their levels are read."""
    reads_levels = pen.report.whose.edition not in LET_OUT
    rows = []
    for one in criteria:
        share = pen.of_framework(
            f"share/{one.code}", round(WHOLE * shares[one.code], 1), unit="%", decimals=1
        )
        counts = _levels(pen, one.code) if reads_levels else []
        rows.append(pen.row(_criterion(pen, one), share, *counts))
    heads: list[Head] = [(_("Criterion, and what the levels mean"), WORDS), (_("Weight"), NUMBER)]
    caption = pen.say(_("%(name)s: weight of each criterion"), name=pen.name(name))
    if reads_levels:
        heads += [(pen.name(str(level)), NUMBER) for level in LEVELS]
        heads.append((_("Not known"), NUMBER))
        caption = pen.say(
            _("%(name)s: weight of each criterion, and offices at each level"), name=pen.name(name)
        )
    return pen.table(f"criteria-{code}", caption, heads, rows)


def _levels(pen: Pen, code: str) -> list[Number]:
    """Count the offices at each level of a criterion, and those of which it is not known."""
    stands: dict[int | None, list[AgencyPage]] = {}
    for page in pen.report.agencies:
        for dimension in page.dimensions:
            for one in dimension.criteria:
                if one.code == code:
                    stands.setdefault(one.level, []).append(page)
    places = [*((level, f"level-{level}") for level in LEVELS), (None, "unknown")]
    return [
        pen.tally(f"criterion/{code}/{place}", stands.get(level, ()), "level")
        for level, place in places
    ]


def _criterion(pen: Pen, one: Criterion) -> str:
    meant = one.words.get(say.language()) or one.words.get("en") or ()
    text = f"{one.code} {_of(one.name, one.code)}"
    if meant:
        text += ": " + " / ".join(meant)
    return pen.book.whole(f"criterion/{one.code}", text, Trace("framework", pen.framework))


def _events(pen: Pen, ladder: Ladder, place: int) -> list[Block]:
    """Write the ladder with how many offices attend and host each event."""
    rows = []
    for event in ladder.events:
        name = pen.name(f"{event.code} {_of(event.name, event.code)}")
        cells = [
            pen.tally(f"event/{event.code}/{role}/{state}", found.get(state, ()), "event")
            for role in ("attend", "host")
            for found in (_stands(pen.report.agencies, event.code, is_host=role == "host"),)
            for state in ("yes", "unknown", "no")
        ]
        rows.append(pen.row(name, *cells))
    heads: list[Head] = [
        (_("Event"), WORDS),
        (pgettext("event", "Attend"), NUMBER), (_("Not known"), NUMBER), (_("Cannot"), NUMBER),
        (pgettext("event", "Host"), NUMBER), (_("Not known"), NUMBER), (_("Cannot"), NUMBER),
    ]  # fmt: skip
    caption = pen.say(_("Offices that attend and host each event, as of %(day)s"), day=pen.days())
    return [
        Heading(2, words(_("Events")), key="events", number=f"2.{place}"),
        pen.paragraph(
            _("Events go from a simple web meeting to a large seminar of several days. An office "
              "attains an event when every row that the event asks passes; one missing fact leaves "
              "it not known.")
        ),
        pen.table("events-table", caption, heads, rows),
    ]  # fmt: skip


def _stands(
    pages: Iterable[AgencyPage], event: str, *, is_host: bool
) -> dict[str, list[AgencyPage]]:
    """Return by answer (yes, unknown, no) the offices that may attend or host an event."""
    found: dict[str, list[AgencyPage]] = {}
    for page in pages:
        for rung in page.rungs:
            if rung.event == event:
                state = rung.host if is_host else rung.attend
                answer = "yes" if state in ATTAINED else "unknown" if state == "unknown" else "no"
                found.setdefault(answer, []).append(page)
    return found


def _of(texts: object, code: str) -> str:
    """Pick a text of the framework in the language that is switched on."""
    found: dict[str, str] = dict(texts)  # type: ignore[call-overload]
    return found.get(say.language()) or found.get("en") or code
