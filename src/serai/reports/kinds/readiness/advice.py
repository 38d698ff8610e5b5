"""Chapters 3 and 4: recommendations in six groups; data security and risks."""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import Block, ColumnKind, Heading, words
from serai.calc.readiness.ladder import SENSITIVITIES
from serai.calc.readiness.rules import RULES, Rule, Topic
from serai.readiness.queries.agency_page import AdviceTold, AgencyPage
from serai.readiness.states import LET_OUT, RecommendationState
from serai.readiness.states.advice_words import SENTENCES
from serai.readiness.states.result_words import SENSITIVITIES as SENSITIVITY_WORDS
from serai.readiness.states.result_words import TOPICS
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.chapters import narrative
from serai.reports.kinds.readiness.pen import Head, Pen
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER, SHORT = ColumnKind.WORDS, ColumnKind.NUMBER, ColumnKind.SHORT
GAP = re.compile(r"\{\w+\}")
TAKEN = frozenset({RecommendationState.ACCEPTED, RecommendationState.DONE})
GROUPS = tuple(topic for topic in Topic if topic is not Topic.SECURITY)


def recommendations(pen: Pen) -> list[Block]:
    """Write chapter 3: one part a group, each rule with the offices it was put before."""
    is_let_out = pen.report.whose.edition in LET_OUT
    blocks: list[Block] = [
        Heading(1, words(_("Recommendations")), key="recommendations", number="3"),
        *narrative(pen, "recommendations"),
        pen.paragraph(
            _("Advice comes from rules over the facts, each rule tried on every office. Told here "
              "are the rules; what was put before an agency is for it, its country and the "
              "secretariat.")
            if is_let_out
            else _("Advice comes from rules over the facts, each rule tried on every office. Told "
                   "is what was put before the agencies; each decides for itself. The figures of "
                   "each office stand in the annex of advice.")
        ),
    ]  # fmt: skip
    for place, topic in enumerate(GROUPS, 1):
        heading = words(str(TOPICS[topic]))
        blocks.append(Heading(2, heading, key=f"advice-{topic}", number=f"3.{place}"))
        blocks += _rules(pen, topic) if is_let_out else _group(pen, topic)
    return blocks


def _rules(pen: Pen, topic: Topic) -> list[Block]:
    """List the rules of a group, whoever they were put before."""
    rows = [
        pen.row(pen.name(one.id), _sentence(pen, one), pen.name(_package(pen, one.package)))
        for one in RULES
        if one.topic is topic
    ]
    heads: list[Head] = [
        (_("Rule"), SHORT),
        (_("Advice"), WORDS, 4),
        (_("What it takes"), WORDS, 2),
    ]
    caption = pen.say(_("%(group)s: what the rules advise"), group=str(TOPICS[topic]))
    return [pen.table(f"advice-table-{topic}", caption, heads, rows)]


def _group(pen: Pen, topic: Topic) -> list[Block]:
    rows = []
    for rule in RULES:
        told = _told(pen, rule) if rule.topic is topic else []
        if not told:
            continue
        offices = {page.office: page for page, _one in told}
        taken = {page.office: page for page, one in told if one.state in TAKEN}
        rows.append(
            pen.row(
                pen.name(rule.id), _sentence(pen, rule),
                pen.tally(f"rule/{rule.id}/offices", offices.values(), "advice"),
                pen.tally(f"rule/{rule.id}/taken", taken.values(), "advice"),
                pen.name(_package(pen, rule.package)),
            )
        )  # fmt: skip
    if not rows:
        return [pen.paragraph(_("Nothing is advised to these offices in this group."))]
    heads: list[Head] = [
        (_("Rule"), SHORT), (_("Advice"), WORDS, 4), (_("Offices"), NUMBER),
        (_("Taken up"), NUMBER), (_("What it takes"), WORDS, 2),
    ]  # fmt: skip
    caption = pen.say(_("%(group)s: advice put before agencies"), group=str(TOPICS[topic]))
    return [pen.table(f"advice-table-{topic}", caption, heads, rows)]


def _told(pen: Pen, rule: Rule) -> list[tuple[AgencyPage, AdviceTold]]:
    return [
        (page, one) for page in pen.report.agencies for one in page.advice if one.rule == rule.id
    ]


def _sentence(pen: Pen, rule: Rule) -> str:
    """Write a rule's sentence with its gaps left open: each office has figures of its own."""
    text = GAP.sub("…", _(SENTENCES[rule.id]))
    trace = Trace("advice", f"{rule.id} version {rule.version}")
    return pen.book.whole(f"rule/{rule.id}/text", text, trace)


def _package(pen: Pen, code: str) -> str:
    """Name a package; what own staff can do needs none."""
    if not code:
        return _("own staff")
    packages = pen.report.definition.packages if pen.report.definition else ()
    for one in packages:
        if one.code == code:
            return one.name.get(say.language()) or one.name.get("en") or code
    return code


def security(pen: Pen) -> list[Block]:
    """Write chapter 4: the gate, and the risks that several offices share."""
    blocks: list[Block] = [
        Heading(1, words(_("Data security and risks")), key="security", number="4"),
        *narrative(pen, "security"),
        pen.paragraph(
            _("What agencies answer on security is read by named people alone. This report says "
              "what the gate of each sensitivity asks; who passes it is for the agency, its "
              "country and the secretariat.")
            if pen.report.whose.edition in LET_OUT
            else _("What agencies answer on security is read by named people alone. This report "
                   "says no more than whether the gate of each sensitivity is passed.")
        ),
    ]  # fmt: skip
    blocks += [Heading(2, words(_("Security gate")), key="gate", number="4.1"), *_gate(pen)]
    if risks := _risks(pen):
        blocks += [Heading(2, words(_("Risks")), key="risks", number="4.2"), *risks]
    return blocks


def _gate(pen: Pen) -> list[Block]:
    definition = pen.report.definition
    asked = []
    for one in definition.ladder.security if definition else ():
        sentence = say.security_asked(one.requirement.condition.fact)
        asked.append(
            pen.say(
                _("From %(sensitivity)s: %(what)s."),
                sensitivity=str(SENSITIVITY_WORDS[one.sensitivity]), what=pen.name(sentence),
            )
        )  # fmt: skip
    told = [page for page in pen.report.agencies if page.gate]
    blocks: list[Block] = [pen.bullets(asked)] if asked else []
    if not told:
        return blocks
    rows = [
        pen.row(
            str(SENSITIVITY_WORDS[sensitivity]),
            *(
                pen.tally(
                    f"gate/{sensitivity}/{verdict}",
                    [page for page in told if page.gate.get(sensitivity) == verdict], "gate",
                )
                for verdict in ("pass", "fail", "unknown")
            ),
        )
        for sensitivity in SENSITIVITIES
    ]  # fmt: skip
    heads = [
        (_("For"), WORDS), (_("Passed"), NUMBER), (_("Not passed"), NUMBER),
        (_("Not known"), NUMBER),
    ]  # fmt: skip
    caption = pen.say(_("Offices that pass the security gate"))
    return [*blocks, pen.table("gate-table", caption, heads, rows)]


Test = Callable[[AgencyPage], bool]


def _unmet(page: AgencyPage) -> set[str]:
    """Return what the next event asks of a host and is known not to be met."""
    let_out = {one.fact for one in page.not_met if one.is_host and not one.is_missing}
    return let_out | {row.fact for row in page.card if row.verdict == "fail"}


def _fails_among(prefix: str) -> Test:
    return lambda page: any(fact.startswith(prefix) for fact in _unmet(page))


def _risks(pen: Pen) -> list[Block]:
    """Count the offices that show each risk; of what is not known nothing is said."""
    pages = pen.report.agencies
    if not any(page.has_scores for page in pages):
        return []
    risks: Iterable[tuple[str, str, Test]] = (
        ("second_line", _("No second path that the next event asks for"),
         _fails_among("continuity.second")),
        ("ups", _("Too little battery time for the next event"),
         _fails_among("continuity.ups_minutes")),
        ("plans", _("A plan B that the next event asks for is not rehearsed"),
         _fails_among("plan.")),
        ("gate", _("The security gate is not passed even for matters of low sensitivity"),
         lambda page: page.gate.get("low") == "fail"),
        ("contract", _("Less than half of what was declared arrives"),
         lambda page: bool(page.contradictions)),
        ("thin", _("Results rest on little: less than three fifths is known"),
         lambda page: page.score is None),
        ("line", _("The line was not tested, or too little to rely on"),
         lambda page: page.line is not None
         and (not page.line.figures or bool(page.line.thin))),
    )  # fmt: skip
    own = {"gate", "contract", "line"} if pen.report.whose.edition in LET_OUT else set()
    rows = [
        pen.row(words_, pen.tally(f"risk/{code}", [one for one in pages if test(one)], "need"))
        for code, words_, test in risks
        if code not in own
    ]
    heads: list[Head] = [(pgettext("risks", "Risk"), WORDS, 4), (_("Offices"), NUMBER)]
    return [pen.table("risks-table", pen.say(_("Risks that offices share")), heads, rows)]
