"""Calendar links: made, shown once, revoked."""

from datetime import timedelta

import pytest
from tests.factories import programme as make
from tests.factories.members import viewer_with
from tests.factories.programme import NOON, programme

from serai.base.access import ANONYMOUS, Denied
from serai.programme import actions, queries
from serai.programme.actions import Refused
from serai.programme.models import CalendarFeed

pytestmark = pytest.mark.django_db


def test_the_token_is_stored_hashed():
    made = actions.make_feed(scope="all", by=viewer_with(), now=NOON)

    row = CalendarFeed.objects.get()
    assert made.token not in str(row.__dict__)
    assert queries.feed_by_token(made.token) == row
    assert queries.feed_by_token("other") is None


def test_a_visitor_makes_no_link():
    with pytest.raises(Denied):
        actions.make_feed(scope="all", by=ANONYMOUS, now=NOON)


def test_an_unknown_scope_is_refused():
    programme()
    with pytest.raises(Refused, match="Choose an initiative"):
        actions.make_feed(scope="moon", by=viewer_with(), now=NOON)


def test_only_the_owner_revokes():
    owner = viewer_with()
    feed = actions.make_feed(scope="all", by=owner, now=NOON).feed

    with pytest.raises(Denied):
        actions.revoke_feed(feed=feed, by=viewer_with(), now=NOON)
    actions.revoke_feed(feed=feed, by=owner, now=NOON)

    assert queries.feeds(owner) == []


def test_ten_links_at_most():
    owner = viewer_with()
    for _ in range(10):
        actions.make_feed(scope="all", by=owner, now=NOON)

    with pytest.raises(Refused, match="ten calendar links"):
        actions.make_feed(scope="all", by=owner, now=NOON)


def test_an_initiative_one_may_not_know_of_is_refused_as_one_that_is_not():
    make.initiative("open")
    make.initiative("closed", audience="secretariat")
    reader, officer = viewer_with(), viewer_with("officer")

    assert actions.make_feed(scope="open", by=reader, now=NOON).feed.scope == "open"
    with pytest.raises(Refused) as refused:
        actions.make_feed(scope="closed", by=reader, now=NOON)

    assert str(refused.value) == "Choose an initiative, or all."
    assert actions.make_feed(scope="closed", by=officer, now=NOON).feed.scope == "closed"


def test_a_revoked_link_keeps_the_moment_it_was_revoked():
    owner = viewer_with()
    feed = actions.make_feed(scope="all", by=owner, now=NOON).feed

    actions.revoke_feed(feed=feed, by=owner, now=NOON)
    actions.revoke_feed(feed=feed, by=owner, now=NOON + timedelta(days=1))

    feed.refresh_from_db()
    assert feed.revoked_at == NOON


def test_reading_a_link_is_noted_at_most_once_an_hour():
    feed = actions.make_feed(scope="all", by=viewer_with(), now=NOON).feed

    def read_after(minutes):
        feed.refresh_from_db()
        actions.note_read(feed=feed, now=NOON + timedelta(minutes=minutes))
        feed.refresh_from_db()
        return feed.last_read_at - NOON

    assert [read_after(m) for m in (0, 60, 61)] == [
        timedelta(0), timedelta(0), timedelta(minutes=61),
    ]  # fmt: skip
