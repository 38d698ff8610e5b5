"""Annex 1: one page for each office."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import (
    Block,
    Callout,
    ColumnKind,
    Heading,
    Inline,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Row,
    Strong,
    Text,
    Tone,
    words,
)
from serai.readiness.queries.agency_line import Line, LineFigure
from serai.readiness.queries.agency_page import AgencyPage, CardRow
from serai.readiness.states.result_words import SENSITIVITIES as SENSITIVITY_WORDS
from serai.readiness.states.result_words import VERDICT
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.packages import packages
from serai.reports.kinds.readiness.pen import Head, Pen, Said
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER, SHORT = ColumnKind.WORDS, ColumnKind.NUMBER, ColumnKind.SHORT
PERCENT = 100
SHORT_CARD = 4


def agencies(pen: Pen, annex: str) -> list[Block]:
    """Write the annex: a page an office, each on paper of its own."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(1, words(_("A page for each office")), key="agencies", number=pen.name(annex)),
    ]
    if not pen.report.agencies:
        return [*blocks, pen.paragraph(_("No office has results that these readers may see."))]
    blocks.append(index(pen))
    for page in pen.report.agencies:
        blocks += [PageBreak(), *_page(pen, page)]
    return [*blocks, PageBreak()]


def index(pen: Pen) -> Block:
    """List all offices before their pages; scores only where they are read."""
    has_scores = any(one.has_scores for one in pen.report.agencies)
    is_own = not any(one.audience for one in pen.report.agencies)
    rows = []
    for page in pen.report.agencies:
        cells: list[Said] = [
            pen.name(page.country), pen.name(title(page)), pen.name(say.event_name(page.attends)),
            pen.name(say.event_name(page.hosts)),
        ]  # fmt: skip
        if has_scores:
            cells.append(_score(pen, page))
        stands = pgettext("results", "confirmed") if page.is_confirmed else _("under review")
        cells.append(stands if is_own else pen.book.day(page.as_of))
        rows.append(pen.row(*cells))
    heads: list[Head] = [
        (_("Country"), WORDS, 2), (pgettext("place", "Office"), WORDS, 5),
        (pgettext("event", "Attend"), SHORT), (pgettext("event", "Host"), SHORT),
    ]  # fmt: skip
    if has_scores:
        heads.append((pgettext("score", "Score"), NUMBER))
    heads.append((pgettext("results", "Results"), SHORT) if is_own else (_("As of"), SHORT))
    return pen.table("offices", pen.say(_("Offices of this report")), heads, rows)


def _score(pen: Pen, page: AgencyPage) -> Said:
    """Write the score; its interval where too little is known for one."""
    if page.score is not None:
        return pen.of_agency(page, "score", round(page.score), "score")
    if page.score_low is None or page.score_high is None:
        return None
    text = f"{round(page.score_low)}–{round(page.score_high)}"
    return pen.book.whole(f"{page.office}/score/interval", text, pen.trace(page, "score"))


def title(page: AgencyPage) -> str:
    """Name an office with its agency."""
    if page.organisation == page.name:
        return page.name
    return f"{page.organisation}: {page.name}"


def _page(pen: Pen, page: AgencyPage) -> list[Block]:
    blocks: list[Block] = [
        Heading(2, words(pen.name(title(page))), key=f"office-{page.office}"),
        Paragraph(tuple(stands_at(pen, page))),
    ]
    if not page.is_confirmed:
        blocks.append(
            Callout("", (pen.paragraph(_("Not confirmed: the agency still looks at these results.")),),
                    Tone.ATTENTION)
        )  # fmt: skip
    blocks += [_figures(pen, page), *dimensions(pen, page)]
    blocks += _line(pen, page)
    blocks += packages(pen, page)
    return [*blocks, *(card(pen, page) or [Paragraph(_evidence(pen, page))])]


def stands_at(pen: Pen, page: AgencyPage) -> Iterable[Inline]:
    """Say country, city, and as of when the results are."""
    where = ", ".join(one for one in (page.city, page.country) if one)
    if where:
        yield Text(pen.name(f"{where}. "))
    yield from pen.say(
        _("Results as of %(day)s, by edition %(edition)s of the framework."),
        day=pen.book.day(page.as_of),
        edition=pen.of_agency(page, "edition", page.edition, "framework"),
    )


def _figures(pen: Pen, page: AgencyPage) -> Block:
    measured = pen.of_agency(
        page, "measured", round(PERCENT * page.measured_share), "evidence", unit="%"
    )
    return KeyFigures(
        (
            KeyFigure(Text(pen.name(say.event_name(page.attends))), _("attends up to")),
            KeyFigure(Text(pen.name(say.event_name(page.hosts))), _("hosts up to")),
            score_figure(pen, page),
            KeyFigure(measured, _("of the weight measured")),
        )
    )


def score_figure(pen: Pen, page: AgencyPage) -> KeyFigure:
    """Show the score with its interval; the interval alone where too little is known."""
    label = pgettext("key figure", "score")
    if page.score is None:
        return KeyFigure(pen.inline(_score(pen, page) or say.dash())[0], label, say.thin_known())
    score = pen.of_agency(page, "score", round(page.score), "score")
    is_one = round(page.score_low or 0) == round(page.score_high or 0)
    return KeyFigure(score, label, "" if is_one else _interval(pen, page))


def _interval(pen: Pen, page: AgencyPage) -> str:
    text = _("from %(low)s to %(high)s") % {
        "low": round(page.score_low or 0), "high": round(page.score_high or 0),
    }  # fmt: skip
    return pen.book.whole(f"{page.office}/score-interval", text, pen.trace(page, "score"))


def dimensions(pen: Pen, page: AgencyPage) -> list[Block]:
    """Show each dimension's score, with its interval and how much of it is known."""
    items, score = [], pen.trace(page, "score")
    for one in page.dimensions:
        found, key = one.score, f"dimension/{one.code}"
        if found is None:
            continue
        known = round(PERCENT * found.known_share)
        low, high = round(found.low), round(found.high)
        span = f"{low}–{high}"
        if found.value is None:
            value: Inline = Text(pen.book.whole(f"{page.office}/{key}/interval", span, score))
            note = _("%(known)s%% known") % {"known": known}
        else:
            value = pen.of_agency(page, f"{key}/score", round(found.value), "score")
            whole = _("%(span)s; %(known)s%% known") if low < high else _("%(known)s%% known")
            note = whole % {"span": span, "known": known}
        kept = pen.book.whole(f"{page.office}/{key}/known", note, score)
        items.append(KeyFigure(value, pen.name(one.name), kept))
    return [KeyFigures(tuple(items))] if items else []


def _line(pen: Pen, page: AgencyPage) -> list[Block]:
    """Write p5, p50 and p95 of the line in busy hours, and the tiers it carries."""
    line = page.line
    if line is None:
        return []
    if not line.figures:
        return [
            pen.paragraph(_("The line was not tested: its figures are as declared, if at all."))
        ]
    rows = [_line_row(pen, page, line, one) for one in line.figures]
    heads = [
        (_("Figure"), WORDS), *((pen.name(one), NUMBER) for one in ("p5", "p50", "p95")),
        (_("Tests"), NUMBER),
    ]  # fmt: skip
    notes = []
    if any(one.is_lowest for one in line.figures):
        notes.append(
            pen.say(_("With so few tests, %(p5)s is the lowest of them."), p5=pen.name("p5"))
        )
    if line.thin:
        reasons = "; ".join(say.thin(code) for code in line.thin)
        notes.append(pen.say(_("Little evidence: %(reasons)s."), reasons=reasons))
    notes += _tiers(pen, page, line)
    return [pen.table(f"line-{page.office}", pen.say(_("Line in busy hours")), heads, rows, notes)]


def _line_row(pen: Pen, page: AgencyPage, line: Line, one: LineFigure) -> Row:
    formula = "voice" if one.name == "voice" else "line"
    runs = tuple(f"run:{number}" for number in line.runs)
    decimals = 0 if one.name == "voice" else 1

    def figure(part: str, value: float) -> Inline:
        return pen.of_agency(
            page, f"line/{one.name}/{part}", round(value, decimals), formula, sources=runs,
            decimals=decimals,
        )  # fmt: skip

    count = pen.of_agency(page, f"line/{one.name}/tests", one.count, "count", sources=runs)
    cells = [figure("p5", one.p5), figure("p50", one.p50), figure("p95", one.p95)]
    return pen.row(say.line_figure(one.name), *cells, count)


def _tiers(pen: Pen, page: AgencyPage, line: Line) -> list[tuple[Inline, ...]]:
    """Say for each platform which tier the line carries, profile by profile."""
    if not line.tiers:
        return []
    said = []
    for platform, rows in groupby(line.tiers, lambda one: one.platform):
        held: dict[str, list[str]] = {}
        for one in rows:
            held.setdefault(one.level, []).append(one.profile)
        levels = ", ".join(
            f"{say.tier_level(level)} ({', '.join(profiles)})" for level, profiles in held.items()
        )
        said.append(f"{platform} {levels}")
    text = "; ".join(said) + "."
    trace = Trace("tier", f"tiers {line.tiers_edition}", (), (f"assessment:{page.assessment}",))
    kept = pen.book.whole(f"{page.office}/tiers", text, trace)
    return [(Strong(words(_("Tiers sustained.") + " ")), Text(kept))]


def card(pen: Pen, page: AgencyPage) -> list[Block]:
    """Write the contingency card: what the next event asks of plan B, and what there is.

    A long one names what is met below, so that the office stays on one page.
    """
    if not page.card:
        return []
    is_long = len(page.card) > SHORT_CARD
    met = [one for one in page.card if is_long and one.verdict == "pass"]
    rows = [
        pen.row(
            pen.in_room(one.name, one.room), _need(pen, page, one), _have(pen, page, one),
            str(VERDICT[one.verdict][1]),
        )
        for one in page.card
        if one not in met
    ]  # fmt: skip
    heads: list[Head] = [
        (_("Contingency card"), WORDS, 9), (pgettext("of a condition", "Asked"), WORDS, 3),
        (_("There is"), WORDS, 3),
        (pgettext("of a condition", "Met"), SHORT),
    ]  # fmt: skip
    caption = pen.say(_("Plan B for %(event)s"), event=pen.name(page.target))
    names = pen.name("; ".join(pen.in_room(one.name, one.room) for one in met))
    notes = [pen.say(_("Met: %(names)s."), names=names)] if met else []
    notes.append(_evidence(pen, page))
    return [pen.table(f"card-{page.office}", caption, heads, rows, notes)]


def _need(pen: Pen, page: AgencyPage, one: CardRow) -> Said:
    key = f"card/{one.fact}/need"
    return pen.value(page, key, one.fact, one.need, one.need_words, one.unit)


def _have(pen: Pen, page: AgencyPage, one: CardRow) -> Said:
    key = f"card/{one.fact}/have"
    return pen.value(page, key, one.fact, one.have, one.have_words, one.unit)


def _evidence(pen: Pen, page: AgencyPage) -> tuple[Inline, ...]:
    """Say what the page rests on; of what was let out no more than the assessment's number."""
    lead = Strong(words(_("Evidence.") + " "))
    said = pen.say(
        _("Assessment %(number)s; %(known)s of the weight is known."),
        number=pen.name(page.assessment),
        known=pen.of_agency(page, "known", round(PERCENT * page.known_share), "evidence", unit="%"),
    )
    gates = "; ".join(
        f"{SENSITIVITY_WORDS[name]}: {VERDICT[verdict][1]}" for name, verdict in page.gate.items()
    )
    security = pen.say(" " + _("Security gate: %(gates)s."), gates=gates) if gates else ()
    return (lead, *said, *security, *_rests_on(pen, page))


def _rests_on(pen: Pen, page: AgencyPage) -> tuple[Inline, ...]:
    line = page.line
    if line is None:
        return ()
    runs = tuple(f"run:{number}" for number in line.runs)
    tests = (
        ()
        if not runs
        else pen.say(
            " " + _("Tests: %(all)s, of which %(busy)s in busy hours, on %(days)s days."),
            all=pen.of_agency(page, "tests", len(line.runs), "count", sources=runs),
            busy=pen.of_agency(page, "tests/busy", line.busy_count, "count", sources=runs),
            days=pen.of_agency(page, "tests/days", line.day_count, "count", sources=runs),
        )
    )
    answers = pen.name(page.answers) if page.answers else ""
    given = pen.say(" " + _("Answers: %(number)s."), number=answers) if answers else ()
    files = (
        pen.say(" " + _("Files: %(numbers)s."), numbers=pen.name(", ".join(line.files)))
        if line.files
        else ()
    )
    return (*tests, *given, *files)
