"""Meetings: who knows of one, who reads its papers, its people and its minutes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound
from serai.base.models import StoredFile
from serai.base.text import TranslatedText
from serai.programme import actions, queries
from serai.programme.actions import Told
from serai.programme.queries import (
    ComingMeeting,
    ItemRow,
    MeetingPage,
    MeetingRow,
    PaperRow,
    ParticipantRow,
)

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF


@pytest.fixture
def home():
    return make.initiative("home")


def invited(meeting, **fields):
    viewer = people.viewer_with(**fields)
    actions.invite(meeting=meeting, person_id=viewer.person_id, by=STAFF, now=NOON)
    return viewer


def moved(meeting, *states):
    for state in states:
        actions.move_meeting(meeting=meeting, state=state, by=STAFF, now=NOON)
    return meeting


def test_a_meeting_s_page_says_all(home):
    meeting = make.meeting(home, place="Manila", mode="hybrid")
    agency = people.organisation("Agency")
    nino = people.person(full_name="Nino")
    actions.invite(
        meeting=meeting, person_id=nino.pk, organisation_id=agency.pk, role="chair", by=STAFF,
        now=NOON,
    )  # fmt: skip
    file = StoredFile.objects.create(
        name="report.pdf", media_type="application/pdf", sha256="0" * 64, bytes=512,
        received_at=NOON,
    )  # fmt: skip
    item = make.item(meeting, "Progress", minutes="Noted.")
    with_file = make.paper(item, file_id=file.pk, due_on=date(2021, 6, 1))
    with_run = make.report_paper(item, title="Run", languages=("en", "ru"), readers="public")
    moved(meeting, "called", "papers_out", "held")
    make.decision(meeting)
    actions.write_minutes(meeting=meeting, text="We met.", by=STAFF, now=NOON)
    actions.mark_attended(meeting=meeting, present={nino.pk: True}, by=STAFF, now=NOON)
    viewer = people.viewer_of(nino, NOON)

    page = queries.meeting_page(viewer, queries.meeting(viewer, meeting.public_id))

    assert page == MeetingPage(
        row=MeetingRow(
            id=meeting.pk,
            public_id=meeting.public_id,
            code="SOM-2021-06",
            title=TranslatedText.of("Senior Officials' Meeting"),
            kind="senior_officials",
            initiative="home",
            initiative_name=home.name,
            starts_at=datetime(2021, 6, 30, 6, tzinfo=UTC),
            ends_at=datetime(2021, 6, 30, 10, tzinfo=UTC),
            zone="Asia/Manila",
            place="Manila",
            mode="hybrid",
            audience="members",
            state="held",
            item_count=1,
            paper_count=2,
            decision_count=1,
            is_mine=True,
            sample=False,
        ),
        join_link="https://join.example/secret",
        items=(
            ItemRow(
                public_id=item.public_id,
                number=1,
                title=TranslatedText.of("Progress"),
                purpose="information",
                minutes=TranslatedText.of("Noted."),
                papers=(
                    PaperRow(
                        with_file.public_id, TranslatedText.of("Progress report"), file.pk,
                        "report.pdf", 512, "", ("en",), date(2021, 6, 1), "members", False,
                    ),
                    PaperRow(
                        with_run.public_id, TranslatedText.of("Run"), None, "", None, "1",
                        ("en", "ru"), None, "public", False,
                    ),
                ),
            ),
        ),
        participants=(
            ParticipantRow(
                nino.pk, "Nino", TranslatedText.of("Agency"), "chair", "waiting", True, True
            ),
        ),
        minutes=TranslatedText.of("We met."),
        reads_participants=True,
        may_call=False,
    )  # fmt: skip


def test_meetings_come_latest_first_and_within_a_time(home):
    for month in (3, 9, 6):
        make.meeting(
            home, starts_at=datetime(2021, month, 1, 6, tzinfo=UTC),
            ends_at=datetime(2021, month, 1, 8, tzinfo=UTC),
        )  # fmt: skip

    def codes(**fields):
        return [row.code for row in queries.meetings(STAFF, **fields)]

    june = datetime(2021, 6, 1, 7, tzinfo=UTC)
    assert codes() == ["SOM-2021-09", "SOM-2021-06", "SOM-2021-03"]
    assert codes(since=june) == ["SOM-2021-09", "SOM-2021-06"]
    assert codes(until=june) == ["SOM-2021-06", "SOM-2021-03"]
    assert codes(since=june, until=june) == ["SOM-2021-06"]


def test_without_meetings_lists_are_empty():
    assert queries.meetings(STAFF) == []
    assert queries.meetings_to_choose(STAFF, "en") == []


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}), ("secretariat", STAFF_KINDS)],
)
def test_a_meeting_is_known_to_its_audience_and_its_delegates(home, audience, readers):
    everybody = make.viewers("home")
    meeting = make.meeting(home, audience=audience)
    item = make.item(meeting)
    everybody["delegate"] = invited(meeting)
    readers = {*readers, "delegate"}

    assert {who for who, v in everybody.items() if queries.meetings(v)} == readers
    chosen = {who for who, v in everybody.items() if queries.meetings_to_choose(v, "en")}
    assert chosen == readers
    for who, viewer in everybody.items():
        if who in readers:
            assert queries.meeting(viewer, meeting.public_id) == meeting
            assert queries.item(viewer, item.public_id) == item
        else:
            with pytest.raises(NotFound):
                queries.meeting(viewer, meeting.public_id)
            with pytest.raises(NotFound):
                queries.item(viewer, item.public_id)


def test_a_public_meeting_of_a_closed_initiative_is_not_the_public_s(home):
    make.meeting(make.initiative("closed", audience="secretariat"), audience="public")

    readers = {who for who, v in make.viewers("closed").items() if queries.meetings(v)}

    assert readers == STAFF_KINDS


def test_people_and_the_link_to_join_are_the_participants(home):
    everybody = make.viewers("home")
    meeting = make.meeting(home, audience="public")
    everybody["delegate"] = invited(meeting)
    asked = {
        who: queries.meeting_page(v, queries.meeting(v, meeting.public_id))
        for who, v in everybody.items()
    }

    readers = {*STAFF_KINDS, "delegate"}
    assert {who for who, page in asked.items() if page.join_link} == readers
    assert {who for who, page in asked.items() if page.participants} == readers
    assert {who for who, page in asked.items() if page.reads_participants} == readers
    assert {who for who, page in asked.items() if page.may_call} == STAFF_KINDS
    assert {who for who, page in asked.items() if page.row.is_mine} == {"delegate"}
    assert asked["delegate"].participants[0].organisation == TranslatedText()


def test_minutes_are_the_participants_until_they_are_agreed(home):
    everybody = make.viewers("home")
    meeting = make.meeting(home, audience="public")
    make.item(meeting, minutes="Words on the item")
    everybody["delegate"] = invited(meeting)
    moved(meeting, "called", "held")
    actions.write_minutes(meeting=meeting, text="We met.", by=STAFF, now=NOON)

    def readers():
        pages = {
            who: queries.meeting_page(v, queries.meeting(v, meeting.public_id))
            for who, v in everybody.items()
        }
        return (
            {who for who, page in pages.items() if page.minutes.texts},
            {who for who, page in pages.items() if page.items[0].minutes.texts},
        )

    assert readers() == ({*STAFF_KINDS, "delegate"},) * 2
    moved(meeting, "minutes_draft", "minutes_agreed")
    assert readers() == ({*EVERY_KIND, "delegate"},) * 2


def test_papers_are_read_once_they_are_out_by_their_audience(home):
    everybody = make.viewers("home")
    meeting = make.meeting(home, audience="public")
    everybody["delegate"] = invited(meeting)
    item = make.item(meeting)
    papers = {level: make.paper(item, audience=level) for level in ("public", "secretariat")}

    def readers(level):
        found = set()
        for who, viewer in everybody.items():
            try:
                assert queries.paper(viewer, papers[level].public_id) == papers[level]
            except NotFound:
                continue
            found.add(who)
        return found

    def counts():
        return {who: queries.meetings(v)[0].paper_count for who, v in everybody.items()}

    moved(meeting, "called")
    assert (readers("public"), readers("secretariat")) == (STAFF_KINDS, STAFF_KINDS)
    assert counts() == dict.fromkeys(everybody, 0) | dict.fromkeys(STAFF_KINDS, 2)

    moved(meeting, "papers_out")
    assert readers("public") == {*EVERY_KIND, "delegate"}
    assert readers("secretariat") == {*STAFF_KINDS, "delegate"}
    assert counts() == dict.fromkeys(everybody, 1) | dict.fromkeys({*STAFF_KINDS, "delegate"}, 2)


def test_a_paper_nobody_has_is_not_found():
    with pytest.raises(NotFound):
        queries.paper(STAFF, "nothing")


def test_decisions_are_counted_once_they_are_adopted_but_by_those_who_draft_them(home):
    everybody = make.viewers("home")
    meeting = make.meeting(home, audience="public")
    everybody["delegate"] = invited(meeting)
    moved(meeting, "called", "held")
    make.decision(meeting)

    def counts():
        return {who: queries.meetings(v)[0].decision_count for who, v in everybody.items()}

    drafting = {*STAFF_KINDS, "delegate"}
    assert counts() == dict.fromkeys(everybody, 0) | dict.fromkeys(drafting, 1)
    make.agree(meeting)
    assert counts() == dict.fromkeys(everybody, 1)


def test_meetings_to_choose_leave_out_cancelled_ones_and_speak_the_language(home):
    title = TranslatedText((("en", "Officials", "source"), ("ru", "Чиновники", "checked")))
    kept = make.meeting(home, title=title)
    make.meeting(home, state="cancelled")

    assert queries.meetings_to_choose(STAFF, "ru") == [(kept.pk, "SOM-2021-06: Чиновники")]
    assert queries.meetings_to_choose(STAFF, "en") == [(kept.pk, "SOM-2021-06: Officials")]


def test_a_sample_meeting_is_not_the_public_s(home):
    actions.plan_meeting(
        initiative=home, facts=make.meeting_facts(), audience="public", by=STAFF, now=NOON,
        told=Told(sample=True),
    )  # fmt: skip

    assert queries.meetings(ANONYMOUS) == []
    assert [row.sample for row in queries.meetings(people.viewer_with())] == [True]


@pytest.mark.parametrize("count", [1, 3])
def test_meetings_take_six_queries(home, count, django_assert_num_queries):
    for _n in range(count):
        meeting = make.meeting(home)
        invited(meeting)
        make.paper(make.item(meeting))
        moved(meeting, "called", "papers_out", "held")
        make.decision(meeting)

    with django_assert_num_queries(5):
        rows = queries.meetings(STAFF)

    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_eight_queries(home, count, django_assert_num_queries):
    meeting = make.meeting(home)
    for _n in range(count):
        invited(meeting)
        make.paper(make.item(meeting))

    with django_assert_num_queries(7):
        page = queries.meeting_page(STAFF, queries.meeting(STAFF, meeting.public_id))

    assert (len(page.items), len(page.participants)) == (count, count)


# ---------------------------------------------------------------- what comes
def hours(day, begin=6, end=8):
    return {
        "starts_at": datetime(2021, 7, day, begin, tzinfo=UTC),
        "ends_at": datetime(2021, 7, day, end, tzinfo=UTC),
    }


def test_coming_meetings_are_those_not_over_and_not_cancelled_soonest_first(home):
    late = make.meeting(home, **hours(20))
    soon = make.meeting(home, **hours(1))
    make.meeting(home, **hours(2), state="cancelled")
    make.meeting(home)

    found = queries.coming_meetings(STAFF, datetime(2021, 7, 1, 7, tzinfo=UTC))

    assert found == [
        ComingMeeting(
            one.public_id,
            one.title,
            one.starts_at,
            one.ends_at,
            "Asia/Manila",
            state="planned",
            answer="",
            sample=False,
        )
        for one in (soon, late)
    ]
    assert queries.coming_meetings(STAFF, datetime(2021, 8, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}), ("secretariat", STAFF_KINDS)],
)
def test_coming_meetings_are_told_to_their_audience(home, audience, readers):
    everybody = make.viewers("home")
    make.meeting(home, audience=audience, **hours(1))

    assert {who for who, v in everybody.items() if queries.coming_meetings(v, NOON)} == readers


@pytest.mark.parametrize("count", [1, 3])
def test_coming_meetings_take_one_query(home, count, django_assert_num_queries):
    for _n in range(count):
        make.meeting(home, **hours(1))

    with django_assert_num_queries(1):
        assert len(queries.coming_meetings(STAFF, NOON)) == count


def test_items_to_choose_are_those_of_coming_meetings_that_one_keeps(home):
    first = make.item(make.meeting(home, state="called"), "Progress")
    second = make.item(make.meeting(), "Dates")
    make.item(make.meeting(home, state="held"))
    make.item(make.meeting(make.initiative("elsewhere")))

    own = queries.items_to_choose(people.viewer_with("officer", "home"), "en")

    assert own == [(first.public_id, "SOM-2021-06, 1. Progress")]
    assert second.public_id in dict(queries.items_to_choose(STAFF, "en"))
    assert queries.items_to_choose(people.viewer_with("committee", "GEO"), "en") == []


def test_a_meeting_cancelled_in_a_trial_is_announced_to_the_public():
    meeting = make.meeting(make.initiative(), audience="public")
    actions.move_meeting(meeting=meeting, state="cancelled", by=make.TRIAL, now=make.NOON)
    before = meeting.starts_at - timedelta(days=1)

    assert queries.coming_meetings(make.STAFF, before) == []
    assert [row.state for row in queries.coming_meetings(ANONYMOUS, before)] == ["planned"]


def test_papers_put_out_in_a_trial_stay_with_those_who_prepare_them():
    meeting = make.meeting(make.initiative(), state="called", audience="public")
    paper = make.paper(make.item(meeting), audience="public")
    actions.move_meeting(meeting=meeting, state="papers_out", by=make.TRIAL, now=make.NOON)

    found = queries.meeting(ANONYMOUS, meeting.public_id)

    assert queries.meeting_page(ANONYMOUS, found).items[0].papers == ()
    assert queries.meeting_page(ANONYMOUS, found).row.paper_count == 0
    with pytest.raises(NotFound):
        queries.paper(ANONYMOUS, paper.public_id)
    assert queries.paper(make.STAFF, paper.public_id) == paper
