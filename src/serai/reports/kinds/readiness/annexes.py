"""The last annexes: what is not known, training, before and after, where numbers come from."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import Block, ColumnKind, Heading, Table, words
from serai.readiness.queries.before_after import Delivered
from serai.readiness.queries.line_change import LineChange
from serai.readiness.queries.training import TrainingNeed
from serai.readiness.queries.unknowns import Unknown
from serai.readiness.states.plan_words import PROVISION_WORDS, changed_mark
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.formulas import FORMULAS
from serai.reports.kinds.readiness.pen import Head, Pen, Said
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER, SHORT = ColumnKind.WORDS, ColumnKind.NUMBER, ColumnKind.SHORT
GREAT = 2


def unknown(pen: Pen, annex: str) -> list[Block]:
    """Write the annex: offices without results, facts that are missing, and who was asked."""
    blocks: list[Block] = [
        Heading(1, words(_("What is not known, and who was asked")), key="unknown",
                number=pen.name(annex)),
    ]  # fmt: skip
    report = pen.report
    if report.waiting:
        blocks.append(pen.paragraph(_("Offices without results yet:")))
        blocks.append(
            pen.bullets(
                words(
                    pen.name(", ".join(x for x in (one.organisation, one.name, one.country) if x))
                )
                for one in report.waiting
            )
        )
    if not report.unknowns:
        return [*blocks, pen.paragraph(_("No verdict waits for a fact."))]
    blocks.append(
        pen.paragraph(
            _("Told for each office is what is missing, what most verdicts wait for first. Asked "
              "was the lead of the agency that answers.")
        )
    )  # fmt: skip
    for office, rows in groupby(report.unknowns, lambda one: one.office):
        blocks.append(_unknown(pen, office, list(rows)))
    return blocks


def _unknown(pen: Pen, office: str, listed: list[Unknown]) -> Table:
    rows = [
        pen.row(
            pen.name(f"{one.name} ({one.room})" if one.room else one.name),
            pen.book.number(
                f"{office}/unknown/{place}/verdicts", one.verdict_count,
                Trace("unknown", pen.framework, (one.fact,), (f"office:{office}",)),
            ),
            _asked(pen, one.asked_on, is_answered=one.is_answered, is_tested=one.is_tested),
        )
        for place, one in enumerate(listed, 1)
    ]  # fmt: skip
    heads: list[Head] = [
        (_("Not known"), WORDS, 4), (_("Verdicts waiting"), NUMBER), (_("Asked"), WORDS, 2),
    ]  # fmt: skip
    first = listed[0]
    name = pen.name(f"{first.organisation}: {first.office_name}")
    return pen.table(f"unknown-{office}", pen.say("%(name)s", name=name), heads, rows)


def _asked(pen: Pen, on: date | None, *, is_answered: bool, is_tested: bool) -> str:
    if is_tested:
        return _("by connection tests alone")
    if on is None:
        return _("not asked back yet")
    day = pen.book.day(on)
    text = _("on %(day)s, answered") if is_answered else _("on %(day)s, no answer yet")
    return pen.book.whole(f"asked/{day}/{is_answered}", text % {"day": day}, Trace("day"))


def training(pen: Pen, annex: str) -> list[Block]:
    """Write the annex: which training is needed, by topic and by office."""
    blocks: list[Block] = [
        Heading(1, words(_("Training needs")), key="training", number=pen.name(annex))
    ]
    found = pen.report.training
    if not found.said:
        sentence = _("No answers on training that these readers may see.")
        return [*blocks, pen.paragraph(sentence)]
    rows = []
    for path, label in found.topics:
        levels = [one.needs[path] for one in found.said if path in one.needs]
        slug = path.rsplit("/", 1)[-1]
        rows.append(
            pen.row(
                pen.name(label),
                pen.count(f"training/{slug}/said", len(levels), "training"),
                pen.count(f"training/{slug}/some", sum(n > 0 for n in levels), "training"),
                pen.count(f"training/{slug}/great", sum(n >= GREAT for n in levels), "training"),
            )
        )
    heads: list[Head] = [
        (_("Topic"), WORDS), (_("Offices that answered"), NUMBER), (_("Need some"), NUMBER),
        (_("Need much"), NUMBER),
    ]  # fmt: skip
    blocks.append(pen.table("training-topics", pen.say(_("Needs by topic")), heads, rows))
    blocks.append(_learners(pen, found.said))
    return blocks


def _learners(pen: Pen, said: Iterable[TrainingNeed]) -> Block:
    pages = {one.office: one for one in pen.report.agencies}
    rows = []
    for one in said:
        learners: Said = say.none_known()
        if one.learners is not None:
            page, source = pages[one.office], f"answer:{one.answers}"
            learners = pen.of_agency(page, "learners", one.learners, "training", sources=(source,))
        page = pages[one.office]
        rows.append(pen.row(pen.name(page.name), pen.name(page.country or say.dash()), learners))
    heads: list[Head] = [
        (pgettext("place", "Office"), WORDS), (_("Country"), WORDS), (_("People who would learn"), NUMBER)
    ]  # fmt: skip
    return pen.table("training-offices", pen.say(_("Learners by office")), heads, rows)


def before_after(pen: Pen, annex: str) -> list[Block]:
    """Write the annex: what was delivered, and whether a later assessment and tests show it."""
    blocks: list[Block] = [
        Heading(1, words(_("Before and after")), key="changes", number=pen.name(annex))
    ]
    found = pen.report.deliveries
    if not found:
        sentence = _("Nothing was delivered yet that these readers may see.")
        return [*blocks, pen.paragraph(sentence)]
    rows = [
        pen.row(
            pen.name(one.office_name), pen.name(one.name), str(PROVISION_WORDS[one.state]),
            pen.book.day(one.installed_on) if one.installed_on else say.dash(),
            _promises(pen, one),
        )
        for one in found
    ]  # fmt: skip
    heads: list[Head] = [
        (pgettext("place", "Office"), WORDS, 3), (_("Package"), WORDS, 4), (_("State"), SHORT),
        (_("Installed"), SHORT), (_("Promises shown"), SHORT),
    ]  # fmt: skip
    blocks.append(pen.table("deliveries", pen.say(_("Deliveries")), heads, rows))
    changes = [(one, change) for one in found for change in one.changes]
    if changes:
        blocks.append(_changes(pen, changes))
    return blocks


def _promises(pen: Pen, one: Delivered) -> str:
    text = _("%(shown)s of %(all)s") % {"shown": one.shown, "all": one.promised}
    trace = Trace("change", pen.framework, (), (f"delivery:{one.public_id}",))
    return pen.book.whole(f"{one.office}/delivery/{one.public_id}/promises", text, trace)


def _changes(pen: Pen, changes: Iterable[tuple[Delivered, LineChange]]) -> Table:
    rows = []
    for one, change in changes:
        key = f"{one.office}/delivery/{one.public_id}/{change.figure}"
        trace = Trace("change", "", (), (f"delivery:{one.public_id}",))
        found = change.change
        cells = [
            say.dash() if value is None
            else pen.book.number(f"{key}/{part}", round(value, 1), trace, decimals=1)
            for part, value in (
                ("difference", found.difference), ("low", found.low), ("high", found.high)
            )
        ]  # fmt: skip
        rows.append(
            pen.row(
                pen.name(one.office_name), say.changed_figure(change.figure), *cells,
                changed_mark(found.verdict).word,
            )
        )  # fmt: skip
    heads: list[Head] = [
        (pgettext("place", "Office"), WORDS, 2), (_("Figure"), WORDS, 2), (_("Difference"), NUMBER),
        (_("At least"), NUMBER), (_("At most"), NUMBER), (pgettext("change", "Verdict"), WORDS, 2),
    ]  # fmt: skip
    caption = pen.say(_("The line before and after the installation"))
    return pen.table("line-changes", caption, heads, rows)


def sources(pen: Pen, annex: str) -> list[Block]:
    """Write the annex: how each kind of figure is made, for the kinds that this report holds."""
    used = {one.formula for one in pen.book.traces.values()} | {"formula"}
    rows = []
    for code, (name, how) in FORMULAS.items():
        if code not in used:
            continue
        text = pen.book.whole(f"formula/{code}", how(), Trace("formula"))
        count = sum(one.formula == code for one in pen.book.traces.values())
        kept: Said = say.dash()
        if code not in {"formula", "name", "day"}:
            kept = pen.book.number(f"formula/{code}/keys", count, Trace("formula"))
        rows.append(pen.row(name(), text, kept))
    heads: list[Head] = [(_("Kind"), WORDS), (_("How it is made"), WORDS, 4), (_("Keys"), NUMBER)]
    return [
        Heading(1, words(_("Where the numbers come from")), key="sources", number=pen.name(annex)),
        pen.paragraph(
            _("Every number of this report has a key that leads to the way it was made, the "
              "version it was made by, the facts that went in, and the answers, tests and files "
              "behind them. The list of all keys can be opened and downloaded on the report's "
              "page; a number without a key stops the report from being made.")
        ),
        pen.table("formulas", pen.say(_("How figures are made")), heads, rows),
    ]  # fmt: skip
