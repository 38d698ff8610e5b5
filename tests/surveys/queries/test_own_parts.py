"""What surveys keep about a person."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.states import ReadingWay

pytestmark = pytest.mark.django_db


def test_a_person_gets_what_they_are_asked():
    person = people.person()
    make.invitation(lead=person, organisation=people.organisation("Roads"), state="opened")
    make.invitation(signer=person)
    make.invitation()

    part, _read = queries.own_parts(person.pk)

    assert part.name == "survey_invitations"
    assert [(row["answers"], row["signs"], row["state"]) for row in part.rows] == [
        (True, False, "opened"), (False, True, "sent"),
    ]  # fmt: skip
    assert part.rows[0]["organisation"] == {"en": {"text": "Roads", "state": "source"}}
    assert part.rows[0]["sent_at"] == make.NOON


def test_a_person_gets_whose_answers_they_read_and_nobody_else():
    programme()
    person = people.person_with("officer")
    found = make.cleared(
        make.wave(), {"/data/link/has": "yes"}, organisation=people.organisation("Roads")
    )
    for one in (person, people.person_with("officer")):
        actions.note_readings(
            responses=[found], way=ReadingWay.COPY, by=viewer_of(one, make.NOON), now=make.NOON
        )

    _asked, part = queries.own_parts(person.pk)

    assert part.name == "survey_answers_read"
    assert part.rows == [
        {
            "survey": found.wave.title.to_json(),
            "organisation": {"en": {"text": "Roads", "state": "source"}},
            "day": make.NOON.date(), "role": "officer", "way": "copy", "first_at": make.NOON,
        }
    ]  # fmt: skip
