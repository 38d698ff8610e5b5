"""Inviting, accepting, withdrawing, repeating, expiring."""

from datetime import timedelta

import pytest
from tests.factories import members as make

from serai.base.access import Denied, Viewer
from serai.base.models import AuditEntry, Message
from serai.members import actions, queries
from serai.members.actions import Introduction, Refused, RoleWanted
from serai.members.models import Grant, Invitation, Person
from serai.members.states import InvitationState, PersonState, Role

pytestmark = pytest.mark.django_db
NOON = make.NOON
ME = Introduction("Nino Sample", "en", "Asia/Tbilisi")


def invite(email="nino@agency.example", **more) -> actions.Invited:
    wanted = more.pop("wanted", None) or RoleWanted(Role.FOCAL_POINT, member=make.member())
    by = more.pop("by", None) or make.viewer_with("coordinator")
    return actions.invite(email=email, wanted=wanted, language="ru", by=by, now=NOON)


def test_invite_writes_a_letter_with_the_link_and_keeps_only_its_hash():
    done = invite("Nino@Agency.example")

    row = Invitation.objects.get()
    assert (row.email, row.state, row.expires_at) == (
        "nino@agency.example", InvitationState.SENT, NOON + timedelta(days=30),
    )  # fmt: skip
    assert row.token_hash == queries.token_hash(done.token) != done.token
    assert row.person.state == PersonState.INVITED
    assert row.person.time_zone == "Asia/Tbilisi"
    assert f"/ru/members/invitation/{done.token}/" in Message.objects.get().text
    assert AuditEntry.objects.filter(verb="invite").count() == 1


@pytest.mark.parametrize("email", ["", "nino", "nino@", "a b@agency.example"])
def test_invite_refuses_what_is_no_address(email):
    with pytest.raises(Refused, match="is not an e-mail address"):
        invite(email)

    assert Person.objects.filter(state=PersonState.INVITED).count() == 0


def test_invite_refuses_who_may_not():
    with pytest.raises(Denied):
        invite(by=make.viewer_with("officer"))


def test_invite_refuses_a_second_open_invitation():
    invite()

    with pytest.raises(Refused, match="Send it again instead"):
        invite()


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (RoleWanted(Role.FOCAL_POINT), "Choose the member"),
        (RoleWanted(Role.PARTNER), "Choose the organisation"),
        (RoleWanted(Role.EXPERT), "Choose the member"),
        (RoleWanted(Role.ADMINISTRATOR, initiatives=("a",)), "Leave them empty"),
        (RoleWanted(Role.OFFICER, until_on=NOON.date() - timedelta(days=1)), "in the past"),
    ],
)
def test_invite_refuses_a_scope_that_does_not_fit(wanted, sentence):
    with pytest.raises(Refused, match=sentence):
        invite(wanted=wanted)


def test_invite_refuses_an_expert_for_more_than_a_year():
    wanted = RoleWanted(
        Role.EXPERT,
        member=make.member(),
        initiatives=("virtual-carec",),
        until_on=NOON.date() + timedelta(days=400),
    )

    with pytest.raises(Refused, match="at most a year"):
        invite(wanted=wanted)


def test_accept_makes_the_account_active_with_its_role():
    done = invite()
    person = done.invitation.person

    grant = actions.accept_invitation(
        invitation=done.invitation,
        introduction=ME,
        by=Viewer(person_id=person.pk),
        now=NOON + timedelta(days=29),
    )

    person.refresh_from_db()
    assert (person.state, person.full_name) == (PersonState.ACTIVE, "Nino Sample")
    assert (grant.role, grant.member.iso3) == (Role.FOCAL_POINT, "GEO")
    assert "country:GEO" in queries.viewer_of(person, NOON + timedelta(days=29)).keys


def test_accept_makes_the_affiliation_of_an_organisation_role():
    agency = make.organisation()
    done = invite(
        wanted=RoleWanted(Role.LEAD, organisation=agency), by=make.viewer_with("focal_point")
    )

    actions.accept_invitation(
        invitation=done.invitation,
        introduction=ME,
        by=Viewer(person_id=done.invitation.person_id),
        now=NOON + timedelta(days=2),
    )

    rows = [(a.organisation, a.from_on) for a in done.invitation.person.affiliations.all()]
    assert rows == [(agency, NOON.date() + timedelta(days=2))]


def test_accept_refuses_another_person():
    done = invite()

    with pytest.raises(Refused, match="Sign in with that address"):
        actions.accept_invitation(
            invitation=done.invitation, introduction=ME, by=make.viewer_with(), now=NOON
        )


@pytest.mark.parametrize(
    ("days", "state", "sentence"),
    [
        (30, InvitationState.SENT, "older than 30 days"),
        (1, InvitationState.WITHDRAWN, "was withdrawn"),
        (1, InvitationState.ACCEPTED, "has been used"),
    ],
)
def test_accept_refuses_a_closed_invitation(days, state, sentence):
    done = invite()
    Invitation.objects.update(state=state)

    with pytest.raises(Refused, match=sentence):
        actions.accept_invitation(
            invitation=done.invitation,
            introduction=ME,
            by=Viewer(person_id=done.invitation.person_id),
            now=NOON + timedelta(days=days),
        )

    assert Grant.objects.filter(person=done.invitation.person).count() == 0


def test_accept_refuses_a_role_whose_last_day_has_passed():
    done = invite()
    Invitation.objects.update(until_on=NOON.date())
    taken = {"invitation": done.invitation, "introduction": ME}
    by = Viewer(person_id=done.invitation.person_id)

    with pytest.raises(Refused, match="last day of this role has passed"):
        actions.accept_invitation(**taken, by=by, now=NOON + timedelta(days=1))
    given = actions.accept_invitation(**taken, by=by, now=NOON)

    assert given.until_on == NOON.date()


def test_withdraw_closes_the_invitation():
    by = make.viewer_with("coordinator")
    done = invite(by=by)

    actions.withdraw_invitation(invitation=done.invitation, by=by, now=NOON)

    assert Invitation.objects.get().state == InvitationState.WITHDRAWN
    with pytest.raises(Denied):
        actions.withdraw_invitation(invitation=Invitation.objects.get(), by=by, now=NOON)


def test_repeat_makes_a_new_link_and_ends_the_old():
    by = make.viewer_with("coordinator")
    first = invite(by=by)

    again = actions.repeat_invitation(
        invitation=first.invitation, by=by, now=NOON + timedelta(days=40)
    )

    row = Invitation.objects.get()
    assert row.token_hash == queries.token_hash(again.token)
    assert queries.state_of(row, NOON + timedelta(days=69)) is InvitationState.SENT


def test_expire_closes_what_is_over():
    invite()

    counts = [actions.expire_invitations(now=NOON + timedelta(days=day)) for day in (29, 30, 31)]

    assert counts == [0, 1, 0]


def test_first_coordinator_comes_from_the_command_line():
    done = actions.invite_first(
        email="first@secretariat.example",
        wanted=RoleWanted(Role.COORDINATOR),
        language="en",
        now=NOON,
    )

    assert (done.invitation.invited_by, done.invitation.role) == (None, Role.COORDINATOR)


# ---------------------------------------------------------------- accounts for a duty
def test_enlist_opens_an_account_without_a_role_and_writes_no_letter():
    place = make.organisation()
    officer = make.viewer_with("officer", "home")

    found = actions.enlist(
        email=" Nino@Agency.example", language="ru", organisation=place, by=officer, now=NOON
    )
    again = actions.enlist(
        email="nino@agency.example", language="en", organisation=None, by=officer, now=NOON
    )

    assert (found.email, found.state, found.language, found.time_zone) == (
        "nino@agency.example", PersonState.INVITED, "ru", "Asia/Tbilisi",
    )  # fmt: skip
    assert [one.organisation for one in found.affiliations.all()] == [place]
    assert (again.pk, found.grants.count(), Message.objects.count()) == (found.pk, 0, 0)
    assert AuditEntry.objects.filter(verb="enlist").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in {"officer", "coordinator"}])
def test_only_officers_enlist(role):
    with pytest.raises(Denied):
        actions.enlist(
            email="nino@agency.example", language="en", organisation=None,
            by=make.viewer_with(role), now=NOON,
        )  # fmt: skip


def test_enlist_refuses_no_address_and_a_closed_account():
    officer = make.viewer_with("officer")
    closed = make.person(state=PersonState.CLOSED)

    for email in ("nino", closed.email):
        with pytest.raises(Refused):
            actions.enlist(email=email, language="en", organisation=None, by=officer, now=NOON)


def test_who_comes_by_an_open_link_gets_an_account_without_a_role_once():
    found = actions.enlist_openly(
        email=" Nino@Agency.example", language="ru", sample=False, now=NOON
    )
    again = actions.enlist_openly(
        email="nino@agency.example", language="en", sample=False, now=NOON
    )
    closed = make.person(state=PersonState.CLOSED)

    with pytest.raises(Refused):
        actions.enlist_openly(email=closed.email, language="en", sample=False, now=NOON)
    assert (found, found.state, found.language) == (again, PersonState.INVITED, "ru")
    assert Grant.objects.count() == 0
    lines = AuditEntry.objects.filter(verb="enlist_openly").values_list("by", "thing")
    assert list(lines) == [(None, f"members.person:{found.pk}")]


def test_take_up_makes_the_account_active_with_a_name():
    person = make.person(full_name="", state=PersonState.INVITED, joined_at=None)
    viewer = Viewer(person_id=person.pk)

    with pytest.raises(Refused, match="Write your name"):
        actions.take_up(full_name=" ", by=viewer, now=NOON)
    actions.take_up(full_name=" Nino Sample ", by=viewer, now=NOON)
    actions.take_up(full_name="Nino S.", by=viewer, now=NOON + timedelta(days=1))

    person.refresh_from_db()
    assert (person.full_name, person.state, person.joined_at) == (
        "Nino S.", PersonState.ACTIVE, NOON,
    )  # fmt: skip
