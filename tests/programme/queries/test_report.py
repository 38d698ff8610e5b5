"""What a report asks: each initiative with all that its readers may see on a day."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.programme import actions, queries
from serai.programme.queries.report import count

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)
NONE = dict.fromkeys(Status, 0)


def test_each_initiative_comes_with_its_notes_outline_requests_and_counts():
    make.viewers("home")
    home, empty = make.initiative("home", order=1), make.initiative("empty", order=2)
    make.milestone(home, "1 June 2021")
    make.milestone(home)
    make.note(home, cleared=make.EARLY)
    actions.save_outline(
        initiative=home, key="report", title=TranslatedText.of("Outline"), headings=(),
        by=make.STAFF, now=make.NOON,
    )  # fmt: skip
    asked = make.ask(home)
    meeting = make.meeting(home, state="held")
    decision = make.decision(meeting)
    make.agree(meeting)
    action = make.action_item(decision=decision, countries=("GEO",))

    report = queries.initiative_report(make.STAFF, D)

    first, second = report.initiatives
    assert (first.code, first.name, first.purpose) == ("home", home.name, home.purpose)
    assert first.milestones == tuple(queries.milestones(make.STAFF, D))
    assert {part: str(one.text) for part, one in first.notes.items()} == {
        "current_status": "Work goes on."
    }
    assert first.outline == queries.outlines(make.STAFF, D)["home"]
    assert [one.public_id for one in first.requests] == [asked.public_id]
    assert first.counts == NONE | {Status.OVERDUE: 1, Status.NO_DATE: 1}
    assert (second.code, second.notes, second.outline, second.counts) == (
        "empty", {}, None, NONE,
    )  # fmt: skip
    assert second.name == empty.name
    assert (first.has_dates, second.has_dates) == (True, False)
    assert [row.number for row in report.decisions] == [decision.number]
    assert [row.public_id for row in report.actions] == [action.public_id]
    assert report.counts == first.counts
    assert (report.as_of, report.programme) == (D, queries.programme(make.STAFF))
    assert report.is_empty is False


def test_an_initiative_whose_milestones_have_no_date_has_none():
    make.milestone(make.initiative())

    (chapter,) = queries.initiative_report(make.STAFF, D).initiatives

    assert (len(chapter.milestones), chapter.has_dates) == (1, False)


def test_before_the_first_fact_the_report_is_empty():
    make.milestone(make.initiative(), "1 June 2021")

    report = queries.initiative_report(make.STAFF, date(2020, 12, 31))

    assert (report.is_empty, report.initiatives, report.counts) == (True, (), NONE)
    assert count([]) == NONE


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}), ("secretariat", STAFF_KINDS)],
)
def test_what_is_told_is_told_to_its_audience(audience, readers):
    """One thing of each kind at one level, in an initiative everybody knows."""
    everybody = make.viewers("home")
    home = make.initiative("home")
    make.milestone(home, "1 July 2021", audience=audience)
    meeting = make.meeting(home, state="held", audience=audience)
    decision = make.decision(meeting)
    make.agree(meeting)
    make.action_item(decision=decision, owner_id=people.organisation().pk, audience=audience)
    make.ask(home, audience=audience, countries=(), organisations=(people.organisation().pk,))

    found = {who: queries.initiative_report(v, D) for who, v in everybody.items()}

    assert {who for who, report in found.items() if report.initiatives} == EVERY_KIND
    assert {who for who, r in found.items() if r.initiatives[0].milestones} == readers
    assert {who for who, r in found.items() if r.initiatives[0].requests} == readers
    assert {who for who, report in found.items() if report.decisions} == readers
    assert {who for who, report in found.items() if report.actions} == readers
    assert {who for who, report in found.items() if sum(report.counts.values())} == readers


def test_what_is_known_later_is_not_told_before():
    home = make.initiative("home")
    row = make.milestone(home, "1 June 2021")
    before = queries.initiative_report(ANONYMOUS, D)

    actions.record_completion(milestone=row, words="1 June 2021", by=make.STAFF, now=LATER)
    note = make.note(home)
    actions.clear_note(note=note, by=make.STAFF, now=LATER)

    assert queries.initiative_report(ANONYMOUS, D) == before
    after = queries.initiative_report(ANONYMOUS, LATER.date())
    assert after.counts == NONE | {Status.DONE: 1}
    assert list(after.initiatives[0].notes) == ["current_status"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(rows, django_assert_num_queries):
    make.viewers("home")
    for number in range(rows):
        home = make.initiative(f"home-{number}")
        make.milestone(home, "1 July 2021")
        make.note(home, cleared=make.EARLY)
        make.ask(home)
        meeting = make.meeting(home, state="held")
        decision = make.decision(meeting)
        make.agree(meeting)
        make.action_item(decision=decision, countries=("GEO",))

    with django_assert_num_queries(11):
        report = queries.initiative_report(make.STAFF, D)

    assert len(report.initiatives) == rows
