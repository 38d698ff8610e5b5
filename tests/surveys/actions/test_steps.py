"""Steps of a response: only such as follow, with a line in the audit; readers are let in, never out."""

import pytest
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.models import AuditEntry
from serai.members.queries import viewer_of
from serai.members.states import Audience
from serai.surveys import actions
from serai.surveys.actions import Refused
from serai.surveys.actions.steps import (
    Reach,
    end_invitation,
    let_read,
    move,
    newest_act,
    read_from_now,
)
from serai.surveys.models import EntryAct, Response
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import ResponseState

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    response, lead = offices.begun()
    return locked_response(response.pk), lead


def test_a_step_that_follows_is_stored_with_what_was_changed_and_sealed(found):
    response, lead = found
    before = response.revision
    response.signed_through = 7

    move(
        response, ResponseState.HANDED_IN, lead, make.NOON, "hand_in", ("signed_through",), why="x"
    )

    stored = Response.objects.get()
    line = AuditEntry.objects.latest("pk")
    assert (stored.state, stored.revision, stored.signed_through) == ("handed_in", before + 1, 7)
    assert (line.verb, line.by, line.before, line.after) == (
        "hand_in", lead.person_id, {"state": "filling"}, {"state": "handed_in", "why": "x"},
    )  # fmt: skip


def test_a_step_that_does_not_follow_is_refused_and_changes_nothing(found):
    response, lead = found

    with pytest.raises(Refused):
        move(response, ResponseState.ACCEPTED, lead, make.NOON, "accept")

    assert Response.objects.get().state == "filling"
    assert not AuditEntry.objects.filter(verb="accept").exists()


def test_readers_are_let_in_and_a_narrower_audience_takes_nobody_out(found):
    response, _lead = found

    read_from_now(
        response, Audience.SECRETARIAT, make.NOON, signed=Reach(5, 2), cleared=Reach(3, 1)
    )
    read_from_now(response, Audience.COUNTRY, make.NOON, signed=Reach(6, 4))

    stored = Response.objects.get()
    assert (stored.audience, stored.signed_through, stored.cleared_through) == ("secretariat", 6, 3)
    assert (stored.signed_acts, stored.cleared_acts) == (4, 1)


def test_what_is_set_for_a_step_is_not_stored_yet(found):
    response, _lead = found

    let_read(response, Audience.COUNTRY, signed=Reach(5, 2))

    assert (response.audience, response.signed_through) == ("country", 5)
    assert (response.signed_acts, Response.objects.get().signed_acts) == (2, 0)
    assert Response.objects.get().signed_through == 0


def test_the_newest_act_is_that_of_the_response_itself(found):
    response, lead = found
    asked = make.invitation(response.wave)
    other = actions.start_response(
        invitation=asked, by=viewer_of(asked.lead, make.NOON), now=make.NOON
    )

    offices.add(response, lead, "mine")
    mine = EntryAct.objects.latest("pk").pk
    EntryAct.objects.create(entry=other.entries.first(), verb="move", source="web")

    assert newest_act(response.pk) == mine
    assert newest_act(other.pk) == EntryAct.objects.latest("pk").pk
    assert newest_act(0) == 0


@pytest.mark.parametrize(
    ("state", "ends"), [("opened", "done"), ("sent", "done"), ("declined", "declined")]
)
def test_an_invitation_ends_where_it_was_open(found, state, ends):
    response, _lead = found
    asked = response.invitation
    asked.state = state
    asked.save()

    end_invitation(response)

    asked.refresh_from_db()
    assert asked.state == ends
