"""Who may do what among members, organisations and people."""

from dataclasses import dataclass

from serai.base.access import Viewer, rule
from serai.base.models import ApiKey
from serai.members.access.reading import (
    MEMBERS,
    UNLOCKED,
    acts_for_country,
    is_administrator,
    is_coordinator,
    is_focal_point,
    is_lead,
    is_officer,
    is_programme_coordinator,
    is_programme_officer,
    organisation_key,
)
from serai.members.models import (
    DataRequest,
    Grant,
    Invitation,
    Member,
    Organisation,
    Person,
    ReleaseProposal,
    Share,
    Unlock,
)
from serai.members.states import (
    GIVES,
    Audience,
    GrantState,
    InvitationState,
    OrganisationState,
    PersonState,
    ReleaseState,
    Role,
)


# ---------------------------------------------------------------- rules: people and grants
@dataclass(frozen=True)
class Offer:
    """A role about to be given: what it is, where, and to whom (None: not known yet)."""

    role: Role
    iso3: str | None = None
    organisation_id: int | None = None
    organisation_iso3: str | None = None
    initiatives: tuple[str, ...] = ()
    person_id: int | None = None

    @classmethod
    def of(cls, row: Grant | Invitation) -> "Offer":
        """Read a grant or an invitation as an offer."""
        return cls(
            role=Role(row.role),
            iso3=row.member.iso3 if row.member else None,
            organisation_id=row.organisation_id,
            organisation_iso3=_iso3_of(row.organisation) if row.organisation else None,
            initiatives=tuple(row.initiatives),
            person_id=row.person_id,
        )


def _iso3_of(organisation: Organisation) -> str | None:
    return organisation.member.iso3 if organisation.member else None


@rule("Invite somebody", roles=("coordinator", "focal_point", "deputy", "lead"))
def may_invite(viewer: Viewer) -> bool:
    return viewer.holds_any(sorted(GIVES))


@rule(
    "Give a role: coordinators programme roles and focal points, focal points deputy, committee "
    "and lead, deputies lead, leads contributor; nobody to themselves",
    roles=("coordinator", "focal_point", "deputy", "lead"),
)
def may_give(viewer: Viewer, offer: Offer) -> bool:
    if viewer.person_id is None or offer.person_id == viewer.person_id:
        return False
    return (
        _gives_as_coordinator(viewer, offer)
        or _gives_as_country(viewer, offer)
        or (
            offer.role in GIVES[Role.LEAD]
            and offer.organisation_id is not None
            and is_lead(viewer, offer.organisation_id)
        )
    )


def _gives_as_coordinator(viewer: Viewer, offer: Offer) -> bool:
    if offer.role not in GIVES[Role.COORDINATOR]:
        return False
    if offer.role is Role.LEAD and offer.organisation_iso3:
        return False
    if is_programme_coordinator(viewer):
        return True
    scopes = viewer.scopes(Role.COORDINATOR)
    local = {Role.OFFICER, Role.EXPERT, Role.PARTNER}
    return offer.role in local and bool(offer.initiatives) and scopes.issuperset(offer.initiatives)


def _gives_as_country(viewer: Viewer, offer: Offer) -> bool:
    iso3 = offer.organisation_iso3 if offer.role is Role.LEAD else offer.iso3
    if not iso3:
        return False
    return any(
        offer.role in GIVES[role] and viewer.holds(role, iso3)
        for role in (Role.FOCAL_POINT, Role.DEPUTY)
    )


@rule(
    "Give some role to a person one looks after",
    roles=("coordinator", "focal_point", "deputy", "lead"),
)
def may_invite_to(viewer: Viewer, person: Person) -> bool:
    is_other = person.pk != viewer.person_id and person.state == PersonState.ACTIVE
    return is_other and may_invite(viewer)


@rule("End a grant", roles=("coordinator", "focal_point", "deputy", "lead", "owner"))
def may_end_grant(viewer: Viewer, grant: Grant) -> bool:
    if grant.state != GrantState.ACTIVE:
        return False
    return grant.person_id == viewer.person_id or may_give(viewer, Offer.of(grant))


@rule("Withdraw an invitation", roles=("coordinator", "focal_point", "deputy", "lead"))
def may_withdraw_invitation(viewer: Viewer, invitation: Invitation) -> bool:
    return invitation.state == InvitationState.SENT and may_give(viewer, Offer.of(invitation))


@rule("Send an invitation again", roles=("coordinator", "focal_point", "deputy", "lead"))
def may_repeat_invitation(viewer: Viewer, invitation: Invitation) -> bool:
    open_states = {InvitationState.SENT, InvitationState.EXPIRED}
    return invitation.state in open_states and may_give(viewer, Offer.of(invitation))


@rule(
    "Open an account without a role, for whoever is asked to answer a survey",
    roles=("officer", "coordinator"),
)
def may_enlist(viewer: Viewer) -> bool:
    """Admit officers: the duty itself is given, and written to them, by the room that has it."""
    return is_officer(viewer)


PEOPLE_ROLES = ("officer", "coordinator", "administrator", "focal_point", "deputy", "lead")


@rule("See the people of one's scope", roles=PEOPLE_ROLES)
def may_see_people(viewer: Viewer, person: Person | None = None) -> bool:
    if person is not None and person.pk == viewer.person_id:
        return True
    return viewer.holds_any(PEOPLE_ROLES)


@rule("Keep one's own account", roles=("signed-in",))
def may_keep_own_account(viewer: Viewer, thing: object = None) -> bool:  # noqa: ARG001
    return viewer.is_signed_in


@rule("Pause, resume or close an account", roles=("administrator",))
def may_keep_accounts(viewer: Viewer, person: Person | None = None) -> bool:
    if person is None:
        return is_administrator(viewer)
    if person.pk == viewer.person_id or person.state == PersonState.CLOSED:
        return False
    return is_administrator(viewer)


@rule("Read the copy of one's own data", roles=("owner",))
def may_read_own_copy(viewer: Viewer, request: DataRequest) -> bool:
    return viewer.person_id is not None and request.person_id == viewer.person_id


@rule("Revoke a key of one's own", roles=("owner",))
def may_keep_key(viewer: Viewer, key: ApiKey) -> bool:
    return viewer.person_id is not None and key.person_id == viewer.person_id


@rule("Answer a request about one's own data", roles=("administrator",))
def may_answer_data_request(viewer: Viewer, request: DataRequest) -> bool:
    return is_administrator(viewer) and request.person_id != viewer.person_id


@rule("Open the content to an administrator for at most an hour", roles=("administrator",))
def may_unlock(viewer: Viewer) -> bool:
    return is_administrator(viewer)


@rule("Stand at the repair bench, within an open unlock", roles=("administrator",))
def may_open_bench(viewer: Viewer, thing: object = None) -> bool:  # noqa: ARG001
    return is_administrator(viewer) and UNLOCKED in viewer.keys


@rule("See who opened the content", roles=("administrator", "coordinator"))
def may_see_unlocks(viewer: Viewer) -> bool:
    return is_administrator(viewer) or is_programme_coordinator(viewer)


@rule("Close an unlock", roles=("owner", "coordinator"))
def may_close_unlock(viewer: Viewer, unlock: Unlock) -> bool:
    return unlock.administrator_id == viewer.person_id or is_programme_coordinator(viewer)


# ---------------------------------------------------------------- rules: members, organisations
@rule("Change a member's facts", roles=("coordinator",))
def may_edit_member(viewer: Viewer, member: object = None) -> bool:  # noqa: ARG001
    return is_programme_coordinator(viewer)


@rule("Set the last day of a membership, or take it back", roles=("coordinator",))
def may_end_member(viewer: Viewer, member: object = None) -> bool:  # noqa: ARG001
    return is_programme_coordinator(viewer)


ORGANISATION_READERS = (
    "contributor", "lead", "focal_point", "deputy", "committee", "officer", "coordinator",
    "administrator",
)  # fmt: skip


@rule("See the list of organisations", roles=ORGANISATION_READERS)
def may_see_organisations(viewer: Viewer, organisation: Organisation | None = None) -> bool:
    if organisation is not None and organisation_key(organisation.pk) in viewer.keys:
        return True
    return MEMBERS in viewer.keys or viewer.holds_any(ORGANISATION_READERS)


@rule("Enter a new organisation", roles=("officer", "coordinator", "focal_point", "deputy"))
def may_add_organisation(viewer: Viewer) -> bool:
    return is_officer(viewer) or acts_for_country(viewer)


@rule("Change an organisation", roles=("officer", "coordinator", "focal_point", "deputy"))
def may_edit_organisation(viewer: Viewer, organisation: Organisation) -> bool:
    if organisation.state != OrganisationState.ACTIVE:
        return False
    iso3 = _iso3_of(organisation)
    return is_officer(viewer) or (iso3 is not None and acts_for_country(viewer, iso3))


@rule("Merge, close or reopen an organisation", roles=("officer", "coordinator"))
def may_keep_organisations(viewer: Viewer, organisation: Organisation | None = None) -> bool:
    if organisation is not None and organisation.state == OrganisationState.MERGED:
        return False
    return is_programme_officer(viewer)


@rule("Import organisations", roles=("officer", "coordinator"))
def may_import(viewer: Viewer) -> bool:
    return is_programme_officer(viewer)


# ---------------------------------------------------------------- rules: audiences
@dataclass(frozen=True)
class Release:
    """A thing about to be shown to a wider audience, or taken back to a narrower one."""

    audience: Audience
    to: Audience
    iso3: str | None = None
    organisation_id: int | None = None
    initiative: str | None = None
    author_id: int | None = None
    is_direct: bool = False

    @property
    def needs_consent(self) -> bool:
        """Tell whether it waits for another's word: to the public; to the members, a country's own."""
        if not self.to.is_wider_than(self.audience):
            return False
        is_national = self.iso3 is not None and self.to is Audience.MEMBERS
        return is_national or self.to is Audience.PUBLIC


@rule("See who reads what of one's country", roles=("focal_point", "deputy"))
def may_see_audiences(viewer: Viewer, member: Member) -> bool:
    return acts_for_country(viewer, member.iso3)


@rule(
    "Let a wider audience read: to the country its lead, to the secretariat the focal point, "
    "to the members and the public a coordinator who is not the author",
    roles=("lead", "focal_point", "coordinator"),
)
def may_widen(viewer: Viewer, release: Release) -> bool:
    if not release.to.is_wider_than(release.audience):
        return False
    leads = release.organisation_id is not None and is_lead(viewer, release.organisation_id)
    if release.to is Audience.COUNTRY:
        return leads
    if release.to is Audience.SECRETARIAT:
        focal = release.iso3 is not None and is_focal_point(viewer, release.iso3)
        return focal or (release.is_direct and leads)
    if release.audience.width < Audience.SECRETARIAT.width:
        return False
    return is_coordinator(viewer, release.initiative or "") and (
        release.author_id != viewer.person_id
    )


def _is_asked(viewer: Viewer, proposal: ReleaseProposal) -> bool:
    if viewer.person_id is None or viewer.person_id == proposal.proposed_by_id:
        return False
    if proposal.member is not None:
        return is_focal_point(viewer, proposal.member.iso3)
    return is_coordinator(viewer, proposal.initiative)


@rule(
    "Consent to a proposed release, or decline it: of a country's thing its focal point, else a "
    "second coordinator; nobody to their own",
    roles=("focal_point", "coordinator"),
)
def may_consent(viewer: Viewer, proposal: ReleaseProposal) -> bool:
    return proposal.state == ReleaseState.PROPOSED and _is_asked(viewer, proposal)


@rule("See a proposed release", roles=("focal_point", "coordinator", "owner"))
def may_see_release(viewer: Viewer, proposal: ReleaseProposal) -> bool:
    is_own = viewer.person_id is not None and viewer.person_id == proposal.proposed_by_id
    return is_own or _is_asked(viewer, proposal)


@rule("Withdraw a release one has proposed", roles=("owner",))
def may_withdraw_release(viewer: Viewer, proposal: ReleaseProposal) -> bool:
    is_own = viewer.person_id is not None and viewer.person_id == proposal.proposed_by_id
    return is_own and proposal.state == ReleaseState.PROPOSED


@rule("Take a thing back to a narrower audience", roles=("lead", "focal_point", "coordinator"))
def may_narrow(viewer: Viewer, release: Release) -> bool:
    if not release.audience.is_wider_than(release.to):
        return False
    return (
        (release.organisation_id is not None and is_lead(viewer, release.organisation_id))
        or (release.iso3 is not None and is_focal_point(viewer, release.iso3))
        or is_coordinator(viewer, release.initiative or "")
    )


@rule("Share one thing by name", roles=("lead", "focal_point", "coordinator"))
def may_share(viewer: Viewer, release: Release) -> bool:
    if release.organisation_id is not None and is_lead(viewer, release.organisation_id):
        return True
    if release.iso3 is not None:
        return is_focal_point(viewer, release.iso3)
    return is_coordinator(viewer, release.initiative or "")


@rule("Stop sharing a thing by name", roles=("focal_point", "owner"))
def may_end_share(viewer: Viewer, share: Share) -> bool:
    if viewer.person_id is not None and share.shared_by_id == viewer.person_id:
        return True
    return share.member is not None and is_focal_point(viewer, share.member.iso3)
