"""Calendar links: made, shown once, revoked."""

import pytest
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
