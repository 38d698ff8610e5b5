"""Steps of a response: only such as follow, with a line in the audit; readers are let in, never out."""

import pytest
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.models import AuditEntry
from serai.members.states import Audience
from serai.surveys.actions import Refused
from serai.surveys.actions.steps import end_invitation, let_read, move, read_from_now
from serai.surveys.models import Response
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

    read_from_now(response, Audience.SECRETARIAT, make.NOON, signed=5, cleared=3)
    read_from_now(response, Audience.COUNTRY, make.NOON, signed=6)

    stored = Response.objects.get()
    assert (stored.audience, stored.signed_through, stored.cleared_through) == ("secretariat", 6, 3)


def test_what_is_set_for_a_step_is_not_stored_yet(found):
    response, _lead = found

    let_read(response, Audience.COUNTRY, signed=5)

    assert (response.audience, response.signed_through) == ("country", 5)
    assert Response.objects.get().signed_through == 0


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
