"""Calendar links, and what a link shows its owner today."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.calc.schedule import on_day
from serai.programme import actions, queries
from serai.programme.queries import FeedMeeting, FeedMilestone, FeedRow

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
NOON, STAFF = make.NOON, make.STAFF
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)


@pytest.fixture
def home():
    return make.initiative("home")


# ---------------------------------------------------------------- links
def test_own_working_links_are_listed_oldest_first(home):
    owner, other = people.viewer_with(), people.viewer_with()
    second = actions.make_feed(scope="home", by=owner, now=LATER).feed
    first = actions.make_feed(scope="all", by=owner, now=NOON).feed
    gone = actions.make_feed(scope="all", by=owner, now=NOON).feed
    actions.make_feed(scope="all", by=other, now=NOON)
    actions.revoke_feed(feed=gone, by=owner, now=NOON)
    actions.note_read(feed=first, now=LATER)

    assert queries.feeds(owner) == [
        FeedRow(first.public_id, "all", NOON, LATER), FeedRow(second.public_id, "home", LATER, None),
    ]  # fmt: skip
    assert queries.feeds(ANONYMOUS) == []


def test_a_link_is_found_by_its_owner_until_revoked():
    owner, other = people.viewer_with(), people.viewer_with("officer")
    link = actions.make_feed(scope="all", by=owner, now=NOON).feed

    assert queries.feed(owner, link.public_id) == link
    for viewer in (other, ANONYMOUS):
        with pytest.raises(NotFound):
            queries.feed(viewer, link.public_id)
    actions.revoke_feed(feed=link, by=owner, now=NOON)
    with pytest.raises(NotFound):
        queries.feed(owner, link.public_id)


def test_a_token_finds_its_link_also_when_revoked_and_nothing_else_does():
    owner = people.viewer_with()
    made = actions.make_feed(scope="all", by=owner, now=NOON)

    assert queries.feed_by_token(made.token) == made.feed
    actions.revoke_feed(feed=made.feed, by=owner, now=NOON)
    assert queries.feed_by_token(made.token).revoked_at == NOON
    assert queries.feed_by_token(made.feed.token_hash) is None
    assert queries.feed_by_token("") is None


@pytest.mark.parametrize("count", [1, 3])
def test_links_take_one_query(count, django_assert_num_queries):
    owner = people.viewer_with()
    for _n in range(count):
        actions.make_feed(scope="all", by=owner, now=NOON)

    with django_assert_num_queries(1):
        assert len(queries.feeds(owner)) == count


# ---------------------------------------------------------------- contents
def test_a_milestone_and_a_meeting_say_all(home):
    row = make.milestone(home, "22 June 2021")
    meeting = make.meeting(home, place="Manila", audience="public")

    found = queries.feed_contents(STAFF, "all", D, NOON)

    assert found.milestones == (
        FeedMilestone(
            public_id=row.public_id,
            name=row.name,
            initiative="home",
            initiative_name=home.name,
            window=on_day(date(2021, 6, 22), "22 June 2021"),
            words=TranslatedText.of("22 June 2021"),
            sequence=0,
            changed_at=NOON,
            sample=False,
        ),
    )
    assert found.meetings == (
        FeedMeeting(
            public_id=meeting.public_id,
            code="SOM-2021-06",
            title=meeting.title,
            initiative="home",
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            zone="Asia/Manila",
            place="Manila",
            join_link="https://join.example/secret",
            state="planned",
            sequence=0,
            changed_at=NOON,
            sample=False,
        ),
    )


def test_a_milestone_without_a_date_is_in_no_calendar(home):
    make.milestone(home)

    assert queries.feed_contents(STAFF, "all", D, NOON).milestones == ()


def test_the_sequence_counts_replans_and_completions_and_the_change_is_the_latest(home):
    row = make.milestone(home, "22 June 2021")

    def read():
        (one,) = queries.feed_contents(STAFF, "all", LATER.date(), LATER).milestones
        return str(one.words), one.sequence, one.changed_at

    plan = actions.propose_plan(
        milestone=row, words="2 July 2021", reason="staffing", by=STAFF, now=LATER
    )
    assert read() == ("22 June 2021", 0, NOON)
    at = LATER + timedelta(minutes=1)
    actions.approve_plan(plan=plan, by=STAFF, now=at)
    assert read() == ("2 July 2021", 1, at)
    done = actions.record_completion(
        milestone=row, words="1 July 2021", by=STAFF, now=at + timedelta(minutes=1)
    )
    assert read() == ("1 July 2021", 2, at + timedelta(minutes=1))
    actions.withdraw_completion(
        completion=done, reason="Wrong", by=STAFF, now=at + timedelta(minutes=2)
    )
    assert read() == ("2 July 2021", 2, at + timedelta(minutes=2))


def test_a_refused_date_changes_nothing_in_the_calendar(home):
    row = make.milestone(home, "22 June 2021")
    before = queries.feed_contents(ANONYMOUS, "all", LATER.date(), LATER)
    plan = actions.propose_plan(milestone=row, words="2022", reason="staffing", by=STAFF, now=LATER)

    actions.reject_plan(plan=plan, reason="No", by=STAFF, now=LATER)

    assert queries.feed_contents(ANONYMOUS, "all", LATER.date(), LATER) == before


def test_one_initiative_s_link_leaves_out_the_others_and_the_whole_programme_s(home):
    make.milestone(home, "22 June 2021")
    make.milestone(make.initiative("other"), "22 June 2021")
    make.meeting(home)
    make.meeting()

    found = queries.feed_contents(STAFF, "home", D, NOON)

    assert [one.initiative for one in found.milestones] == ["home"]
    assert [one.initiative for one in found.meetings] == ["home"]
    everything = queries.feed_contents(STAFF, "all", D, NOON)
    assert [one.initiative for one in everything.meetings] == ["home", ""]


def test_a_cancelled_meeting_stays_ninety_days(home):
    make.meeting(home, state="cancelled")

    def count(days):
        now = NOON + timedelta(days=days)
        return len(queries.feed_contents(STAFF, "all", now.date(), now).meetings)

    assert (count(90), count(91)) == (1, 0)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}), ("secretariat", STAFF_KINDS)],
)
def test_a_link_shows_what_its_owner_may_see(home, audience, readers):
    everybody = make.viewers("home")
    make.milestone(home, "22 June 2021", audience=audience)
    make.meeting(home, audience=audience)

    found = {who: queries.feed_contents(v, "all", D, NOON) for who, v in everybody.items()}

    assert {who for who, contents in found.items() if contents.milestones} == readers
    assert {who for who, contents in found.items() if contents.meetings} == readers


def test_the_link_to_join_is_the_participants(home):
    everybody = make.viewers("home")
    meeting = make.meeting(home, audience="public")
    everybody["delegate"] = people.viewer_with()
    actions.invite(meeting=meeting, person_id=everybody["delegate"].person_id, by=STAFF, now=NOON)

    readers = {
        who for who, v in everybody.items()
        if queries.feed_contents(v, "all", D, NOON).meetings[0].join_link
    }  # fmt: skip

    assert readers == {*STAFF_KINDS, "delegate"}


def test_what_is_known_later_is_not_shown_before(home):
    row = make.milestone(home, "22 June 2021")
    before = queries.feed_contents(STAFF, "all", D, NOON)

    actions.record_completion(milestone=row, words="22 June 2021", by=STAFF, now=LATER)

    assert queries.feed_contents(STAFF, "all", D, NOON) == before
    assert queries.feed_contents(STAFF, "all", date(2020, 12, 31), NOON).milestones == ()


def test_an_empty_calendar_is_empty():
    found = queries.feed_contents(ANONYMOUS, "all", D, NOON)

    assert (found.milestones, found.meetings) == ((), ())


@pytest.mark.parametrize("count", [1, 3])
def test_contents_take_five_queries(home, count, django_assert_num_queries):
    for _n in range(count):
        make.milestone(home, "22 June 2021")
        make.meeting(home)

    with django_assert_num_queries(5):
        found = queries.feed_contents(STAFF, "all", D, NOON)

    assert (len(found.milestones), len(found.meetings)) == (count, count)


def test_a_calendar_marks_and_leaves_out_what_sample_people_entered(home):
    plain, moved = make.milestone(home, "1 July 2021"), make.milestone(home, "2 July 2021")
    new = make.proposal(moved, "15 July 2021")
    actions.approve_plan(plan=new, by=make.TRIAL, now=NOON)
    actions.record_completion(milestone=plain, words="29 June 2021", by=make.TRIAL, now=NOON)
    make.milestone(home, "3 July 2021")

    def read(viewer):
        found = queries.feed_contents(viewer, "all", D, NOON).milestones
        return [(str(row.words), row.sample) for row in found]

    assert read(STAFF) == [("29 June 2021", True), ("15 July 2021", True), ("3 July 2021", False)]
    assert read(ANONYMOUS) == [
        ("1 July 2021", False), ("2 July 2021", False), ("3 July 2021", False),
    ]  # fmt: skip


def test_a_meeting_cancelled_in_a_trial_stands_in_the_public_s_calendar(home):
    meeting = make.meeting(home, audience="public")
    actions.move_meeting(meeting=meeting, state="cancelled", by=make.TRIAL, now=NOON)

    def read(viewer):
        found = queries.feed_contents(viewer, "all", D, NOON).meetings
        return [(row.state, row.sample) for row in found]

    assert (read(STAFF), read(ANONYMOUS)) == ([("cancelled", True)], [("planned", False)])
