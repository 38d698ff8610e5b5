"""What surveys keep about a person."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, give
from tests.factories.programme import programme

from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.actions import Parcel
from serai.surveys.states import ReadingWay

pytestmark = pytest.mark.django_db
NAMES = [
    "survey_invitations", "survey_answers", "survey_suggestions", "survey_remarks", "survey_parts",
    "survey_signatures", "survey_clearances", "survey_submissions", "survey_answers_read",
]  # fmt: skip


def parts_of(person_id):
    return {part.name: list(part.rows) for part in queries.own_parts(person_id)}


def test_a_person_gets_what_they_are_asked():
    person = people.person()
    make.invitation(lead=person, organisation=people.organisation("Roads"), state="opened")
    make.invitation(signer=person)
    make.invitation()

    rows = parts_of(person.pk)["survey_invitations"]

    assert [(row["answers"], row["signs"], row["state"]) for row in rows] == [
        (True, False, "opened"), (False, True, "sent"),
    ]  # fmt: skip
    assert rows[0]["organisation"] == {"en": {"text": "Roads", "state": "source"}}
    assert rows[0]["sent_at"] == make.NOON


def test_a_person_gets_what_they_wrote_and_signed():
    response, lead = offices.begun()
    give(response, lead, NAME, "Roads")
    response.suggestions.create(
        path=NAME.path, value="Rails", note="why", by_id=lead.person_id, at=make.NOON,
        origin="delegate", client_id="s1",
    )  # fmt: skip
    response.remarks.create(path=NAME.path, text="Look", by_id=lead.person_id, at=make.NOON)

    found = parts_of(lead.person_id)

    assert list(found) == NAMES
    (answer,) = found["survey_answers"]
    assert (answer["path"], answer["value"], answer["source"]) == (NAME.path, "Roads", "web")
    assert answer["in_response"] == response.public_id
    assert [one["value"] for one in found["survey_suggestions"]] == ["Rails"]
    assert [one["text"] for one in found["survey_remarks"]] == ["Look"]


def test_a_person_gets_what_their_device_handed_in():
    response, lead = offices.begun()
    key, *_rest = actions.make_key(
        invitation=response.invitation, name="Tablet", by=lead, now=make.NOON
    )
    xml = (
        '<data id="offices" version="1"><office><name>Roads</name></office>'
        "<meta><instanceID>uuid:1</instanceID></meta></data>"
    )
    actions.receive(key=key, parcel=Parcel(xml.encode()), now=make.NOON)

    (row,) = parts_of(lead.person_id)["survey_submissions"]

    assert (row["instance"], row["xml"]) == ("uuid:1", xml)


def test_nobody_gets_what_others_wrote():
    response, lead = offices.begun()
    give(response, lead, NAME, "Roads")
    other = viewer_of(people.person(), make.NOON)

    assert [name for name, rows in parts_of(other.person_id).items() if rows] == []


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

    assert parts_of(person.pk)["survey_answers_read"] == [
        {
            "survey": found.wave.title.to_json(),
            "organisation": {"en": {"text": "Roads", "state": "source"}},
            "day": make.NOON.date(), "role": "officer", "way": "copy", "first_at": make.NOON,
        }
    ]  # fmt: skip
