"""Papers of coming meetings and receipts: one's own, and nothing one may not read."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS
from serai.programme import actions, queries

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
BEFORE = datetime(2021, 6, 1, tzinfo=UTC)


def names(rows) -> list[str]:
    return [str(row.title) for row in rows]


@pytest.fixture
def home():
    people.member("GEO")
    people.member("UZB")
    return make.initiative("home")


def meeting_with_papers(title: str, starts_at: datetime, **fields):
    row = make.meeting(title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    item = make.item(row)
    for number, audience in enumerate(("members", "secretariat"), 1):
        make.paper(item, title=f"{title} {number}", audience=audience, **fields)
    actions.move_meeting(meeting=row, state="called", by=STAFF, now=NOON)
    return row


def test_papers_out_of_coming_meetings_soonest_meeting_first(home):
    late = meeting_with_papers("Late", NOON + timedelta(days=3))
    soon = meeting_with_papers("Soon", NOON + timedelta(days=1))
    over = meeting_with_papers("Over", NOON - timedelta(days=1))
    for row in (late, soon, over):
        actions.move_meeting(meeting=row, state="papers_out", by=STAFF, now=NOON)
    meeting_with_papers("Held back", NOON + timedelta(days=2))
    georgia, officer = people.viewer_with("focal_point", "GEO"), people.viewer_with("officer")

    assert names(queries.coming_papers(georgia, NOON, most=5)) == ["Soon 1", "Late 1"]
    assert names(queries.coming_papers(georgia, NOON, most=1)) == ["Soon 1"]
    assert names(queries.coming_papers(officer, NOON, most=3)) == [
        "Soon 1",
        "Soon 2",
        "Held back 1",
    ]
    assert queries.coming_papers(ANONYMOUS, NOON, most=5) == []


def test_papers_take_a_fixed_number_of_queries(home, django_assert_num_queries):
    georgia = people.viewer_with("focal_point", "GEO")
    for days in (1, 2, 3):
        row = meeting_with_papers(f"Day {days}", NOON + timedelta(days=days))
        actions.move_meeting(meeting=row, state="papers_out", by=STAFF, now=NOON)

    with django_assert_num_queries(2):
        assert len(queries.coming_papers(georgia, NOON, most=5)) == 3


def test_receipts_are_what_one_has_sent_oneself(home):
    georgia = people.viewer_with("focal_point", "GEO")
    deputy = people.viewer_with("deputy", "GEO")
    asked = make.ask(home, text="Name a contact", countries=("GEO",))
    row = asked.addressees.select_related("country", "request__initiative").get()
    item = make.action_item("Share the draft", countries=("GEO",))

    actions.see_request(addressee=row, by=georgia, now=NOON)
    actions.answer_request(addressee=row, state="answered", by=georgia, now=NOON)
    actions.finish_action(action=item, by=georgia, now=NOON + timedelta(hours=1))

    found = queries.receipts(georgia, most=5)
    assert [(one.kind, str(one.title), one.mark.word) for one in found] == [
        ("action", "Share the draft", "Done"),
        ("request", "Name a contact", "Answered"),
    ]
    assert found[0].sent_at == NOON + timedelta(hours=1)
    assert len(queries.receipts(georgia, most=1)) == 1
    assert queries.receipts(deputy, most=5) == []
    assert queries.receipts(ANONYMOUS, most=5) == []


def test_a_receipt_of_what_one_may_no_longer_read_is_gone(home):
    georgia = people.person_with("focal_point", "GEO")
    viewer = people.viewer_of(georgia, NOON)
    asked = make.ask(home, countries=("GEO",), audience="secretariat")
    row = asked.addressees.select_related("country", "request__initiative").get()
    actions.answer_request(addressee=row, state="declined", note="Not ours.", by=viewer, now=NOON)
    assert len(queries.receipts(viewer, most=5)) == 1

    georgia.grants.update(until_on=NOON.date() - timedelta(days=1))

    assert queries.receipts(people.viewer_of(georgia, NOON), most=5) == []
