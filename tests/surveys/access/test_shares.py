"""Section 9 cell by cell: who reads and writes answers, at every step of a response."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.surveys.access.cast import READS, STEPS, at, cast, part

from serai.members.queries import viewer_of
from serai.surveys import access
from serai.surveys.states import DelegationScope, DelegationState

pytestmark = pytest.mark.django_db


def test_the_table_cell_by_cell(response):
    viewers = cast(response)
    plain, narrow = {}, {}

    for name, viewer in viewers.items():
        shares = {step: access.share_of(viewer, at(response, step)) for step in STEPS}
        plain[name] = tuple(step for step in STEPS if shares[step].reads("link", ""))
        narrow[name] = tuple(step for step in STEPS if shares[step].reads("link", "", "security"))

    assert plain == {name: cells[0] for name, cells in READS.items()}
    assert narrow == {name: cells[1] for name, cells in READS.items()}


def test_outsiders_read_up_to_what_was_signed_or_cleared_and_no_draft_after_it(response):
    viewers = cast(response)
    at(response, "asked back")

    found = {name: access.reads_through(viewers[name], response) for name in viewers}

    inner = {"lead named", "lead of the agency", "signer", "delegate", "delegate who sees the rest"}
    up_to_signature = {"focal_point", "deputy", "contributor", "delegate who declined"}
    assert {name for name, number in found.items() if number is None} == inner
    assert {name for name, number in found.items() if number == 7} == up_to_signature
    assert {number for name, number in found.items() if name not in inner | up_to_signature} == {5}


def test_a_part_opens_itself_and_its_entry_alone(response):
    someone = people.person_with("contributor", response.invitation.organisation)
    part(response, someone, section="room", entry="r1")
    viewer = viewer_of(someone, make.NOON)

    share = access.share_of(viewer, response)

    places = [("room", "r1"), ("room", "r2"), ("room", ""), ("office", "r1"), ("link", "")]
    assert [share.reads(*one) for one in places] == [True, False, False, False, False]
    assert [share.writes(*one) for one in places] == [True, False, False, False, False]
    assert share.reads("room", "r1", "security")


@pytest.mark.parametrize(
    ("role", "scope"),
    [("partner", None), ("focal_point", "GEO"), ("expert", "virtual-carec:GEO"), ("officer", None)],
)
def test_who_holds_a_part_reads_no_draft_of_the_rest(response, role, scope):
    someone = people.person_with(role, scope)
    people.grant("contributor", to=someone, organisation=response.invitation.organisation)
    part(response, someone)
    viewer = viewer_of(someone, make.NOON)

    shares = {step: access.share_of(viewer, at(response, step)) for step in STEPS}

    assert {step for step, one in shares.items() if one.reads("link", "")} == {"signed", "cleared"}
    assert all(one.reads("office", "") for one in shares.values())


@pytest.mark.parametrize(
    ("scope", "writes", "suggests"),
    [("view", False, False), ("suggest", False, True), ("edit", True, False)],
)
def test_the_scope_of_a_part_says_what_may_be_done_there(response, scope, writes, suggests):
    someone = people.person_with("contributor", response.invitation.organisation)
    row = part(response, someone, DelegationScope(scope), sees_rest=True)
    viewer = viewer_of(someone, make.NOON)
    found = {}

    for state in DelegationState:
        row.state = state.value
        row.save()
        share = access.share_of(viewer, response)
        found[state] = (share.reads("office", ""), share.writes("office", ""))
        assert share.suggests("office", "") is (suggests and state is DelegationState.ACCEPTED)
        assert not share.writes("link", "")
        assert not share.suggests("link", "")

    held = {DelegationState.OFFERED, DelegationState.ACCEPTED, DelegationState.RETURNED}
    assert found == {
        state: (state in held, writes and state is DelegationState.ACCEPTED)
        for state in DelegationState
    }


def test_a_signer_who_holds_a_part_writes_in_it_and_still_reads_all(response):
    signer = response.invitation.signer
    people.grant("contributor", to=signer, organisation=response.invitation.organisation)
    part(response, signer, DelegationScope.SUGGEST)

    share = access.share_of(viewer_of(signer, make.NOON), response)

    assert share.reads_all
    assert share.suggests("office", "")
    assert not share.writes("office", "")
    assert not share.suggests("link", "")
