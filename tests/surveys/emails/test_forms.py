"""The letter about changed questions: to whoever answers, in their language, links alone."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.members.states import PersonState
from serai.surveys import emails
from serai.surveys.models import Response

pytestmark = pytest.mark.django_db


def response(**fields) -> Response:
    asked = make.invitation(**fields)
    return Response.objects.create(wave=asked.wave, invitation=asked, version=asked.wave.version)


def test_the_lead_gets_it_in_the_language_they_were_asked_in():
    found = response(language="ru")

    (letter,) = emails.form_changed(found, looks=2, aside=1)

    assert (letter.person_id, letter.language) == (found.invitation.lead_id, "ru")
    assert letter.key == f"surveys.form_changed:{found.pk}:{found.version_id}"
    assert letter.facts == {"title": "Offices, First round", "looks": 2, "aside": 1}
    assert letter.link == f"/surveys/responses/{found.public_id}/"


def test_whoever_answers_without_an_invitation_gets_it():
    wave = make.wave()
    someone = people.person(language="ru")
    found = Response.objects.create(wave=wave, person=someone, version=wave.version)

    (letter,) = emails.form_changed(found, looks=0, aside=0)

    assert (letter.person_id, letter.language) == (someone.pk, "ru")


def test_nobody_is_written_to_who_has_left_or_is_not_known():
    wave = make.wave()
    nobody = Response.objects.create(wave=wave, version=wave.version)
    left = response()
    left.invitation.lead.state = PersonState.CLOSED

    assert emails.form_changed(nobody, looks=1, aside=0) == []
    assert emails.form_changed(left, looks=1, aside=0) == []


def test_its_topic_may_be_turned_off():
    assert emails.TOPICS["form_changed"] == "requests"
