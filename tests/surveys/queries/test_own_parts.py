"""What surveys keep about a person."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.surveys import queries

pytestmark = pytest.mark.django_db


def test_a_person_gets_what_they_are_asked():
    person = people.person()
    make.invitation(lead=person, organisation=people.organisation("Roads"), state="opened")
    make.invitation(signer=person)
    make.invitation()

    (part,) = queries.own_parts(person.pk)

    assert part.name == "survey_invitations"
    assert [(row["answers"], row["signs"], row["state"]) for row in part.rows] == [
        (True, False, "opened"), (False, True, "sent"),
    ]  # fmt: skip
    assert part.rows[0]["organisation"] == {"en": {"text": "Roads", "state": "source"}}
    assert part.rows[0]["sent_at"] == make.NOON
