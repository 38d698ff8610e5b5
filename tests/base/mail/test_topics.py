from datetime import UTC, datetime

import pytest

from serai.base.mail.topics import ALWAYS, Topics

pytestmark = pytest.mark.either_engine


def test_a_kind_has_the_topic_its_room_lists():
    topics = Topics()

    topics.fill("programme", {"meeting_called": "meetings", "summons": ALWAYS})

    assert topics.of("programme/email/meeting_called") == "meetings"
    assert topics.of("programme/email/summons") == ""


def test_a_kind_no_room_lists_is_refused():
    with pytest.raises(LookupError, match="programme/email/news has no topic"):
        Topics().of("programme/email/news")


def test_nothing_is_turned_off_quietly_where_no_room_keeps_it():
    with pytest.raises(LookupError, match="No room keeps what person 7 turned off"):
        Topics().turn_off(7, "meetings", datetime(2021, 6, 30, tzinfo=UTC))
