"""Calendar links: made with a token that is shown once, and revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.programme import access
from serai.programme.actions.facts import Refused, note_audit
from serai.programme.models import CalendarFeed, Initiative
from serai.programme.queries.shared import sees_initiative

MOST_FEEDS = 10
READ_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class MadeFeed:
    """A new link: the token leaves once, here."""

    feed: CalendarFeed
    token: str


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(*, scope: str, by: Viewer, now: datetime) -> MadeFeed:
    """Make a calendar link for everything or for one initiative."""
    require(access.may_make_feed, by)
    # An initiative the maker may not know of is refused as one that does not exist.
    known = Initiative.objects.filter(sees_initiative(by), code=scope)
    if scope != "all" and not known.exists():
        raise Refused(_("Choose an initiative, or all."))
    owner = by.person_id or 0
    mine = CalendarFeed.objects.filter(person_id=owner, revoked_at=None)
    if mine.count() >= MOST_FEEDS:
        raise Refused(_("You have ten calendar links. Revoke one that you no longer use."), "scope")
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        person_id=owner, scope=scope, token_hash=token_hash(token), made_at=now
    )
    note_audit("make_feed", feed, by=by, now=now, after={"scope": scope})
    return MadeFeed(feed, token)


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, by: Viewer, now: datetime) -> CalendarFeed:
    """Let a link answer “gone” from now on."""
    require(access.may_keep_feed, by, feed)
    if feed.revoked_at is None:
        feed.revoked_at = now
        feed.save(update_fields=["revoked_at"])
        note_audit("revoke_feed", feed, by=by, now=now)
    return feed


def note_read(*, feed: CalendarFeed, now: datetime) -> None:
    """Remember that a calendar read its link, at most once an hour."""
    if feed.last_read_at is None or now - feed.last_read_at > READ_NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)
