"""The page of a proposed release: who opens it, consents, declines, withdraws."""

from datetime import date
from urllib.parse import quote

import pytest
from tests.factories.members import member, person_with
from tests.factories.programme import NOON, initiative, milestone, programme

from serai.members.models import AudienceChange
from serai.members.queries import viewer_of
from serai.programme import actions

pytestmark = pytest.mark.django_db
BACKEND = "serai.config.accounts.SignIn"


@pytest.fixture
def world(client):
    """A national milestone whose release waits, and how to sign its people in."""
    programme(opens_as_of=date(2021, 6, 30))
    row = milestone(initiative(audience="members"), audience="secretariat", country=member("GEO"))
    who = {
        "focal": person_with("focal_point", "GEO", full_name="Fati Focal"),
        "proposer": person_with("coordinator", full_name="Cora Coordinator"),
        "second": person_with("coordinator"), "deputy": person_with("deputy", "GEO"),
        "neighbour": person_with("focal_point", "UZB"),
    }  # fmt: skip
    proposal = actions.change_readers(
        thing=row, audience="members", reason="They ask for it",
        by=viewer_of(who["proposer"], NOON), now=NOON,
    )  # fmt: skip

    def enter(name):
        client.force_login(who[name], backend=BACKEND)

    return row, f"/en/programme/releases/{proposal.public_id}/", enter


def readers_of(row):
    row.refresh_from_db()
    return row.audience


def test_the_focal_point_reads_what_to_whom_and_why_and_consents(client, world):
    row, address, enter = world
    enter("focal")

    page = client.get(address).content.decode()
    answer = client.post(address, {"verdict": "consent"}, follow=True)

    for said in ("Milestone 1", "The secretariat", "All members", "They ask for it", "Cora Coord"):
        assert said in page
    assert f"/en/programme/milestones/{row.public_id}/" in page
    assert "Withdraw it" not in page
    assert ("Read by now" in page, "Was read by" in page) == (True, False)
    assert "Was read by" in answer.content.decode()
    assert (answer.status_code, readers_of(row)) == (200, "members")
    assert "It is released." in answer.content.decode()
    assert answer.context["form"] is None
    assert AudienceChange.objects.get().consent_by.full_name == "Fati Focal"


def test_declining_takes_a_reason_and_keeps_the_thing(client, world):
    row, address, enter = world
    enter("focal")

    silent = client.post(address, {"verdict": "decline", "reason": ""})
    declined = client.post(address, {"verdict": "decline", "reason": "Too early"}, follow=True)

    assert (silent.status_code, silent.context["form"].errors["reason"]) == (
        422, ["Say why you decline: who proposed it reads this sentence."],
    )  # fmt: skip
    page = declined.content.decode()
    assert ("Too early" in page, "You have declined" in page) == (True, True)
    assert readers_of(row) == "secretariat"


def test_the_proposer_sees_it_cannot_consent_and_withdraws(client, world):
    row, address, enter = world
    enter("proposer")

    opened = client.get(address)
    own = client.post(address, {"verdict": "consent"})
    withdrawn = client.post(f"{address}withdraw/", follow=True)

    assert (opened.context["form"], "Withdraw it" in opened.content.decode()) == (None, True)
    assert own.status_code == 422
    assert "It is withdrawn. Nothing is released." in withdrawn.content.decode()
    assert client.post(f"{address}withdraw/").status_code == 404
    assert readers_of(row) == "secretariat"


@pytest.mark.parametrize("name", ["second", "deputy", "neighbour"])
def test_others_do_not_open_it(client, world, name):
    row, address, enter = world
    enter(name)

    answers = [
        client.get(address), client.post(address, {"verdict": "consent"}),
        client.post(f"{address}withdraw/"),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert readers_of(row) == "secretariat"


def test_the_focal_point_does_not_withdraw_what_another_proposed(client, world):
    _row, address, enter = world
    enter("focal")

    assert client.post(f"{address}withdraw/").status_code == 404


def test_a_visitor_signs_in_first(client, world):
    answer = client.get(world[1])

    assert (answer.status_code, answer["Location"]) == (
        302, f"/en/members/sign-in/?next={quote(world[1], safe='')}",
    )  # fmt: skip
