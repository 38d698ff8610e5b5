"""Each rule by role, allowed and refused; and what each viewer reads."""

import pytest
from tests.factories import members as make

from serai.base.access import ANONYMOUS, REGISTER
from serai.base.models import ApiKey
from serai.members import access
from serai.members.access import Offer, Release
from serai.members.models import Organisation, ReleaseProposal
from serai.members.queries import viewer_of
from serai.members.states import Audience, Role

pytestmark = pytest.mark.django_db
ROLES = [role.value for role in Role]
OFFICERS = {"officer", "coordinator"}
COUNTRY = {"focal_point", "deputy"}
WITHOUT_THING = {
    access.may_invite: {"coordinator", "focal_point", "deputy", "lead"},
    access.may_see_people: {*OFFICERS, *COUNTRY, "administrator", "lead"},
    access.may_keep_own_account: set(ROLES),
    access.may_keep_accounts: {"administrator"},
    access.may_unlock: {"administrator"},
    access.may_see_unlocks: {"administrator", "coordinator"},
    access.may_edit_member: {"coordinator"},
    access.may_see_organisations: {
        *OFFICERS, *COUNTRY, "committee", "lead", "contributor", "administrator",
    },
    access.may_add_organisation: OFFICERS | COUNTRY,
    access.may_keep_organisations: OFFICERS,
    access.may_import: OFFICERS,
}  # fmt: skip


@pytest.mark.parametrize("rule", WITHOUT_THING, ids=lambda rule: rule.__name__)
def test_rules_without_a_thing(rule):
    allowed = {role for role in ROLES if rule(make.viewer_with(role))}

    assert allowed == WITHOUT_THING[rule]
    assert rule(ANONYMOUS) is False


GIVEN_BY = {
    Role.CONTRIBUTOR: {"lead"},
    Role.LEAD: COUNTRY,
    Role.COMMITTEE: {"focal_point"},
    Role.DEPUTY: {"focal_point"},
    Role.FOCAL_POINT: {"coordinator"},
    Role.PARTNER: {"coordinator"},
    Role.EXPERT: {"coordinator"},
    Role.OFFICER: {"coordinator"},
    Role.COORDINATOR: {"coordinator"},
    Role.ADMINISTRATOR: {"coordinator"},
    Role.PARTICIPANT: {"coordinator"},
}


@pytest.mark.parametrize("role", Role)
def test_may_give_follows_the_table(role):
    agency = make.organisation()
    offer = Offer(
        role=role,
        iso3="GEO",
        organisation_id=agency.pk,
        organisation_iso3="GEO",
        initiatives=("virtual-carec",),
    )

    viewers = {name: make.viewer_with(name) for name in ROLES if name not in {"lead"}}
    viewers["lead"] = make.viewer_with("lead", agency)

    assert {n for n, v in viewers.items() if access.may_give(v, offer)} == GIVEN_BY[role]


@pytest.mark.parametrize("role", ["coordinator", "focal_point", "lead"])
def test_nobody_gives_to_themselves(role):
    viewer = make.viewer_with(role)
    offers = [
        Offer(role=wanted, iso3="GEO", person_id=viewer.person_id, organisation_iso3="GEO")
        for wanted in Role
    ]

    assert [access.may_give(viewer, offer) for offer in offers] == [False] * len(offers)


def test_focal_point_gives_in_the_own_country_only():
    viewer = make.viewer_with("focal_point", "GEO")

    assert access.may_give(viewer, Offer(role=Role.DEPUTY, iso3="GEO")) is True
    assert access.may_give(viewer, Offer(role=Role.DEPUTY, iso3="UZB")) is False
    assert access.may_give(viewer, Offer(role=Role.LEAD, organisation_iso3="UZB")) is False


def test_initiative_coordinator_gives_in_the_own_initiative_only():
    viewer = make.viewer_with("coordinator", "startup-hub")

    answers = {
        codes: access.may_give(viewer, Offer(role=Role.OFFICER, initiatives=codes))
        for codes in [("startup-hub",), ("virtual-carec",), ("startup-hub", "virtual-carec"), ()]
    }

    assert list(answers.values()) == [True, False, False, False]
    assert access.may_give(viewer, Offer(role=Role.FOCAL_POINT, iso3="GEO")) is False


def release(audience: Audience, to: Audience, agency: Organisation, author: int | None = None):
    return Release(audience, to, "GEO", agency.pk, "virtual-carec", author)


@pytest.mark.parametrize(
    ("audience", "to", "allowed"),
    [
        (Audience.ORGANISATION, Audience.COUNTRY, {"lead"}),
        (Audience.COUNTRY, Audience.SECRETARIAT, {"focal_point"}),
        (Audience.SECRETARIAT, Audience.MEMBERS, {"coordinator"}),
        (Audience.MEMBERS, Audience.PUBLIC, {"coordinator"}),
        (Audience.COUNTRY, Audience.MEMBERS, set()),
        (Audience.ORGANISATION, Audience.PUBLIC, set()),
        (Audience.PUBLIC, Audience.MEMBERS, set()),
        (Audience.MEMBERS, Audience.MEMBERS, set()),
    ],
)
def test_may_widen_step_by_step(audience, to, allowed):
    agency = make.organisation()
    viewers = {name: make.viewer_with(name) for name in ROLES if name != "lead"}
    viewers["lead"] = make.viewer_with("lead", agency)
    act = release(audience, to, agency)

    assert {name for name, viewer in viewers.items() if access.may_widen(viewer, act)} == allowed


def test_coordinator_never_releases_own_work():
    coordinator = make.viewer_with("coordinator")
    agency = make.organisation()

    own = release(Audience.SECRETARIAT, Audience.MEMBERS, agency, coordinator.person_id)

    assert access.may_widen(coordinator, own) is False


def test_lead_sends_directly_where_the_member_says_so():
    agency = make.organisation()
    lead = make.viewer_with("lead", agency)
    act = Release(Audience.COUNTRY, Audience.SECRETARIAT, "GEO", agency.pk, is_direct=True)

    assert access.may_widen(lead, act) is True


@pytest.mark.parametrize(
    ("to", "iso3", "expected"),
    [
        (Audience.COUNTRY, "GEO", False), (Audience.SECRETARIAT, "GEO", False),
        (Audience.MEMBERS, "GEO", True), (Audience.MEMBERS, None, False),
        (Audience.PUBLIC, "GEO", True), (Audience.PUBLIC, None, True),
    ],
)  # fmt: skip
def test_which_releases_take_a_consent(to, iso3, expected):
    assert Release(Audience.ORGANISATION, to, iso3).needs_consent is expected
    assert Release(Audience.PUBLIC, to, iso3).needs_consent is False


@pytest.mark.parametrize(("country", "role"), [("GEO", "focal_point"), (None, "coordinator")])
def test_a_release_is_consented_to_by_who_is_asked_and_not_by_its_proposer(country, role):
    proposer, viewers = (
        make.person_with("coordinator"),
        {one: make.viewer_with(one) for one in ROLES},
    )
    row = ReleaseProposal(
        member=make.member(country) if country else None, proposed_by=proposer, state="proposed"
    )
    own = viewer_of(proposer, make.NOON)

    def allowed(rule):
        return {one for one, viewer in viewers.items() if rule(viewer, row)}

    assert allowed(access.may_consent) == allowed(access.may_see_release) == {role}
    assert allowed(access.may_withdraw_release) == set()
    assert (access.may_consent(own, row), access.may_see_release(own, row)) == (False, True)
    assert access.may_withdraw_release(own, row) is True
    row.state = "declined"
    assert allowed(access.may_consent) == set()
    assert allowed(access.may_see_release) == {role}
    assert access.may_withdraw_release(own, row) is False


@pytest.mark.parametrize("role", ROLES)
def test_a_key_is_its_owners_alone(role):
    owner = make.person_with(role)
    key = ApiKey(person=owner)

    assert access.may_keep_key(viewer_of(owner, make.NOON), key) is True
    assert access.may_keep_key(make.viewer_with(role), key) is False
    assert access.may_keep_key(ANONYMOUS, key) is False


def test_every_rule_of_the_room_names_its_roles():
    rules = [rule for rule in REGISTER.values() if rule.name.startswith("members.")]

    assert len(rules) == len(
        [name for name in access.__all__ if name.startswith("may_") and name != "may_see_thing"]
    )
    assert all(rule.roles and rule.sentence for rule in rules)
