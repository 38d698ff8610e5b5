"""The links of letters: 256 random bits, of which only the hash is kept."""

import secrets
from datetime import datetime, timedelta

from serai.members.queries import token_hash
from serai.surveys import queries
from serai.surveys.models import Invitation

GOOD_AFTER_DUE = timedelta(days=30)
"""How long a link is good after the due day and the days of grace: answers are corrected then."""


def new_link(invitation: Invitation, now: datetime) -> str:
    """Give an invitation a new link, in memory; the old one stops working once it is saved."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = token_hash(token)
    keep_link_good(invitation, now)
    return token


def keep_link_good(invitation: Invitation, now: datetime) -> None:
    """Let a link be good until 30 days after all time given, at least 30 days from now."""
    zone = queries.zone_of(invitation, queries.programme_zone())
    grace = timedelta(days=invitation.wave.grace_days)
    ends = queries.ends_at(queries.due_of(invitation) + grace, zone)
    invitation.expires_at = max(ends, now) + GOOD_AFTER_DUE
