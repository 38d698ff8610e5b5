"""The desk as it stands, and what was noted."""

from datetime import timedelta

import pytest
from tests.factories import readiness as make
from tests.factories.members import viewer_with
from tests.readiness.access.test_providing import with_duty

from serai.readiness import queries
from serai.readiness.actions import SeenAtDesk, note_at_desk, record_rehearsal
from serai.readiness.states import Trouble

pytestmark = pytest.mark.django_db
DAY = make.EVENT_AT


@pytest.fixture
def officer():
    return viewer_with("officer")


def test_the_latest_word_on_each_thing_stands(officer):
    made = make.delegation(state="live")
    seen = [
        SeenAtDesk(is_in=True, on_plan="planned"),
        SeenAtDesk(trouble="line", text="Line fell."),
        SeenAtDesk(on_plan="hotspot"),
    ]
    for number, one in enumerate(seen):
        at = DAY + timedelta(minutes=number)
        note_at_desk(plan=made.plan, delegation=made, seen=one, by=officer, now=at)

    page = queries.desk_page(officer, made.plan)
    (now,) = page.standings

    assert (now.is_in, now.on_plan, now.trouble) == (True, "hotspot", Trouble.LINE)
    assert (now.said_at, page.in_count) == (DAY + timedelta(minutes=2), 1)
    assert [one.text for one in page.notes] == ["", "Line fell.", ""]


def test_trouble_ends_when_it_is_said(officer):
    made = make.delegation(state="live")
    for word in ("sound", "none"):
        note_at_desk(
            plan=made.plan, delegation=made, seen=SeenAtDesk(trouble=word), by=officer, now=DAY
        )

    (now,) = queries.desk_page(officer, made.plan).standings

    assert now.trouble is None


def test_a_rehearsal_says_nothing_of_the_day(officer):
    made = make.delegation(state="forecast")
    record_rehearsal(delegation=made, seen=SeenAtDesk(trouble="sound"), by=officer, now=make.NOON)

    page = queries.desk_page(officer, made.plan)

    assert (page.standings[0].trouble, page.standings[0].said_at) == (None, None)
    assert [one.trouble for one in page.notes] == [Trouble.SOUND]


def test_the_desk_is_empty_for_others():
    made = make.delegation(state="live")

    page = queries.desk_page(viewer_with("lead", made.office.organisation), made.plan)

    assert (page.standings, page.notes) == ((), ())


def test_the_desk_asks_as_much_of_three_as_of_one(officer, django_assert_num_queries):
    plan = make.event_plan()
    make.delegation(plan, state="live")
    queries.desk_page(officer, plan)
    with django_assert_num_queries(4):
        queries.desk_page(officer, plan)
    for _ in range(2):
        made = make.delegation(plan, state="live")
        note_at_desk(plan=plan, delegation=made, seen=SeenAtDesk(is_in=True), by=officer, now=DAY)
    with django_assert_num_queries(4):
        assert queries.desk_page(officer, plan).in_count == 2


def test_a_technician_sees_the_desk_until_the_latest_outcome_is_said():
    plan = make.event_plan()
    own, other = (make.delegation(plan, state="live") for _ in range(2))
    technician = with_duty("technician")
    note_at_desk(plan=plan, delegation=own, seen=SeenAtDesk(text="Own"), by=technician, now=DAY)
    own.state = "reviewed"
    own.save()
    during = queries.desk_page(technician, plan)
    other.state = "reviewed"
    other.save()
    after = queries.desk_page(technician, plan)

    assert (len(during.standings), len(during.notes), during.is_over) == (2, 1, False)
    assert (after.standings, after.notes, after.is_over) == ((), (), True)


def test_an_agency_reads_the_notes_on_itself(officer):
    made = make.delegation(state="live")
    other = make.delegation(made.plan, state="live")
    for one, text in ((made, "Mine"), (other, "Others"), (None, "All")):
        note_at_desk(
            plan=made.plan, delegation=one, seen=SeenAtDesk(text=text), by=officer, now=DAY
        )
    lead = viewer_with("lead", made.office.organisation)

    assert [one.text for one in queries.notes_of(lead, made)] == ["Mine"]
    assert queries.notes_of(lead, other) == []
