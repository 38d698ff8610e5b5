"""Releases that wait: who is asked, who sees them, and when they ask nobody more."""

import pytest
from tests.factories import members as make

from serai.base.access import ANONYMOUS, NotFound
from serai.members import access, actions, queries
from serai.members.actions import Released
from serai.members.states import Audience

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.fixture
def world():
    """A national release that waits, and a viewer of every kind."""
    make.member("GEO")
    who = {
        "proposer": make.viewer_with("coordinator"), "focal": make.viewer_with("focal_point", "GEO"),
        "neighbour": make.viewer_with("focal_point", "UZB"), "deputy": make.viewer_with("deputy"),
        "second": make.viewer_with("coordinator"), "officer": make.viewer_with("officer"),
        "public": ANONYMOUS,
    }  # fmt: skip
    release = access.Release(Audience.SECRETARIAT, Audience.MEMBERS, "GEO")
    row = actions.propose_release(
        released=Released("programme.note:1", "Note", release), reason="So", by=who["proposer"],
        now=NOON,
    )  # fmt: skip
    return row, who


def test_the_focal_point_alone_is_asked_for_a_country_s_thing(world):
    row, who = world

    asked = {name for name, viewer in who.items() if queries.releases_to_answer(viewer)}
    actions.decline_release(proposal=row, note="Too early", by=who["focal"], now=NOON)

    assert asked == {"focal"}
    assert queries.releases_to_answer(who["focal"]) == []


def test_who_is_asked_and_who_proposed_see_it_also_when_it_is_answered(world):
    row, who = world

    def seeing():
        found = set()
        for name, viewer in who.items():
            try:
                queries.release_proposal(viewer, row.public_id)
            except NotFound:
                continue
            found.add(name)
        return found

    before = seeing()
    actions.decline_release(proposal=row, note="Too early", by=who["focal"], now=NOON)

    assert before == seeing() == {"proposer", "focal"}


def test_a_release_waits_until_it_is_answered(world):
    row, who = world

    waiting = queries.waiting_release("programme.note:1")
    actions.withdraw_release(proposal=row, by=who["proposer"], now=NOON)

    assert (waiting, queries.waiting_release("programme.note:1")) == (row, None)
