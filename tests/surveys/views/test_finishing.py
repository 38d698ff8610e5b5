"""What is signed, cleared or returned is what its page showed."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.files import photo
from tests.factories.offices import NAME, STAFF, give

from serai.base.models import AuditEntry, StoredFile
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.queries.responses import locked_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready():
    response, lead = offices.begun()
    for ref, text in ((NAME, "Agency"), (STAFF, "2")):
        give(response, lead, ref, text)
    actions.hand_in(response=response, by=lead, now=make.NOON)
    return response, lead


def read(client, address):
    """The page's hidden numbers, as its button sends them."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'type="hidden" name="(revision|newest)" value="(\d+)"', html))


def address(response, page):
    return f"/en/surveys/responses/{response.public_id}/{page}/"


def test_answers_that_changed_since_the_page_was_opened_are_not_signed(client, sign_in, ready):
    response, lead = ready
    sign_in(response.invitation.lead)
    sign = address(response, "sign")
    seen = read(client, sign)
    actions.take_up_again(response=response, by=lead, now=make.NOON)
    give(response, lead, STAFF, "3")
    actions.hand_in(response=response, by=lead, now=make.NOON)

    refused = client.post(sign, {"name": "A B", "position": "Head", **seen})
    html = refused.content.decode()
    shown = dict(re.findall(r'type="hidden" name="(revision|newest)" value="(\d+)"', html))
    state = locked_response(response.pk).state
    done = client.post(sign, {"name": "A B", "position": "Head", **shown})

    assert refused.status_code == 422
    assert "Answers changed since you opened this page" in html
    assert '<th scope="row">People</th><td>2</td><td>3</td>' in html
    assert 'value="A B"' in html
    assert 'value="Head"' in html
    assert (state, done.status_code, locked_response(response.pk).state) == (
        "handed_in", 303, "signed",
    )  # fmt: skip


def test_what_was_opened_and_locked_again_unchanged_is_shown_once_more(client, sign_in, ready):
    response, lead = ready
    sign_in(response.invitation.lead)
    sign = address(response, "sign")
    seen = read(client, sign)
    actions.take_up_again(response=response, by=lead, now=make.NOON)
    actions.hand_in(response=response, by=lead, now=make.NOON)

    refused = client.post(sign, {"name": "A B", "position": "Head", **seen})

    assert refused.status_code == 422
    assert "No answer reads differently." in refused.content.decode()


@pytest.mark.parametrize("numbers", [{}, {"revision": "x", "newest": "-1"}, {"revision": "9" * 30}])
def test_a_button_that_names_no_page_signs_nothing(client, sign_in, ready, numbers):
    response, _lead = ready
    sign_in(response.invitation.lead)

    refused = client.post(address(response, "sign"), {"name": "A", "position": "B", **numbers})

    assert refused.status_code == 422
    assert not response.signatures.exists()


@pytest.mark.parametrize("verb", ["clear", "return"])
def test_a_response_signed_anew_is_not_cleared_from_the_old_page(client, sign_in, ready, verb):
    response, lead = ready
    actions.sign(response=response, name="A", position="B", by=lead, now=make.NOON)
    deputy = sign_in("focal_point", "GEO")
    clear = address(response, "clear")
    seen = read(client, clear)
    actions.return_to_agency(
        response=response, note="Mend", by=viewer_of(deputy, make.NOON), now=make.NOON
    )
    give(response, lead, STAFF, "3")
    actions.sign(response=response, name="A", position="B", by=lead, now=make.NOON)

    refused = client.post(clear, {"do": verb, "note": "Seen", **seen})
    done = client.post(clear, {"do": verb, "note": "Seen", **read(client, clear)})

    html = refused.content.decode()
    assert (refused.status_code, done.status_code) == (422, 303)
    assert '<th scope="row">People</th><td>2</td><td>3</td>' in html
    assert "\nSeen</textarea>" in html
    assert response.clearances.count() == 2


def sent(client, response, letter=None):
    """Sign with a letter, by the button of the page as it stands now."""
    sign = address(response, "sign")
    letter = letter or SimpleUploadedFile("letter.png", photo(format="PNG"), "image/png")
    return client.post(
        sign, {"name": "A B", "position": "Head", "letter": letter, **read(client, sign)}
    )


def test_a_signed_letter_comes_with_the_signature_and_is_proved_by_the_audit(
    client, sign_in, ready
):
    response, lead = ready
    sign_in(response.invitation.lead)

    done = sent(client, response)

    signed = response.signatures.get()
    line = AuditEntry.objects.get(verb="sign")
    trail = json.loads(
        client.get(f"/en/surveys/responses/{response.public_id}/audit.json").getvalue()
    )
    assert done.status_code == 303
    assert (signed.letter.name, signed.letter.media_type) == ("letter.png", "image/png")
    assert signed.letter.received_by_id == lead.person_id
    assert line.after["letter"] == signed.letter.sha256
    assert [(one["letter"], one["letter_sha256"]) for one in trail["signatures"]] == [
        ("letter.png", signed.letter.sha256)
    ]


def test_a_letter_of_another_kind_is_refused_and_a_good_one_asked_for_again(client, sign_in, ready):
    response, _lead = ready
    sign_in(response.invitation.lead)

    wrong = sent(client, response, SimpleUploadedFile("letter.exe", b"MZ", "application/x-exe"))
    stale = client.post(
        address(response, "sign"),
        {
            "name": "A B",
            "position": "Head",
            "letter": SimpleUploadedFile("a.png", photo(format="PNG")),
        },
    )

    assert (wrong.status_code, stale.status_code) == (422, 422)
    assert "letter.exe" in wrong.content.decode()
    assert "Choose the file once more" in stale.content.decode()
    assert not response.signatures.exists()
    assert not StoredFile.objects.exists()


def test_who_opens_the_letter_when(client, sign_in, ready):
    response, _lead = ready
    sign_in(response.invitation.lead)
    sent(client, response)
    number = response.signatures.get().letter.public_id
    door = f"/en/surveys/responses/{response.public_id}/letters/{number}/"
    readers = {
        "lead": response.invitation.lead,
        "colleague": people.person_with("contributor", response.invitation.organisation),
        "focal": people.person_with("focal_point", "GEO"),
        "other focal": people.person_with("focal_point", "KAZ"),
        "officer": people.person_with("officer"),
        "expert": people.person_with("expert"),
    }

    def who():
        found = []
        for name, person in readers.items():
            sign_in(person)
            answer = client.get(door)
            if answer.status_code == 200 and answer.getvalue():
                found.append(name)
        return found

    sign_in(readers["focal"])
    page = client.get(address(response, "clear")).content.decode()
    signed = who()
    actions.clear(response=response, by=viewer_of(readers["focal"], make.NOON), now=make.NOON)
    cleared = who()
    sign_in(readers["officer"])
    home = client.get(f"/en/surveys/responses/{response.public_id}/").content.decode()

    assert f'href="{door}"' in page
    assert signed == ["lead", "focal"]
    assert cleared == ["lead", "focal", "officer"]
    assert f'href="{door}"' in home
    sign_in(readers["colleague"])
    assert door not in client.get(f"/en/surveys/responses/{response.public_id}/").content.decode()
