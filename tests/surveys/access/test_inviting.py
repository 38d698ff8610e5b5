"""Who opens an invitation, declines it, and sees a board."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS, Viewer
from serai.members.queries import viewer_of
from serai.members.states import Role
from serai.surveys import access
from serai.surveys.states import InvitationState, WaveState

pytestmark = pytest.mark.django_db


def test_asked_are_lead_signer_and_the_organisations_lead():
    place = people.organisation()
    lead, signer, head = people.person(), people.person(), people.person_with("lead", place)
    row = make.invitation(organisation=place, lead=lead, signer=signer)

    found = [
        access.may_open_invitation(viewer_of(one, make.NOON), row)
        for one in (lead, signer, head, people.person_with("contributor", place), people.person())
    ]

    assert found == [True, True, True, False, False]
    assert access.may_open_invitation(ANONYMOUS, row) is False


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEAD])
def test_no_other_role_opens_it(role):
    row = make.invitation()

    assert access.may_open_invitation(people.viewer_with(role), row) is False


@pytest.mark.parametrize(
    ("state", "opens", "declines"),
    [
        ("drafted", False, False), ("sent", True, True), ("opened", True, True),
        ("done", True, False), ("bounced", False, False), ("declined", False, False),
        ("cancelled", False, False),
    ],
)  # fmt: skip
def test_its_state_says_what_may_be_done(state, opens, declines):
    row = make.invitation(state=state)
    lead = Viewer(person_id=row.lead_id)

    assert access.may_open_invitation(lead, row) is opens
    assert access.may_decline(lead, row) is declines


def test_only_who_answers_declines_while_the_wave_is_open():
    signer = people.person()
    row = make.invitation(signer=signer)
    closed = make.invitation(make.wave(state=WaveState.CLOSED.value))

    assert access.may_decline(Viewer(person_id=signer.pk), row) is False
    assert access.may_decline(Viewer(person_id=closed.lead_id), closed) is False
    row.lead = signer
    assert access.may_decline(Viewer(person_id=signer.pk), row) is True


@pytest.mark.parametrize("role", list(Role))
def test_the_board_is_for_officers_and_the_countrys_own(role):
    wave = make.wave()
    make.invitation(wave)

    found = access.may_see_board(people.viewer_with(role), wave)

    assert found is (role in {Role.OFFICER, Role.COORDINATOR, Role.FOCAL_POINT, Role.DEPUTY})


def test_a_country_sees_no_board_that_asks_none_of_its_agencies():
    wave, planned = make.wave(), make.wave(state=WaveState.PLANNED.value)
    make.invitation(wave, organisation=people.organisation(country="UZB"))
    make.invitation(wave, state=InvitationState.DRAFTED.value)
    make.invitation(planned)
    georgia = people.viewer_with("focal_point", "GEO")

    assert [access.may_see_board(georgia, one) for one in (wave, planned)] == [False, False]
    assert access.board_countries(georgia, wave) == ["GEO"]
    assert access.board_countries(people.viewer_with("officer"), wave) is None
