"""Shares of many organisations together, as they were let out: rounded, some of them hidden."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import Block, ColumnKind, Heading, Inline, Table, words
from serai.readiness.queries.aggregates import SharesShown
from serai.readiness.states.release_words import category_words, measure_words
from serai.reports.kinds.readiness.pen import Pen, Said
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER = ColumnKind.WORDS, ColumnKind.NUMBER


def shares_of_many(pen: Pen, place: int) -> list[Block]:
    """Write the last part of chapter 2; nothing where no shares were let out."""
    found = pen.report.shares
    if not found:
        return []
    return [
        Heading(2, words(_("Many organisations together")), key="shares", number=f"2.{place}"),
        pen.paragraph(
            _("Shares are told of many organisations together, rounded, with what would give a "
              "single one away hidden. Each organisation counts once, by the best of its offices.")
        ),
        *(_table(pen, number, one) for number, one in found),
    ]  # fmt: skip


def _table(pen: Pen, number: str, one: SharesShown) -> Table:
    rows = [
        pen.row(
            pen.name(category_words(category, one.names)), _share(pen, number, category, percent)
        )
        for category, percent in one.cells
    ]
    heads = [(pgettext("shares", "Group"), WORDS), (pgettext("shares", "Share"), NUMBER)]
    caption = pen.say("%(measure)s", measure=pen.name(measure_words(one.measure, one.names)))
    return pen.table(f"shares-{number}", caption, heads, rows, [_counted(pen, number, one)])


def _share(pen: Pen, number: str, category: str, percent: int | None) -> Said:
    if percent is None:
        return pgettext("share", "hidden")
    trace = Trace("share", pen.framework, (), (f"shares:{number}",))
    return pen.book.number(f"shares/{number}/{category}", percent, trace, unit="%")


def _counted(pen: Pen, number: str, one: SharesShown) -> tuple[Inline, ...]:
    """Say who is counted and as of when."""
    trace = Trace("share", pen.framework, (), (f"shares:{number}",))
    said = pen.say(
        _("%(organisations)s organisations of %(countries)s countries, as of %(day)s."),
        organisations=pen.book.number(
            f"shares/{number}/organisations", one.organisations_count, trace
        ),
        countries=pen.book.number(f"shares/{number}/countries", one.countries_count, trace),
        day=pen.book.day(one.as_of),
    )
    if not one.countries:
        return said
    names = pen.name(", ".join(one.countries))
    return (*said, *pen.say(" " + _("Counted are: %(names)s."), names=names))
