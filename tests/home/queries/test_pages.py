"""First pages by role, from the source report's programme and from rows of our own."""

from datetime import date, datetime, timedelta

import pytest
from tests.factories.members import member, person_with
from tests.factories.programme import STAFF, initiative, milestone
from tests.factories.reports import NOON, carec, run

from serai.base.access import ANONYMOUS, Denied
from serai.base.text import TranslatedText
from serai.home import queries
from serai.home.queries.pages import next_of, sorted_by_end
from serai.members.queries import viewer_of
from serai.programme import actions as programme
from serai.programme.queries import Book
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db
TOLD = programme.Told(date(2021, 6, 1), "Records")


def viewer(role: str, scope: str = ""):
    return viewer_of(person_with(role, scope) if scope else person_with(role), NOON)


def names(rows) -> list[str]:
    return [queries.said(row.name) for row in rows]


def request(text: str, *codes: str, audience: str = "members", **fields):
    return programme.open_request(
        initiative=None, text=TranslatedText.of(text), countries=list(codes), audience=audience,
        by=STAFF, now=NOON, told=TOLD, **fields,
    )  # fmt: skip


def meeting(title: str, starts_at: datetime, *, audience: str = "members", hours: int = 2):
    return programme.plan_meeting(
        initiative=None,
        facts=programme.MeetingFacts(
            title=TranslatedText.of(title), kind="technical", starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours), zone="Asia/Manila", mode="virtual",
        ),
        audience=audience, by=STAFF, now=NOON, told=TOLD,
    )  # fmt: skip


def test_the_secretariat_sees_late_soon_and_next():
    carec()

    home = queries.home_page(Book(viewer("officer"), NOON))

    assert (home.as_of, home.is_today, home.has_sample) == (date(2021, 6, 30), True, False)
    assert [(row.initiative, row.number) for row in home.late.rows] == [
        ("virtual-carec", 1),
        ("digital-strategy-2030", 4),
        ("digital-strategy-2030", 6),
        ("virtual-carec", 5),
    ]
    assert (home.soon.count, home.soon.more_count) == (8, 0)
    assert queries.said(home.next_milestone.name) == "Senior Officials' Meeting"
    assert home.slipped == queries.Milestones((), 0)
    assert len(home.requests) == 2
    assert home.board is not None


def test_a_visitor_sees_what_is_public_and_no_board():
    carec()
    initiative("hidden", audience="secretariat")

    home = queries.home_page(Book(ANONYMOUS, NOON))

    assert [row.code for row in home.initiatives] == [
        "virtual-carec", "digital-strategy-2030", "startup-hub",
    ]  # fmt: skip
    assert (home.todos, home.requests, home.board) == ((), (), None)
    assert home.members_map is not None
    assert [queries.said(row.title) for row in home.meetings] == [
        "Virtual Senior Officials' Meeting"
    ]


def test_the_preset_opens_as_of_its_own_day_in_a_later_year():
    carec()

    home = queries.home_page(Book(viewer("officer"), NOON.replace(year=2026)))

    assert (home.as_of, home.is_today) == (date(2021, 6, 30), False)
    assert [queries.said(row.title) for row in home.meetings] == [
        "Virtual Senior Officials' Meeting"
    ]


def test_a_focal_point_is_asked_what_concerns_the_country():
    member("GEO"), member("KAZ")
    request("Name a contact.", "GEO", "KAZ", due_on=date(2021, 7, 9))
    request("Only for Kazakhstan.", "KAZ", audience="secretariat")

    home = queries.home_page(Book(viewer("focal_point", "GEO"), NOON))

    assert [(todo.verb, todo.title) for todo in home.todos][:1] == [("Answer", "Name a contact.")]
    assert [queries.said(row.text) for row in home.requests] == ["Name a contact."]
    assert [(own.iso3, own.state) for own in home.requests[0].own] == [("GEO", "open")]
    assert home.board is None


def test_closed_requests_are_gone_from_the_first_page():
    member("GEO")
    programme.close_request(request=request("Old.", "GEO"), by=STAFF, now=NOON)

    home = queries.home_page(Book(viewer("officer"), NOON))

    assert (home.requests, home.board) == ((), None)


def test_seven_things_to_do_and_how_many_more():
    member("GEO")
    for number in range(9):
        request(f"Request {number}", "GEO", due_on=date(2021, 7, 9 - number % 3))

    home = queries.home_page(Book(viewer("deputy", "GEO"), NOON))

    assert len(home.todos) == 7
    dated = [todo.due_at for todo in home.todos if todo.due_at]
    assert dated == sorted(dated)
    everything = queries.todos_of(viewer("deputy", "GEO"), NOON)
    assert (len(everything), [*home.todos], home.more_todos) == (9, everything[:7], 2)


def test_meetings_that_are_over_or_cancelled_are_not_announced():
    meeting("Over", NOON - timedelta(days=2))
    programme.move_meeting(
        meeting=meeting("Cancelled", NOON + timedelta(days=1)),
        state="cancelled",
        by=STAFF,
        now=NOON,
    )
    meeting("Later", NOON + timedelta(days=3))
    meeting("Soon", NOON + timedelta(days=1))
    meeting("Secret", NOON + timedelta(days=1), audience="secretariat")

    home = queries.home_page(Book(viewer("committee", "GEO"), NOON))

    assert [queries.said(row.title) for row in home.meetings] == ["Soon", "Later"]


def test_issued_reports_latest_first_and_none_that_is_withdrawn():
    initiative("virtual-carec")
    first = run(RunState.ISSUED, as_of=date(2021, 3, 31))
    second = run(RunState.ISSUED)
    run(RunState.ISSUED, audience="secretariat")
    withdrawn = run(RunState.ISSUED)
    withdrawn.state = RunState.WITHDRAWN
    withdrawn.save()

    home = queries.home_page(Book(viewer("committee", "GEO"), NOON))

    assert [row.number for row in home.issued] == [second.number, first.number]


def test_what_is_sample_says_so():
    row = initiative("pilot", sample=True, audience="members")
    milestone(row, "end of July 2021")

    assert queries.home_page(Book(viewer("officer"), NOON)).has_sample is True
    assert queries.home_page(Book(ANONYMOUS, NOON)).has_sample is False


def test_an_administrator_is_told_what_to_do_and_no_content(tmp_path):
    carec()

    home = queries.keeper_page(viewer("administrator"), tmp_path, NOON)

    assert set(vars(home)) == {"todos", "more_todos", "health"}
    assert [reading.name for reading, _mark in home.health.readings if reading.is_well][:3] == [
        "Database", "Migrations", "Data folder",
    ]  # fmt: skip
    assert "milestone" not in repr(home)


def test_nobody_else_gets_the_keepers_page(tmp_path):
    with pytest.raises(Denied):
        queries.keeper_page(viewer("officer"), tmp_path, NOON)


def test_an_empty_house_has_an_empty_page():
    home = queries.home_page(Book(ANONYMOUS, NOON))

    assert (home.initiatives, home.next_milestone, home.meetings, home.members_map) == (
        (), None, (), None,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "coordinator", "focal_point", "committee", "visitor"])
def test_the_number_of_queries_does_not_grow(role, django_assert_num_queries):
    who = ANONYMOUS if role == "visitor" else viewer(role, "GEO" if role in SCOPED else "")
    number = QUERIES[role]
    rows_of(1)

    with django_assert_num_queries(number):
        queries.home_page(Book(who, NOON))
    rows_of(2)
    with django_assert_num_queries(number):
        queries.home_page(Book(who, NOON))


SCOPED = ("focal_point", "committee")
QUERIES = {"officer": 10, "coordinator": 12, "focal_point": 12, "committee": 10, "visitor": 7}


def rows_of(count: int) -> None:
    """As many of everything that a first page shows."""
    for _number in range(count):
        row = initiative(audience="public")
        late = milestone(row, "15 June 2021", audience="public")
        later = milestone(row, "end of July 2021", audience="public")
        programme.add_dependency(milestone=later, after=late, by=STAFF, now=NOON, told=TOLD)
        request("Please answer.", member("GEO").iso3, audience="members")
        meeting("Soon", NOON + timedelta(days=1), audience="public")
        run(RunState.ISSUED, audience="public")
        run(RunState.IN_REVIEW)


def test_long_lists_show_ten_and_count_the_rest():
    row = initiative("virtual-carec")
    for day in range(1, 15):
        milestone(row, f"{day} June 2021")
        milestone(row, f"{day} July 2021")

    home = queries.home_page(Book(viewer("officer"), NOON))

    assert [len(one.rows) for one in (home.late, home.soon, home.slipped)] == [10, 10, 0]
    assert [(one.count, one.more_count) for one in (home.late, home.soon)] == [(14, 4), (14, 4)]
    assert names(home.late.rows)[0] == "Milestone 1"


def test_sample_is_not_counted_with_what_is_real():
    row = initiative("virtual-carec")
    milestone(row, "1 June 2021")
    milestone(row, "2 June 2021", sample=True)
    milestone(row, "5 July 2021", sample=True)
    milestone(row, "10 July 2021")

    home = queries.home_page(Book(viewer("officer"), NOON))

    assert names(home.late.rows) == ["Milestone 1"]
    assert queries.said(home.next_milestone.name) == "Milestone 4"
    assert home.has_sample is True


def test_what_comes_next_has_not_begun():
    row = initiative("virtual-carec")
    milestone(row, "June 2021")
    milestone(row, "15 June to 2 July 2021")
    milestone(row, "by 4 July 2021")

    rows = queries.home_page(Book(viewer("officer"), NOON)).initiatives[0].milestones

    assert next_of(rows, date(2021, 6, 30)).number == 3


def test_milestones_by_end_and_number_and_undated_last_of_all():
    row = initiative("virtual-carec")
    for words in ("15 July 2021", "5 July 2021", "5 July 2021"):
        milestone(row, words)
    milestone(row, "")

    rows = queries.home_page(Book(viewer("officer"), NOON)).initiatives[0].milestones

    assert [one.number for one in sorted_by_end(rows)] == [2, 3, 1]
    assert next_of(list(rows), date(2021, 6, 30)).number == 2
    assert next_of([], date(2021, 6, 30)) is None


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("visitor", ["Programme", "Timeline", "Members", "Reports"]),
        ("committee", ["Programme", "Timeline", "Meetings", "Requests", "Members", "Reports"]),
        ("officer", ["Programme", "Meetings", "Requests", "Surveys", "Members", "Reports"]),
        ("administrator", ["Programme", "Members", "Reports", "Installation"]),
    ],
)
def test_the_masthead_by_right(role, titles):
    who = ANONYMOUS if role == "visitor" else viewer(role)

    found = queries.sections(who, "/en/programme/timeline/")

    assert [section.title for section in found] == titles
    current = [section.title for section in found if section.is_current]
    assert current == (["Timeline"] if "Timeline" in titles else ["Programme"])
