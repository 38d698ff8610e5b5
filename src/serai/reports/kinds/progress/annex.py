"""The annexes: timeline and milestones, and the outline of what an initiative will write."""

from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.blocks import (
    Block,
    Column,
    ColumnKind,
    Figure,
    Heading,
    List,
    ListItem,
    Row,
    Table,
    cell,
    paragraph,
    words,
)
from serai.programme.queries import (
    HeadingRow,
    InitiativeReport,
    MilestoneRow,
    OutlineRow,
    ProgrammeReport,
)
from serai.reports.kinds.kind import Ask
from serai.reports.kinds.progress import words as say
from serai.reports.kinds.progress.facts import has_annex


def annexes(ask: Ask, progress: ProgrammeReport) -> list[Block]:
    """Write one annex for each initiative that has milestones or an outline."""
    blocks: list[Block] = []
    with_annex = [chapter for chapter in progress.initiatives if has_annex(chapter)]
    for number, chapter in enumerate(with_annex, 1):
        title = _("Annex %(n)s") % {"n": number}
        name = chapter.name.pick(ask.language)[0]
        heading = Heading(1, words(name), key=f"annex-{chapter.code}", number=title)
        blocks.append(heading)
        if chapter.milestones:
            blocks += _milestones(ask, chapter)
        if chapter.outline:
            blocks += _outline(ask, chapter.outline, chapter.code)
    return blocks


def _milestones(ask: Ask, chapter: InitiativeReport) -> list[Block]:
    """Write the timeline as a picture and every milestone in its own words."""
    rows = chapter.milestones
    name = chapter.name.pick(ask.language)[0]
    as_of = say.day(ask.as_of)
    chart = charts.timeline(
        [_bar(ask, row) for row in rows],
        title=_("Timeline of %(name)s") % {"name": name},
        as_of=ask.as_of,
        as_of_words=as_of,
    )
    return [
        Heading(2, words(_("Timeline and milestones")), key=f"timeline-{chapter.code}"),
        Figure(
            chart_svg=chart.svg,
            narrow_svg=chart.narrow,
            caption=words(_("%(name)s: timeline as of %(day)s") % {"name": name, "day": as_of}),
            alt=chart.summary,
            key=f"figure-{chapter.code}",
        ),
        Table(
            caption=words(_("%(name)s: milestones as of %(day)s") % {"name": name, "day": as_of}),
            columns=(
                Column(words(_("No.")), ColumnKind.SHORT),
                Column(words(_("Milestone")), weight=3),
                Column(words(_("Planned")), weight=2),
                Column(words(_("Status")), weight=2),
            ),
            rows=tuple(
                Row(
                    (
                        cell(str(row.number)),
                        cell(row.name.pick(ask.language)[0]),
                        cell(row.words.pick(ask.language)[0] or _("No date is set")),
                        cell(say.status_words(row)),
                    )
                )
                for row in rows
            ),
            key=f"milestones-{chapter.code}",
        ),
    ]


def _bar(ask: Ask, row: MilestoneRow) -> charts.TimelineRow:
    """Return a milestone as a bar: when it was reached, else its plan; its start, its first plan."""
    end, first = charts.end_of(row.completion or row.plan), charts.end_of(row.baseline)
    return charts.TimelineRow(
        label=f"{row.number}. {row.name.pick(ask.language)[0]}",
        words=row.words.pick(ask.language)[0],
        reached=row.completion_words.pick(ask.language)[0],
        end=end,
        start=charts.start_of(row.plan if row.completion is None else None),
        baseline=first if first != end else None,
        mark=say.mark(row),
        is_ongoing=row.completion is None and bool(row.plan and row.plan.is_ongoing),
    )


def _outline(ask: Ask, outline: OutlineRow, code: str) -> list[Block]:
    """Write the tree of headings as nested lists."""
    title = outline.title.pick(ask.language)[0]
    heading = _("Draft outline: %(title)s") % {"title": title}
    items, _rest = _items(ask, outline.headings, 1)
    return [Heading(2, words(heading), key=f"outline-{code}"), List(items, is_ordered=True)]


def _items(
    ask: Ask, rows: tuple[HeadingRow, ...], level: int
) -> tuple[tuple[ListItem, ...], tuple[HeadingRow, ...]]:
    """Take the headings of one level with those below them; return what is left over."""
    items: list[ListItem] = []
    while rows and rows[0].level >= level:
        head, rows = rows[0], rows[1:]
        blocks: tuple[Block, ...] = (paragraph(head.title.pick(ask.language)[0]),)
        if rows and rows[0].level > level:
            below, rows = _items(ask, rows, rows[0].level)
            blocks += (List(below),)
        items.append(ListItem(blocks))
    return tuple(items), rows
