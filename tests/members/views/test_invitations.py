"""The invited person's way: link, code, name, home; and every way it can go wrong."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from tests.factories import members as make
from tests.factories.signed_in import sign_in

from serai.base.mail import words_in_trial
from serai.base.models import Message
from serai.members import actions
from serai.members.actions import RoleWanted
from serai.members.models import Invitation, Person
from serai.members.states import InvitationState, PersonState, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited():
    return actions.invite(
        email="nino@agency.example",
        wanted=RoleWanted(Role.FOCAL_POINT, member=make.member()),
        language="en",
        by=make.viewer_with("coordinator", full_name="Mr Coordinator"),
        now=timezone.now(),
    )


def link(token: str) -> str:
    return reverse("members:accept_invitation", args=[token])


def test_from_the_letter_to_home(client, invited):
    opened = client.get(link(invited.token))
    asked = client.post(
        reverse("members:sign_in"),
        {"email": "nino@agency.example", "next": reverse("members:welcome")},
    )
    letter = words_in_trial(Message.objects.order_by("-id").first())
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", letter)
    entered = client.post(asked["Location"], {"code": code.group()})
    joined = client.post(
        entered["Location"],
        {"full_name": "Nino", "language": "ru", "time_zone": "Asia/Tbilisi"},
    )

    assert "Country focal point" in opened.content.decode()
    assert entered["Location"] == reverse("members:welcome")
    assert (joined.status_code, joined["Location"]) == (303, "/ru/")
    assert Person.objects.get(email="nino@agency.example").state == PersonState.ACTIVE
    again = client.get(link(invited.token))
    assert (again.status_code, "has been used" in again.content.decode()) == (410, True)


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"expires_at": timezone.now() - timedelta(1)}, 410, "older than 30 days"),
        ({"state": InvitationState.WITHDRAWN}, 410, "was withdrawn"),
        ({"token_hash": "0"}, 404, "Copy the whole address"),
    ],
)
def test_closed_invitation_says_what_to_do(client, invited, change, status, sentence):
    Invitation.objects.update(**change)

    answer = client.get(link(invited.token))

    assert (answer.status_code, sentence in answer.content.decode()) == (status, True)


def test_expired_invitation_names_the_inviter(client, invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(1))

    assert "You were invited by Mr Coordinator." in client.get(link(invited.token)).content.decode()


def test_another_person_is_told_to_sign_out(client, invited):
    sign_in(client, make.person())

    page = client.get(link(invited.token)).content.decode()

    assert "This invitation is for nino@agency.example." in page


def test_invite_page_sends_and_refuses(client):
    make.member("GEO")
    sign_in(client, make.person_with("coordinator"))
    posted = {"email": "nino@agency.example", "language": "en", "role": "focal_point"}

    without = client.post(reverse("members:invite"), posted)
    done = client.post(reverse("members:invite"), posted | {"member": "GEO"})

    assert (without.status_code, "Choose the member" in without.content.decode()) == (422, True)
    assert (done.status_code, Invitation.objects.count()) == (303, 1)


def test_lead_is_offered_only_what_leads_may_give(client):
    agency = make.organisation()
    make.organisation("Another one")
    sign_in(client, make.person_with("lead", agency))

    page = client.get(reverse("members:invite")).content.decode()

    assert re.findall(r'name="role" value="(\w+)"', page) == ["contributor"]
    assert "Another one" not in page


def test_command_invites_the_first_coordinator(capsys):
    call_command("person", "invite", "first@secretariat.example", "--role", "coordinator")

    said = capsys.readouterr().out
    token = re.search(r"/en/members/invitation/([\w-]+)/", said).group(1)
    assert Invitation.objects.get().role == "coordinator"
    assert Invitation.objects.get().token_hash != token


def test_command_refuses_in_words():
    with pytest.raises(CommandError, match="Choose the member"):
        call_command("person", "invite", "a@agency.example", "--role", "focal_point")


def test_sample_links_are_printed_in_trial_only(capsys, settings):
    make.person_with("officer", sample=True)

    call_command("sample_links")

    assert "/en/members/sign-in/sample/" in capsys.readouterr().out
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("sample_links")
