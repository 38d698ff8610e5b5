"""Roles, audiences, and what may follow what in this room."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a grant makes a person, from the closest to the work to the installation's keeper."""

    PARTICIPANT = "participant"
    CONTRIBUTOR = "contributor"
    LEAD = "lead"
    COMMITTEE = "committee"
    DEPUTY = "deputy"
    FOCAL_POINT = "focal_point"
    PARTNER = "partner"
    EXPERT = "expert"
    OFFICER = "officer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


MEMBER_ROLES = frozenset({Role.FOCAL_POINT, Role.DEPUTY, Role.COMMITTEE})
ORGANISATION_ROLES = frozenset({Role.CONTRIBUTOR, Role.LEAD, Role.PARTNER})
PROGRAMME_ROLES = frozenset({Role.OFFICER, Role.COORDINATOR})
STRONG_ROLES = frozenset({Role.FOCAL_POINT, Role.OFFICER, Role.COORDINATOR, Role.ADMINISTRATOR})
"""Roles that sign in with a passkey or an authenticator, not by a code alone."""

GIVES: Mapping[Role, frozenset[Role]] = {
    Role.COORDINATOR: frozenset(
        {
            Role.COORDINATOR, Role.OFFICER, Role.EXPERT, Role.PARTNER, Role.PARTICIPANT,
            Role.FOCAL_POINT, Role.ADMINISTRATOR, Role.LEAD,
        }
    ),
    Role.FOCAL_POINT: frozenset({Role.DEPUTY, Role.COMMITTEE, Role.LEAD}),
    Role.DEPUTY: frozenset({Role.LEAD}),
    Role.LEAD: frozenset({Role.CONTRIBUTOR}),
}  # fmt: skip
"""Who grants which roles; nobody to themselves. Coordinators name leads of international bodies."""


class Audience(StrEnum):
    """Who reads a thing, from the narrowest to the widest."""

    ORGANISATION = "organisation"
    COUNTRY = "country"
    SECRETARIAT = "secretariat"
    MEMBERS = "members"
    PUBLIC = "public"

    @property
    def width(self) -> int:
        """Return 0 for the narrowest, 4 for the public."""
        return WIDTHS[self]

    def is_wider_than(self, other: "Audience") -> bool:
        """Tell whether more people read this than the other."""
        return self.width > other.width


WIDTHS: Mapping[Audience, int] = {audience: width for width, audience in enumerate(Audience)}


def narrowest(*audiences: Audience) -> Audience:
    """Return the audience a thing derived from all these may have at most."""
    return min(audiences, key=lambda audience: WIDTHS[audience])


class OrganisationKind(StrEnum):
    """What an organisation is; members of government organisations read what members read."""

    GOVERNMENT = "government"
    SECRETARIAT = "secretariat"
    INTERNATIONAL = "international"
    ACADEMIC = "academic"
    COMPANY = "company"
    ASSOCIATION = "association"
    OTHER = "other"


class Clearance(StrEnum):
    """Whose word sends a country's answers to the secretariat."""

    FOCAL_POINT = "focal_point"
    DIRECT = "direct"


class DigestRhythm(StrEnum):
    """How often a person wants the list of what waits."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


class Topic(StrEnum):
    """What letters are about, as "My account" turns them off; the digest by its rhythm."""

    REQUESTS = "requests"
    MEETINGS = "meetings"
    REPORTS = "reports"
    WORK = "work"
    CHANGES = "changes"
    DIGEST = "digest"


# Letters once carried their kind as topic, and the links in them that turn it off never expire.
FORMER_TOPICS: dict[str, Topic] = {
    "request_opened": Topic.REQUESTS,
    "request_reminder": Topic.REQUESTS,
    "meeting_called": Topic.MEETINGS,
    "meeting_changed": Topic.MEETINGS,
    "papers_out": Topic.MEETINGS,
    "minutes_for_agreement": Topic.MEETINGS,
    "action_assigned": Topic.WORK,
    "action_due": Topic.WORK,
    "plan_proposed": Topic.WORK,
    "plan_decided": Topic.WORK,
    "milestone_due": Topic.WORK,
    "risk_review_due": Topic.WORK,
    "flag_ended": Topic.WORK,
}


class Theme(StrEnum):
    """Light, dark, or as the computer says."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class TextSize(StrEnum):
    """The size of text a person reads."""

    NORMAL = "normal"
    LARGE = "large"
    LARGER = "larger"


class PersonState(StrEnum):
    """Where an account stands."""

    INVITED = "invited"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class MemberState(StrEnum):
    """Where a member stands; it is a former one from the day after its last."""

    ACTIVE = "active"
    FORMER = "former"


class OrganisationState(StrEnum):
    """Where an organisation stands."""

    ACTIVE = "active"
    MERGED = "merged"
    CLOSED = "closed"


class GrantState(StrEnum):
    """Where a grant stands; a date ends it too."""

    ACTIVE = "active"
    ENDED = "ended"


class InvitationState(StrEnum):
    """Where an invitation stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class ReleaseState(StrEnum):
    """Where a proposed release stands."""

    PROPOSED = "proposed"
    RELEASED = "released"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class UnlockState(StrEnum):
    """Where an administrator's hour with the content stands."""

    OPEN = "open"
    CLOSED = "closed"


class DataRequestKind(StrEnum):
    """What a person may ask about their own data."""

    COPY = "copy"
    CORRECT = "correct"
    CLOSE = "close"


class DataRequestState(StrEnum):
    """Where a request about one's own data stands."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"


ALLOWED: Mapping[type[StrEnum], Mapping[StrEnum, frozenset[StrEnum]]] = {
    PersonState: {
        PersonState.INVITED: frozenset({PersonState.ACTIVE, PersonState.CLOSED}),
        PersonState.ACTIVE: frozenset({PersonState.PAUSED, PersonState.CLOSED}),
        PersonState.PAUSED: frozenset({PersonState.ACTIVE, PersonState.CLOSED}),
        PersonState.CLOSED: frozenset(),
    },
    MemberState: {
        MemberState.ACTIVE: frozenset({MemberState.FORMER}),
        MemberState.FORMER: frozenset({MemberState.ACTIVE}),
    },
    OrganisationState: {
        OrganisationState.ACTIVE: frozenset({OrganisationState.MERGED, OrganisationState.CLOSED}),
        OrganisationState.MERGED: frozenset(),
        OrganisationState.CLOSED: frozenset({OrganisationState.ACTIVE}),
    },
    GrantState: {
        GrantState.ACTIVE: frozenset({GrantState.ENDED}),
        GrantState.ENDED: frozenset(),
    },
    InvitationState: {
        InvitationState.SENT: frozenset(
            {InvitationState.ACCEPTED, InvitationState.EXPIRED, InvitationState.WITHDRAWN}
        ),
        InvitationState.ACCEPTED: frozenset(),
        InvitationState.EXPIRED: frozenset(),
        InvitationState.WITHDRAWN: frozenset(),
    },
    ReleaseState: {
        ReleaseState.PROPOSED: frozenset(
            {ReleaseState.RELEASED, ReleaseState.DECLINED, ReleaseState.WITHDRAWN}
        ),
        ReleaseState.RELEASED: frozenset(),
        ReleaseState.DECLINED: frozenset(),
        ReleaseState.WITHDRAWN: frozenset(),
    },
    UnlockState: {
        UnlockState.OPEN: frozenset({UnlockState.CLOSED}),
        UnlockState.CLOSED: frozenset(),
    },
    DataRequestState: {
        DataRequestState.ASKED: frozenset({DataRequestState.DONE, DataRequestState.REFUSED}),
        DataRequestState.DONE: frozenset(),
        DataRequestState.REFUSED: frozenset(),
    },
}

OWNER: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    PersonState: {
        PersonState.INVITED: "the invited person",
        PersonState.ACTIVE: "the person, administrator",
        PersonState.PAUSED: "administrator",
        PersonState.CLOSED: "nobody",
    },
    MemberState: {
        MemberState.ACTIVE: "coordinator, then its last day",
        MemberState.FORMER: "coordinator",
    },
    OrganisationState: {
        OrganisationState.ACTIVE: "officer",
        OrganisationState.MERGED: "nobody",
        OrganisationState.CLOSED: "officer",
    },
    GrantState: {
        GrantState.ACTIVE: "who may give the role, or the date",
        GrantState.ENDED: "nobody",
    },
    InvitationState: {
        InvitationState.SENT: "the invited person, who may give the role, or the date",
        InvitationState.ACCEPTED: "nobody",
        InvitationState.EXPIRED: "nobody",
        InvitationState.WITHDRAWN: "nobody",
    },
    ReleaseState: {
        ReleaseState.PROPOSED: "the focal point or a second coordinator; to withdraw, who proposed it",
        ReleaseState.RELEASED: "nobody",
        ReleaseState.DECLINED: "nobody",
        ReleaseState.WITHDRAWN: "nobody",
    },
    UnlockState: {
        UnlockState.OPEN: "administrator, or the hour",
        UnlockState.CLOSED: "nobody",
    },
    DataRequestState: {
        DataRequestState.ASKED: "administrator",
        DataRequestState.DONE: "nobody",
        DataRequestState.REFUSED: "nobody",
    },
}

SAMPLE_SALT = "serai.members.sample"
"""Marks the signed links of sample people; with the installation's own key no other one opens."""
ADDRESS_SALT = "serai.members.address"
"""Marks a person's signed number in a link to the sign-in page, which fills in their address."""
