"""Each rule by role, allowed and refused; and what each viewer reads."""

from dataclasses import dataclass, replace
from functools import partial

import pytest
from tests.factories import members as make

from serai.base.access import ANONYMOUS, REGISTER, Viewer
from serai.base.models import ApiKey
from serai.members import access
from serai.members.access import Offer, Release
from serai.members.models import (
    DataRequest,
    Invitation,
    Organisation,
    Person,
    ReleaseProposal,
    Share,
    Unlock,
)
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
    access.may_end_member: {"coordinator"},
    access.may_see_organisations: {
        *OFFICERS, *COUNTRY, "committee", "lead", "contributor", "administrator",
    },
    access.may_add_organisation: OFFICERS | COUNTRY,
    access.may_keep_organisations: OFFICERS,
    access.may_import: OFFICERS,
    access.may_enlist: OFFICERS,
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
def test_nobody_consents_to_their_own_release(country, role):
    proposer = make.person_with(role)
    own = viewer_of(proposer, make.NOON)
    row = ReleaseProposal(
        member=make.member(country) if country else None, proposed_by=proposer, state="proposed"
    )

    assert access.may_consent(own, row) is False
    assert access.may_see_release(own, row) is True


@pytest.mark.parametrize("role", ROLES)
def test_a_key_is_its_owners_alone(role):
    owner = make.person_with(role)
    key = ApiKey(person=owner)

    assert access.may_keep_key(viewer_of(owner, make.NOON), key) is True
    assert access.may_keep_key(make.viewer_with(role), key) is False
    assert access.may_keep_key(ANONYMOUS, key) is False


# ---------------------------------------------------------------- every rule by role
HERE = "virtual-carec"


@dataclass
class World:
    """Georgia with its agency, somebody whose own things are asked about, and a viewer of each kind."""

    agency: Organisation
    owner: Person
    viewers: dict[str, Viewer]

    def who(self, rule, *things) -> set[str]:
        """Return the names of the viewers a rule admits."""
        return {name for name, viewer in self.viewers.items() if rule(viewer, *things)}

    def offer(self, role: str) -> Offer:
        """A role about to be given in Georgia, its agency or the initiative."""
        iso3 = "GEO" if role in COUNTRY else None
        place = self.agency if role in {"lead", "contributor"} else None
        return Offer(
            Role(role), iso3, place and place.pk, place and "GEO", (HERE,) if role == "officer" else ()
        )  # fmt: skip

    def grant(self, role: str, **fields):
        """The owner's role, in the scope of `offer`."""
        wanted = self.offer(role)
        return make.grant(
            role, to=self.owner, member=make.member() if wanted.iso3 else None,
            organisation=self.agency if wanted.organisation_id else None,
            initiatives=wanted.initiatives, **fields,
        )  # fmt: skip

    def invitation(self, role: str, state: str) -> Invitation:
        """An invitation to a role, in the scope of `offer`."""
        wanted = self.offer(role)
        return Invitation(
            role=role, state=state, member=make.member() if wanted.iso3 else None,
            organisation=self.agency if wanted.organisation_id else None,
            initiatives=list(wanted.initiatives),
        )  # fmt: skip

    def unlocked(self) -> None:
        """Let the administrator stand in an open unlock."""
        viewer = self.viewers["administrator"]
        keys = viewer.keys | {access.UNLOCKED}
        self.viewers["administrator"] = replace(viewer, keys=keys)

    def release(self, audience: str, to: str) -> Release:
        """A thing of the agency about to be read by others."""
        return release(Audience(audience), Audience(to), self.agency)

    def proposal(self, country: str | None, state: str = "proposed") -> ReleaseProposal:
        """A release the owner has proposed: of a country's thing, else of the initiative's."""
        return ReleaseProposal(
            member=make.member(country) if country else None, initiative=HERE,
            proposed_by=self.owner, state=state,
        )  # fmt: skip

    def shared(self) -> Share:
        """Something of Georgia that the owner shows by name."""
        return Share(shared_by=self.owner, member=make.member())

    def closed(self) -> Organisation:
        """The agency, merged into another one."""
        self.agency.state = "merged"
        return self.agency


@pytest.fixture
def world():
    agency, owner = make.organisation(), make.person()
    abroad = make.organisation(country="UZB")
    alone = (
        "officer", "coordinator", "focal_point", "deputy", "committee", "expert", "partner",
        "participant", "administrator",
    )  # fmt: skip
    viewers = {name: make.viewer_with(name) for name in alone}
    viewers |= {name: make.viewer_with(name, agency) for name in ("lead", "contributor")}
    return World(agency, owner, viewers | {
        "owner": viewer_of(owner, make.NOON),
        "nobody": make.viewer_with(),
        "visitor": ANONYMOUS,
        "own coordinator": make.viewer_with("coordinator", HERE),
        "other coordinator": make.viewer_with("coordinator", "startup-hub"),
        "other focal point": make.viewer_with("focal_point", "UZB"),
        "other lead": make.viewer_with("lead", abroad),
    })  # fmt: skip


COORDINATORS = {"coordinator", "own coordinator", "other coordinator"}
LEADS, FOCALS = {"lead", "other lead"}, {"focal_point", "deputy", "other focal point"}
GIVERS = {*COORDINATORS, *FOCALS, *LEADS}
READERS = {*GIVERS, "officer", "committee", "contributor", "administrator"}
SIGNED_IN = {*READERS, "expert", "partner", "participant", "owner", "nobody"}
GIVERS_OF = {
    "contributor": {"lead"}, "lead": COUNTRY, "deputy": {"focal_point"},
    "officer": {"coordinator", "own coordinator"},
}  # fmt: skip


def of_each_role(rule, make_thing, *also: str) -> list[tuple[object, ...]]:
    """Return a row for each role that can be given: who gives it."""
    return [
        (rule, partial(make_thing, role=role), {*givers, *also})
        for role, givers in GIVERS_OF.items()
    ]


# rule, things it is asked about, who is admitted
CASES = [
    (access.may_invite, None, GIVERS),
    *of_each_role(access.may_give, World.offer),
    (access.may_invite_to, lambda w: w.owner, GIVERS),
    (access.may_invite_to, lambda w: make.person(state="paused"), set()),
    *of_each_role(access.may_end_grant, World.grant, "owner"),
    (access.may_end_grant, lambda w: w.grant("lead", state="ended", ended_at=make.NOON), set()),
    *of_each_role(access.may_withdraw_invitation, partial(World.invitation, state="sent")),
    (access.may_withdraw_invitation, lambda w: w.invitation("lead", "expired"), set()),
    *of_each_role(access.may_repeat_invitation, partial(World.invitation, state="expired")),
    (access.may_repeat_invitation, lambda w: w.invitation("lead", "withdrawn"), set()),
    (access.may_see_people, None, {*GIVERS, "officer", "administrator"}),
    (access.may_see_people, lambda w: w.owner, {*GIVERS, "officer", "administrator", "owner"}),
    (access.may_keep_own_account, None, SIGNED_IN),
    (access.may_keep_accounts, lambda w: w.owner, {"administrator"}),
    (access.may_keep_accounts, lambda w: make.person(state="closed"), set()),
    (access.may_read_own_copy, lambda w: DataRequest(person=w.owner), {"owner"}),
    (access.may_keep_key, lambda w: ApiKey(person=w.owner), {"owner"}),
    (access.may_answer_data_request, lambda w: DataRequest(person=w.owner), {"administrator"}),
    (access.may_unlock, None, {"administrator"}),
    (access.may_open_bench, None, set()),
    (access.may_open_bench, World.unlocked, {"administrator"}),
    (access.may_see_unlocks, None, {"administrator", "coordinator"}),
    (access.may_close_unlock, lambda w: Unlock(administrator=w.owner), {"owner", "coordinator"}),
    (access.may_edit_member, lambda w: make.member(), {"coordinator"}),
    (access.may_end_member, lambda w: make.member(), {"coordinator"}),
    (access.may_see_organisations, None, READERS),
    (access.may_add_organisation, None, {"officer", *COORDINATORS, *FOCALS}),
    (access.may_edit_organisation, lambda w: w.agency, {"officer", *COORDINATORS, *COUNTRY}),
    (access.may_edit_organisation, World.closed, set()),
    (access.may_keep_organisations, lambda w: w.agency, {"officer", "coordinator"}),
    (access.may_keep_organisations, World.closed, set()),
    (access.may_import, None, {"officer", "coordinator"}),
    (access.may_enlist, None, {*OFFICERS, "own coordinator", "other coordinator"}),
    (access.may_see_audiences, lambda w: make.member(), COUNTRY),
    (access.may_widen, lambda w: w.release("organisation", "country"), {"lead"}),
    (access.may_widen, lambda w: w.release("country", "secretariat"), {"focal_point"}),
    (access.may_widen, lambda w: w.release("secretariat", "members"),
     {"coordinator", "own coordinator"}),
    (access.may_consent, lambda w: w.proposal("GEO"), {"focal_point"}),
    (access.may_consent, lambda w: w.proposal(None), {"coordinator", "own coordinator"}),
    (access.may_consent, lambda w: w.proposal("GEO", "declined"), set()),
    (access.may_see_release, lambda w: w.proposal("GEO", "declined"), {"focal_point", "owner"}),
    (access.may_see_release, lambda w: w.proposal(None), {"coordinator", "own coordinator", "owner"}),
    (access.may_withdraw_release, lambda w: w.proposal("GEO"), {"owner"}),
    (access.may_withdraw_release, lambda w: w.proposal("GEO", "declined"), set()),
    (access.may_narrow, lambda w: w.release("members", "secretariat"),
     {"lead", "focal_point", "coordinator", "own coordinator"}),
    (access.may_narrow, lambda w: w.release("secretariat", "members"), set()),
    (access.may_share, lambda w: w.release("country", "country"), {"lead", "focal_point"}),
    (access.may_share, lambda w: Release(Audience.SECRETARIAT, Audience.SECRETARIAT, initiative=HERE),
     {"coordinator", "own coordinator"}),
    (access.may_end_share, World.shared, {"owner", "focal_point"}),
]  # fmt: skip


def name_of(case: object) -> str:
    return getattr(case, "__name__", "")


@pytest.mark.parametrize(("rule", "thing", "allowed"), CASES, ids=name_of)
def test_rule_admits_exactly(world, rule, thing, allowed):
    things = () if thing is None else (thing(world),)

    assert world.who(rule, *things) == allowed


def test_every_rule_of_the_room_has_a_row():
    rules = {rule.decide for name, rule in REGISTER.items() if name.startswith("members.")}

    assert {rule for rule, _, _ in CASES} == rules


@pytest.mark.parametrize("rule", sorted({case[0] for case in CASES}, key=name_of), ids=name_of)
def test_the_drawn_roles_are_those_the_rule_admits(rule):
    """A rule that names roles alone admits each of them somewhere, and no other anywhere."""
    drawn = set(REGISTER[f"members.{rule.__name__}"].roles)
    admitted = set().union(*(allowed for one, _, allowed in CASES if one is rule)) & set(ROLES)

    assert drawn & set(ROLES) <= admitted
    if "signed-in" not in drawn:
        assert admitted == drawn - {"owner"}


def test_every_rule_of_the_room_names_its_roles():
    rules = [rule for rule in REGISTER.values() if rule.name.startswith("members.")]

    assert len(rules) == len(
        [name for name in access.__all__ if name.startswith("may_") and name != "may_see_thing"]
    )
    assert all(rule.roles and rule.sentence for rule in rules)
