"""Every state and role has its words."""

import pytest

from serai.members import states
from serai.members.states import words


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (states.Role, words.ROLE_NAMES),
        (states.Role, words.ROLE_SENTENCES),
        (states.Audience, words.AUDIENCE_NAMES),
        (states.Audience, words.AUDIENCE_SENTENCES),
        (states.OrganisationKind, words.KIND_NAMES),
        (states.PersonState, words.PERSON_STATES),
        (states.PersonState, words.PERSON_TONES),
        (states.InvitationState, words.INVITATION_STATES),
        (states.InvitationState, words.INVITATION_TONES),
        (states.ReleaseState, words.RELEASE_STATES),
        (states.ReleaseState, words.RELEASE_TONES),
        (states.OrganisationState, words.ORGANISATION_STATES),
        (states.DataRequestKind, words.DATA_REQUEST_NAMES),
        (states.DataRequestState, words.DATA_REQUEST_STATES),
    ],
)
def test_every_value_has_a_word(kind, table):
    assert set(table) == set(kind)
