from datetime import date

import pytest
from tests.factories.programme import STAFF, initiative, milestone, plan

from serai.base import blocks as b
from serai.base.text import TranslatedText
from serai.programme import actions
from serai.programme.queries import HeadingRow, OutlineRow, initiative_report
from serai.reports.kinds.kind import Ask
from serai.reports.kinds.progress import annex

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)


def ask() -> Ask:
    return Ask(viewer=STAFF, as_of=D, dated=D, language="en", audience="members", narratives={})


def made() -> list[b.Block]:
    return annex.annexes(ask(), initiative_report(STAFF, D))


def test_only_initiatives_with_something_to_annex_are_numbered():
    initiative("a", order=1)
    milestone(initiative("b", order=2, name=TranslatedText.of("B")), "1 July 2021")

    found = made()

    assert b.heading_text(found[0]) == "Annex 1 B"
    assert [type(block).__name__ for block in found[1:]] == ["Heading", "Figure", "Table"]
    assert 'class="narrow"' in found[2].narrow_svg  # for the narrow column of the web reader


def test_a_milestone_without_a_date_says_so():
    milestone(initiative("a"))

    (table,) = [block for block in made() if isinstance(block, b.Table)]

    assert [b.inline_text(cell.children) for cell in table.rows[0].cells] == [
        "1", "Milestone 1", "No date is set", "No date is set",
    ]  # fmt: skip


def test_the_timeline_shows_the_first_plan_only_where_it_moved():
    one = initiative("a")
    moved, kept = milestone(one, "22 June 2021"), milestone(one, "1 July 2021")
    actions.set_baseline(initiative=one, name="First", by=STAFF, now=annex_now())
    plan(moved, "mid-July 2021", D, reason="procurement")
    actions.approve_plan(plan=moved.plans.last(), by=STAFF, now=annex_now())

    rows = initiative_report(STAFF, D).initiatives[0].milestones
    bars = [annex._bar(ask(), row) for row in rows]

    assert [bar.baseline is not None for bar in bars] == [True, False]
    assert bars[0].words == "mid-July 2021"
    assert kept.number == 2


def annex_now():
    from tests.factories.programme import NOON

    return NOON


def test_headings_nest_as_deep_as_they_stand():
    def row(level: int, title: str) -> HeadingRow:
        return HeadingRow(level, TranslatedText.of(title))

    rows = (row(1, "A"), row(2, "A1"), row(3, "A1a"), row(2, "A2"), row(1, "B"))
    outline = OutlineRow("key", TranslatedText.of("Outline"), rows)

    heading, tree = annex._outline(ask(), outline, "code")

    assert b.heading_text(heading) == "Draft outline: Outline"
    assert shape(tree) == [("A", [("A1", [("A1a", [])]), ("A2", [])]), ("B", [])]


def shape(block: b.List) -> list:
    found = []
    for item in block.items:
        below = [inner for inner in item.blocks if isinstance(inner, b.List)]
        found.append((b.inline_text(item.blocks[0].children), shape(below[0]) if below else []))
    return found
