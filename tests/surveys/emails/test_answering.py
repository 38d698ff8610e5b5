"""Letters about a response: to whom, once for each mark, with links and never an answer."""

import re
from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, give

from serai.base.mail import send_all
from serai.base.mail.wording import word
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


def test_one_letter_offers_several_parts(part):
    (letter,) = emails.delegation("offered", part, 1, count=3)

    said = word(letter.template, letter.facts, "en", link="", sample=False)
    assert said.subject == "Offices: 3 parts for you"
    assert said.text.startswith("You are asked to take over 3 parts of the answers of ")


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


ALONE = {
    "sign_please": "The answers to “Offices” are complete and wait for your signature.",
    "signed_receipt": "The answers to “Offices” were signed by A. Head. They are locked now.",
    "clear_please": "Answers to “Offices” are signed. The secretariat reads them once you have "
    "cleared them.",
    "returned_to_agency": "Your country's focal point returned your answers to “Offices”. What to "
    "mend stands on their page; they can be changed and have to be signed again.",
    "delegation_offered": "You are asked to take over 1 part of the answers to “Offices”.",
    "delegation_answered": "{name} has accepted the part of the answers to “Offices” that you gave.",
    "delegation_returned": "{name} has given back a part of the answers to “Offices”.",
    "delegation_revoked": "The part of the answers to “Offices” is no longer in your hands. What "
    "you answered stays.",
    "delegation_due": "A part of the answers to “Offices” is in your hands until 20 March 2021. "
    "Answer it and give it back; after that day it ends, and what you answered stays.",
    "delegation_expired": "The part of the answers to “Offices” that was given to {name} has ended, "
    "without being given back. What was answered stays; the lead can give it away again.",
    "request_reminder": "The secretariat asked about 2 of your answers to “Offices” by 20 March "
    "2021, and they are not answered yet. Answer them, or write why they stay as they are.",
    "suggestions": "3 texts wait beside your answers to “Offices”. You take or decline them.",
    "requests_asked": "The secretariat asks about 2 of your answers to “Offices”. Only these are "
    "open again; once they are answered, the whole is signed again.",
    "submission_flagged": "What a device handed in for you to “Offices” is kept. Something in it "
    "breaks a rule, or differs from an answer that stands.",
    "entered_on_your_behalf": "The secretariat entered your answers to “Offices” from what you "
    "sent. They are marked so; you can change them, and you still sign.",
    "withdrawn": "Answers to “Offices” were withdrawn. Nobody but whoever gave them reads them any "
    "more.",
    "more_time": "Answers to “Offices” are not handed in yet; more time is asked for. They are kept "
    "as a draft.",
}
EMPTY = re.compile(r"None|[ ]{2}| [.,:;]|\b(of|for|from|by) (to|at|in|are|were|has)\b|: *$")
"""What a sentence leaves behind whose gap was filled with nothing."""


def test_of_a_person_without_an_organisation_letters_say_whole_sentences(response, part):
    focal, officer = people.person_with("focal_point", "GEO"), people.person_with("officer")
    response.invitation.organisation = response.invitation.country = None
    signer = response.invitation.signer
    signer.language = "en"

    found = every(response, part, focal, officer)

    said = {
        kind: word(one[0].template, one[0].facts, "en", link="", sample=False)
        for kind, one in found.items()
    }
    first = {kind: one.text.splitlines()[0] for kind, one in said.items()}
    name = part.person.full_name
    assert first == {kind: sentence.format(name=name) for kind, sentence in ALONE.items()}
    assert said["withdrawn"].subject == "Offices: answers withdrawn"
    assert said["clear_please"].subject == "Offices: please clear the answers"
    for kind, letters in found.items():
        russian = word(letters[0].template, letters[0].facts, "ru", link="", sample=False)
        for text in (
            said[kind].subject,
            first[kind],
            russian.subject,
            russian.text.splitlines()[0],
        ):
            assert not EMPTY.search(text), (kind, text)
        assert russian.text.splitlines()[0] != first[kind]
