"""Keys of the open API: made and revoked by the person whose reading they open."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base import keys
from serai.base.access import Viewer, require
from serai.base.models import ApiKey
from serai.members import access, emails, queries
from serai.members.actions.records import Refused, actor, note_audit, send_all
from serai.members.models import Person

MOST_KEYS = 10


@transaction.atomic
def make_key(*, name: str, expires_on: date, by: Viewer, now: datetime) -> keys.NewKey:
    """Make a key that reads what its maker may read, and tell them by mail; it is shown once.

    Raises:
        Refused: ten keys work already, or the day of expiry is not within the coming year.
    """
    require(access.may_keep_own_account, by)
    person = Person.objects.select_for_update().get(pk=actor(by))
    if sum(row.is_working for row in queries.own_keys(by, now)) >= MOST_KEYS:
        raise Refused(_("You have ten keys. Revoke one that you no longer use."))
    try:
        made = keys.issue_key(person_id=person.pk, name=name, expires_on=expires_on, now=now)
    except keys.KeyRefused as refused:
        raise Refused(str(refused)) from refused
    note_audit("make_key", made.key, by=by, now=now, after={"expires_on": expires_on.isoformat()})
    send_all(emails.security_changed(person, "make_key", now))
    return made


@transaction.atomic
def revoke_key(*, key: ApiKey, by: Viewer, now: datetime) -> ApiKey:
    """Let a key open nothing from now on."""
    require(access.may_keep_key, by, key)
    if key.revoked_at is None:
        keys.revoke_key(key=key, now=now)
        note_audit("revoke_key", key, by=by, now=now)
    return key
