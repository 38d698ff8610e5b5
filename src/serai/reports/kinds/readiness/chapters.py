"""Chapters 1 and 2: what the assessment is for, and the framework with where offices stand."""

from collections import Counter
from collections.abc import Iterable
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from serai.base.blocks import Block, ColumnKind, Heading, KeyFigure, KeyFigures, Table, words
from serai.base.text import TranslatedText, markdown_blocks
from serai.calc.readiness.framework import Criterion, Dimension
from serai.calc.readiness.ladder import Ladder
from serai.readiness.queries.agency_page import AgencyPage
from serai.reports.kinds.progress.report import marked_as
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.pen import Pen
from serai.reports.kinds.readiness.traces import Trace, has_numeral

WORDS, NUMBER = ColumnKind.WORDS, ColumnKind.NUMBER
ATTAINED = frozenset({"declared", "confirmed"})
WHOLE = 100
LEVELS = (0, 1, 2, 3)


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
    pen.book.blocks(blocks, f"written/{block}", Trace("written", sources=(f"narrative:{block}",)))
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
        return [*blocks, pen.paragraph(_nothing())]
    confirmed = sum(one.is_confirmed for one in report.agencies)
    counts = (
        (pen.count("offices", len(report.agencies)), _("offices evaluated")),
        (pen.count("agencies", len({one.organisation for one in report.agencies})), _("agencies")),
        (pen.count("countries", len(report.countries)), _("countries")),
        (pen.count("confirmed", confirmed), _("results confirmed")),
    )
    blocks.append(KeyFigures(tuple(KeyFigure(number, label) for number, label in counts)))
    if confirmed < len(report.agencies):
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
            edition=pen.count("edition", report.edition, "framework"),
            whole=pen.name(str(WHOLE)),
        )
    )  # fmt: skip
    shares = report.definition.framework.shares()
    for place, dimension in enumerate(report.definition.framework.dimensions, 1):
        criteria = [
            one for one in report.definition.framework.criteria if one.dimension == dimension.code
        ]
        blocks += _dimension(pen, place, dimension, criteria, shares)
    ladder = report.definition.ladder
    blocks += _events(pen, ladder, len(report.definition.framework.dimensions) + 1)
    return blocks


def _dimension(
    pen: Pen, place: int, dimension: Dimension, criteria: list[Criterion], shares: dict[str, float]
) -> list[Block]:
    name = _of(dimension.name, dimension.code)
    key = f"dimension-{dimension.code}"
    blocks: list[Block] = [Heading(2, words(name), key=key, number=f"2.{place}")]
    blocks.append(
        pen.paragraph(
            _("It makes %(weight)s of the whole."),
            weight=pen.book.number(
                f"weight/{dimension.code}", dimension.weight, Trace("framework", pen.framework),
                unit="%",
            ),
        )
    )  # fmt: skip
    blocks += _middle(pen, dimension.code)
    blocks.append(_criteria(pen, dimension.code, name, criteria, shares))
    return blocks


def _middle(pen: Pen, code: str) -> list[Block]:
    """Say the middle, least and greatest score of a dimension, where any is told."""
    scores = sorted(
        one.score.value
        for page in pen.report.agencies
        for one in page.dimensions
        if one.code == code and one.score is not None and one.score.value is not None
    )
    if len(scores) < 3:
        return []
    sentence = _(
        "Of %(n)s offices of which enough is known the middle one scores %(middle)s, the lowest "
        "%(low)s, the highest %(high)s."
    )
    return [
        pen.paragraph(
            sentence,
            n=pen.count(f"dimension/{code}/known", len(scores)),
            middle=pen.count(f"dimension/{code}/middle", round(median(scores)), "median"),
            low=pen.count(f"dimension/{code}/lowest", round(scores[0]), "score"),
            high=pen.count(f"dimension/{code}/highest", round(scores[-1]), "score"),
        )
    ]


def _criteria(
    pen: Pen, code: str, name: str, criteria: list[Criterion], shares: dict[str, float]
) -> Table:
    rows = []
    for one in criteria:
        stands = Counter(
            level.level
            for page in pen.report.agencies
            for dimension in page.dimensions
            for level in dimension.criteria
            if level.code == one.code
        )
        share = pen.book.number(
            f"share/{one.code}", round(WHOLE * shares[one.code], 1),
            Trace("framework", pen.framework), unit="%", decimals=1,
        )  # fmt: skip
        levels = [
            pen.count(f"criterion/{one.code}/level-{level}", stands[level], "level")
            for level in LEVELS
        ]
        unknown = pen.count(f"criterion/{one.code}/unknown", stands[None], "level")
        rows.append(pen.row(_criterion(pen, one), share, *levels, unknown))
    heads = [
        (_("Criterion, and what the levels mean"), WORDS),
        (_("Weight"), NUMBER),
        *((str(level), NUMBER) for level in LEVELS),
        (_("Not known"), NUMBER),
    ]
    caption = pen.say(
        _("%(name)s: weight of each criterion, and offices at each level"), name=pen.name(name)
    )
    return pen.table(f"criteria-{code}", caption, heads, rows)


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
        attends = _stands(pen.report.agencies, event.code, is_host=False)
        hosts = _stands(pen.report.agencies, event.code, is_host=True)
        name = pen.name(f"{event.code} {_of(event.name, event.code)}")
        cells = [
            pen.count(f"event/{event.code}/{role}/{state}", found[state], "event")
            for role, found in (("attend", attends), ("host", hosts))
            for state in ("yes", "unknown", "no")
        ]
        rows.append(pen.row(name, *cells))
    heads = [
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


def _stands(pages: Iterable[AgencyPage], event: str, *, is_host: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for page in pages:
        for rung in page.rungs:
            if rung.event == event:
                state = rung.host if is_host else rung.attend
                found[
                    "yes" if state in ATTAINED else "unknown" if state == "unknown" else "no"
                ] += 1
    return found


def _of(texts: object, code: str) -> str:
    """Pick a text of the framework in the language that is switched on."""
    found: dict[str, str] = dict(texts)  # type: ignore[call-overload]
    return found.get(say.language()) or found.get("en") or code
