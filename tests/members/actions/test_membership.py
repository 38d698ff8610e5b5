"""The end of a membership: on its day, before it, after it, and taken back."""

from datetime import timedelta

import pytest
from tests.factories import members as make

from serai.base.access import Denied
from serai.base.models import AuditEntry, Message
from serai.members import actions, queries
from serai.members.actions import OrganisationFacts, Refused, RoleWanted
from serai.members.models import Affiliation, Grant, Invitation, Member
from serai.members.states import GrantState, InvitationState, OrganisationKind, Role

pytestmark = pytest.mark.django_db
NOON = make.NOON
TODAY = NOON.date()
DAY = timedelta(days=1)


def end(member: Member, until_on=TODAY, *, by=None, reason="It left the programme.") -> Member:
    by = by or make.viewer_with("coordinator")
    return actions.end_member(member=member, until_on=until_on, reason=reason, by=by, now=NOON)


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def test_a_last_day_to_come_shortens_roles_and_makes_a_former_member_after_it():
    member = make.member()
    focal, short = make.person_with("focal_point"), make.person_with("deputy")
    lead = make.person_with("lead", make.organisation("Ministry"))
    firm = make.organisation("University", kind=OrganisationKind.ACADEMIC)
    founder, other = make.person_with("lead", firm), make.person_with("focal_point", "UZB")
    Grant.objects.filter(person=short).update(until_on=TODAY + DAY)
    Grant.objects.filter(person=focal).update(warned_at=NOON)
    last = TODAY + 5 * DAY

    end(member, last)

    assert {row.person: row.until_on for row in Grant.objects.exclude(role="coordinator")} == {
        focal: last, short: TODAY + DAY, lead: last, founder: None, other: None,
    }  # fmt: skip
    assert Grant.objects.get(person=focal).warned_at is None
    assert (Member.objects.get(iso3="GEO").state, Message.objects.count()) == ("active", 0)
    assert actions.end_due_members(now=NOON + 5 * DAY) == 0
    assert queries.viewer_of(focal, NOON + 5 * DAY).roles == {"focal_point@GEO"}
    assert queries.viewer_of(focal, NOON + 6 * DAY).roles == set()
    assert actions.end_due_members(now=NOON + 6 * DAY) == 1
    assert Member.objects.get(iso3="GEO").state == "former"
    assert set(Grant.objects.filter(state=GrantState.ENDED).values_list("person", flat=True)) == {
        focal.pk, short.pk, lead.pk,
    }  # fmt: skip
    assert actions.end_due_members(now=NOON + 7 * DAY) == 0


def test_a_last_day_in_the_past_ends_roles_now_and_tells_their_people():
    member, ministry = make.member(), make.organisation("Ministry")
    lead = make.person_with("lead", ministry)
    Affiliation.objects.create(person=lead, organisation=ministry, from_on=TODAY - 9 * DAY)
    coordinator = make.viewer_with("coordinator")

    end(member, TODAY - DAY, by=coordinator)

    row = Member.objects.get(iso3="GEO")
    assert (row.state, row.until_on, row.end_reason) == (
        "former", TODAY - DAY, "It left the programme.",
    )  # fmt: skip
    grant = Grant.objects.get(person=lead)
    assert (grant.state, grant.end_reason, grant.ended_by_id) == (
        "ended", "It left the programme.", coordinator.person_id,
    )  # fmt: skip
    assert Affiliation.objects.get(person=lead).until_on == TODAY
    assert [letter.person_id for letter in Message.objects.order_by("id")] == [lead.pk]
    assert verbs() == ["end_member", "end_grant", "make_former"]
    lines = list(AuditEntry.objects.values_list("before", "after"))
    assert "It left" not in str(lines)


def test_open_invitations_end_at_once_and_cannot_be_sent_again():
    member, by = make.member(), make.viewer_with("coordinator")
    wanted = RoleWanted(Role.FOCAL_POINT, member=member)
    actions.invite(email="a@b.example", wanted=wanted, language="en", by=by, now=NOON)
    late = actions.invite(email="c@b.example", wanted=wanted, language="en", by=by, now=NOON)
    Invitation.objects.filter(pk=late.invitation.pk).update(state=InvitationState.EXPIRED)

    end(member, by=by)

    states = {row.email: row.state for row in Invitation.objects.all()}
    assert states == {"a@b.example": "withdrawn", "c@b.example": "expired"}
    late.invitation.refresh_from_db()
    with pytest.raises(Refused, match="Georgia is a member until 30 June 2021 only"):
        actions.repeat_invitation(invitation=late.invitation, by=by, now=NOON)


def test_roles_are_given_within_the_membership_only():
    member, by = make.member(), make.viewer_with("coordinator")
    ministry = make.organisation("Ministry")
    end(member, TODAY + DAY, by=by)
    member.refresh_from_db()
    focal = RoleWanted(Role.FOCAL_POINT, member=member, until_on=TODAY + DAY)

    given = actions.give_role(person=make.person(), wanted=focal, by=by, now=NOON)
    with pytest.raises(Refused, match="until 1 July 2021 only"):
        actions.give_role(
            person=make.person(),
            wanted=RoleWanted(Role.FOCAL_POINT, member=member),
            by=by,
            now=NOON,
        )
    actions.end_due_members(now=NOON + 2 * DAY)
    ministry.refresh_from_db()

    assert given.until_on == TODAY + DAY
    with pytest.raises(Refused, match="Georgia is no longer a member"):
        actions.check_invitation(
            email="d@b.example", wanted=RoleWanted(Role.CONTRIBUTOR, organisation=ministry),
            by=make.viewer_with("lead", ministry), now=NOON + 2 * DAY,
        )  # fmt: skip
    with pytest.raises(Refused, match="Georgia is no longer a member"):
        actions.add_organisation(
            facts=OrganisationFacts(ministry.names, OrganisationKind.GOVERNMENT, ministry.member),
            by=by, now=NOON + 2 * DAY,
        )  # fmt: skip


def test_an_end_needs_a_coordinator_a_reason_and_is_set_once():
    member, by = make.member(), make.viewer_with("coordinator")

    for role, scope in (("officer", None), ("coordinator", "hub"), ("focal_point", "GEO")):
        with pytest.raises(Denied):
            end(member, by=make.viewer_with(role, scope))
    with pytest.raises(Refused, match="Say why"):
        end(member, by=by, reason="  ")
    end(member, by=by)

    with pytest.raises(Refused, match="set already"):
        end(member, by=by)
    assert verbs().count("end_member") == 1


def test_a_former_member_is_kept_again_unless_its_tile_is_taken():
    member, by = make.member(tile_column=1, tile_row=2), make.viewer_with("coordinator")
    end(member, TODAY - DAY, by=by)
    other = make.member("UZB", tile_column=1, tile_row=2)

    with pytest.raises(Refused, match="column 1, row 2 is taken"):
        actions.keep_member(member=member, by=by, now=NOON)
    Member.objects.filter(pk=other.pk).update(tile_column=2)
    actions.keep_member(member=member, by=by, now=NOON)

    row = Member.objects.get(iso3="GEO")
    assert (row.state, row.until_on, row.end_reason) == (
        "active", None, "It left the programme.",
    )  # fmt: skip
    assert AuditEntry.objects.get(verb="keep_member").before == {
        "until_on": "2021-06-29", "state": "former",
    }  # fmt: skip
    with pytest.raises(Refused, match="has no last day"):
        actions.keep_member(member=member, by=by, now=NOON)
    with pytest.raises(Denied):
        actions.keep_member(member=member, by=make.viewer_with("officer"), now=NOON)
