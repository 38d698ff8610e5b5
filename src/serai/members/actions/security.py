"""Letters and audit lines around signing in."""

from datetime import datetime

from django.db import transaction

from serai.base.access import Viewer
from serai.members import emails, queries
from serai.members.actions.records import actor, note_audit, send_all
from serai.members.models import Person


@transaction.atomic
def send_sign_in_code(*, email: str, code: str, now: datetime) -> bool:
    """Send the code to the address if somebody may sign in with it; tell whether one was sent."""
    person = queries.active_person_by_email(email)
    if person is None:
        return False
    note_audit("send_sign_in_code", person, by=None, now=now)
    send_all(emails.sign_in_code(person, code, now))
    return True


@transaction.atomic
def note_security_change(*, verb: str, by: Viewer, now: datetime) -> None:
    """Leave an audit line for a passkey, app or recovery codes, and tell the person."""
    person = Person.objects.get(pk=actor(by))
    note_audit(verb, person, by=by, now=now)
    send_all(emails.security_changed(person, verb, now))
