"""By which of a row's facts each head of the room's lists sorts."""

from collections.abc import Callable, Mapping

from django.utils.translation import get_language

from serai.base.text import TranslatedText
from serai.members import queries
from serai.members.exports.lists import place_words, role_words
from serai.members.states.words import (
    INVITATION_STATES,
    KIND_NAMES,
    ORGANISATION_STATES,
    PERSON_STATES,
    ROLE_NAMES,
)


def _words(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


PEOPLE_SORTS: Mapping[str, Callable[[queries.PersonRow], object]] = {
    "name": lambda row: row.full_name or row.email,
    "email": lambda row: row.email,
    "roles": lambda row: ", ".join(role_words(tag) for tag in row.roles),
    "state": lambda row: str(PERSON_STATES[row.state]),
    "latest_at": lambda row: row.latest_at if row.email else None,
}
ORGANISATION_SORTS: Mapping[str, Callable[[queries.OrganisationRow], object]] = {
    "name": lambda row: _words(row.names),
    "member": lambda row: _words(row.member_name),
    "kind": lambda row: str(KIND_NAMES[row.kind]),
    "parent": lambda row: _words(row.parent),
    "people": lambda row: row.people_count,
    "state": lambda row: str(ORGANISATION_STATES[row.state]),
}
GRANT_SORTS: Mapping[str, Callable[[queries.GrantRow], object]] = {
    "person": lambda row: row.person_name,
    "role": lambda row: str(ROLE_NAMES[row.role]),
    "place": lambda row: place_words(row.place, row.initiatives),
    "from_on": lambda row: row.from_on,
    "until_on": lambda row: row.until_on,
    "given_by": lambda row: row.given_by,
}
INVITATION_SORTS: Mapping[str, Callable[[queries.InvitationRow], object]] = {
    "email": lambda row: row.email,
    "role": lambda row: str(ROLE_NAMES[row.role]),
    "place": lambda row: place_words(row.place, row.initiatives),
    "state": lambda row: str(INVITATION_STATES[row.state]),
    "expires_at": lambda row: row.expires_at,
    "invited_by": lambda row: row.invited_by,
}
