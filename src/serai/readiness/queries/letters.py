"""To whom letters of readiness go."""

from dataclasses import dataclass
from datetime import datetime

from serai.members.queries import staff_of
from serai.members.states import Role
from serai.readiness.models import Office


@dataclass(frozen=True)
class Recipient:
    """Somebody a letter goes to, in their language."""

    person_id: int
    language: str


def officers_of(office: Office, now: datetime) -> tuple[Recipient, ...]:
    """Return the officers of the initiative that an office is asked for."""
    code = office.initiative.code if office.initiative else ""
    people = staff_of(code, now, (Role.OFFICER,))
    return tuple(Recipient(one.pk, one.language) for one in people)
