"""Letters about a response: to whom, once for each mark, with links and never an answer."""

from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, give

from serai.base.mail import send_all
from serai.base.models import Message
from serai.surveys import emails
from serai.surveys.emails.answering import KINDS, TOPICS
from serai.surveys.models import Delegation
from serai.surveys.states import DelegationScope, DelegationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    found, lead = offices.begun(signer=people.person(language="ru"))
    give(found, lead, NAME, "secretword")
    return found


@pytest.fixture
def part(response):
    person = people.person_with("contributor", response.invitation.organisation)
    return Delegation.objects.create(
        response=response, section="office", person=person, scope=DelegationScope.EDIT,
        state=DelegationState.ACCEPTED, given_at=make.NOON, due_on=date(2021, 3, 20),
    )  # fmt: skip


def every(response, part, focal, officer):
    """Return the letters of each kind by kind."""
    return {
        "sign_please": emails.sign_please(response),
        "signed_receipt": emails.signed_receipt(response, "A. Head", 1),
        "clear_please": emails.clear_please(response, [focal], 1),
        "returned_to_agency": emails.returned_to_agency(response, 1),
        "delegation_offered": emails.delegation("offered", part, 1),
        "delegation_answered": emails.delegation("answered", part, 1),
        "delegation_returned": emails.delegation("returned", part, 1),
        "delegation_revoked": emails.delegation("revoked", part, 1),
        "delegation_due": emails.delegation("due", part, 1),
        "delegation_expired": emails.delegation("expired", part, 1),
        "request_reminder": emails.request_reminder(
            response, 2, due_on=date(2021, 3, 20), is_over=True, on=date(2021, 3, 23)
        ),
        "suggestions": emails.suggestions(response, 3, 1),
        "requests_asked": emails.requests_asked(response, 2, 1),
        "submission_flagged": emails.submission_flagged(response, 1),
        "entered_on_your_behalf": emails.entered_on_your_behalf(response, 1),
        "withdrawn": emails.withdrawn(response, [officer]),
        "more_time": emails.more_time(response, [officer], 1),
    }


def test_each_letter_goes_to_whom_it_concerns(response, part):
    focal, officer = people.person_with("focal_point", "GEO"), people.person_with("officer")
    lead, signer = response.invitation.lead, response.invitation.signer

    found = every(response, part, focal, officer)

    to = {kind: [one.person_id for one in letters] for kind, letters in found.items()}
    assert to == {
        "sign_please": [signer.pk], "signed_receipt": [lead.pk, signer.pk],
        "clear_please": [focal.pk], "returned_to_agency": [lead.pk],
        "delegation_offered": [part.person_id], "delegation_answered": [lead.pk],
        "delegation_returned": [lead.pk], "delegation_revoked": [part.person_id],
        "delegation_due": [part.person_id], "delegation_expired": [lead.pk, part.person_id],
        "request_reminder": [lead.pk], "suggestions": [lead.pk], "requests_asked": [lead.pk], "submission_flagged": [lead.pk],
        "entered_on_your_behalf": [lead.pk], "withdrawn": [officer.pk],
        "more_time": [officer.pk],
    }  # fmt: skip
    assert set(found) == set(KINDS) == set(TOPICS)


def test_no_letter_holds_an_answer_and_each_leads_to_its_page(response, part):
    focal, officer = people.person_with("focal_point", "GEO"), people.person_with("officer")
    found = every(response, part, focal, officer)
    (asks,) = found.pop("more_time")
    letters = [one for kind in found.values() for one in kind]

    send_all([*letters, asks])

    stored = Message.objects.filter(thing=f"surveys.response:{response.pk}")
    said = " ".join(f"{one.subject} {one.text} {one.html}" for one in stored)
    assert stored.count() == len(letters) + 1 == 19
    assert asks.link == f"/surveys/waves/{response.wave.public_id}/"
    assert "secretword" not in said
    assert said.count(response.public_id) >= len(letters)
    assert {one.link.rpartition(response.public_id)[2] for one in letters} == {
        "/", "/sign/", "/clear/", "/asked/",
    }  # fmt: skip


def test_the_same_mark_is_one_letter_and_another_a_second(response):
    for mark in (1, 1, 2):
        send_all(emails.requests_asked(response, 2, mark))

    keys = Message.objects.filter(key__startswith="surveys.requests_asked:")
    assert sorted(key.rpartition(":")[2] for key in keys.values_list("key", flat=True)) == [
        "1", "2",
    ]  # fmt: skip


def test_each_reads_it_in_their_own_language(response):
    (letter,) = emails.sign_please(response)

    assert (letter.language, letter.person_id) == ("ru", response.invitation.signer_id)


def test_who_signs_what_they_fill_in_is_not_asked_to(response):
    response.invitation.signer = response.invitation.lead

    assert emails.sign_please(response) == []
    assert [one.person_id for one in emails.signed_receipt(response, "A", 1)] == [
        response.invitation.lead_id
    ]


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_whom_nothing_is_written_to_gets_no_letter(response, state):
    response.invitation.lead.state = state

    assert emails.returned_to_agency(response, 1) == []
