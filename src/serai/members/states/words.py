"""The states and roles in words: names, and the sentence that helps."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from serai.members.states import (
    Audience,
    Clearance,
    DataRequestKind,
    DataRequestState,
    DigestRhythm,
    InvitationState,
    OrganisationKind,
    OrganisationState,
    PersonState,
    ReleaseState,
    Role,
    TextSize,
    Theme,
    Topic,
)

Choices = Sequence[tuple[str, object]]

ROLE_NAMES: Mapping[str, object] = {
    Role.PARTICIPANT: _("Participant"),
    Role.CONTRIBUTOR: _("Contributor"),
    Role.LEAD: _("Agency lead"),
    Role.COMMITTEE: _("Committee member"),
    Role.DEPUTY: _("Deputy focal point"),
    Role.FOCAL_POINT: _("Country focal point"),
    Role.PARTNER: _("Partner"),
    Role.EXPERT: _("Expert"),
    Role.OFFICER: _("Secretariat officer"),
    Role.COORDINATOR: _("Coordinator"),
    Role.ADMINISTRATOR: _("Administrator"),
}

ROLE_SENTENCES: Mapping[str, object] = {
    Role.PARTICIPANT: _("Takes part in public rounds, calls and votes."),
    Role.CONTRIBUTOR: _("Answers, comments and uploads for an organisation."),
    Role.LEAD: _("Contributes, invites colleagues and sends for the organisation."),
    Role.COMMITTEE: _("Reads what is released to the members; endorses and ranks."),
    Role.DEPUTY: _("Does what the focal point does, but never clears, transmits or consents."),
    Role.FOCAL_POINT: _(
        "Invites the country's organisations, clears and transmits, consents to release."
    ),
    Role.PARTNER: _("Gives its own inputs and reads what is shared with it by name."),
    Role.EXPERT: _(
        "Reads the secretariat's level of the named initiatives and members, for a year at most."
    ),
    Role.OFFICER: _("Runs surveys, rounds, calls and reports."),
    Role.COORDINATOR: _(
        "Does an officer's work, releases and gives roles; never releases own work."
    ),
    Role.ADMINISTRATOR: _("Keeps accounts, settings, jobs, mail and copies; reads no content."),
}

AUDIENCE_NAMES: Mapping[str, object] = {
    Audience.ORGANISATION: _("The organisation alone"),
    Audience.COUNTRY: _("The country"),
    Audience.SECRETARIAT: _("The secretariat"),
    Audience.MEMBERS: _("All members"),
    Audience.PUBLIC: _("Everybody"),
}

AUDIENCE_SENTENCES: Mapping[str, object] = {
    Audience.ORGANISATION: _("People of the organisation that wrote it."),
    Audience.COUNTRY: _("Also the country's focal point and deputies."),
    Audience.SECRETARIAT: _("Also the secretariat and the experts it named for this country."),
    Audience.MEMBERS: _("Also focal points, committees and agencies of every member."),
    Audience.PUBLIC: _("Anybody who opens the site."),
}

KIND_NAMES: Mapping[str, object] = {
    OrganisationKind.GOVERNMENT: _("Government"),
    OrganisationKind.SECRETARIAT: _("Secretariat"),
    OrganisationKind.INTERNATIONAL: _("International organisation"),
    OrganisationKind.ACADEMIC: _("University or institute"),
    OrganisationKind.COMPANY: _("Company"),
    OrganisationKind.ASSOCIATION: _("Association"),
    OrganisationKind.OTHER: _("Other"),
}
KINDS: Choices = [(kind.value, KIND_NAMES[kind]) for kind in OrganisationKind]

PERSON_STATES: Mapping[str, object] = {
    PersonState.INVITED: _("Invited"),
    PersonState.ACTIVE: _("Active"),
    PersonState.PAUSED: _("Paused"),
    PersonState.CLOSED: _("Closed"),
}
PERSON_TONES = {
    PersonState.INVITED: "open", PersonState.ACTIVE: "done",
    PersonState.PAUSED: "attention", PersonState.CLOSED: "open",
}  # fmt: skip

INVITATION_STATES: Mapping[str, object] = {
    InvitationState.SENT: _("Sent"),
    InvitationState.ACCEPTED: _("Accepted"),
    InvitationState.EXPIRED: _("Expired"),
    InvitationState.WITHDRAWN: _("Withdrawn"),
}
INVITATION_TONES = {
    InvitationState.SENT: "part", InvitationState.ACCEPTED: "done",
    InvitationState.EXPIRED: "attention", InvitationState.WITHDRAWN: "open",
}  # fmt: skip

RELEASE_STATES: Mapping[str, object] = {
    ReleaseState.PROPOSED: _("Waits for consent"),
    ReleaseState.RELEASED: _("Released"),
    ReleaseState.DECLINED: _("Declined"),
    ReleaseState.WITHDRAWN: _("Withdrawn"),
}
RELEASE_TONES = {
    ReleaseState.PROPOSED: "part", ReleaseState.RELEASED: "done",
    ReleaseState.DECLINED: "attention", ReleaseState.WITHDRAWN: "open",
}  # fmt: skip

ORGANISATION_STATES: Mapping[str, object] = {
    OrganisationState.ACTIVE: _("Active"),
    OrganisationState.MERGED: _("Merged"),
    OrganisationState.CLOSED: _("Closed"),
}

CLEARANCES: Choices = [
    (Clearance.FOCAL_POINT.value, _("The focal point clears and transmits")),
    (Clearance.DIRECT.value, _("Agency leads send directly")),
]

THEMES: Choices = [
    (Theme.AUTO.value, _("As the computer is set")),
    (Theme.LIGHT.value, _("Light")),
    (Theme.DARK.value, _("Dark")),
]
TEXT_SIZES: Choices = [
    (TextSize.NORMAL.value, _("Normal")),
    (TextSize.LARGE.value, _("Large")),
    (TextSize.LARGER.value, _("Larger")),
]
DIGESTS: Choices = [
    (DigestRhythm.DAILY.value, _("Every working day")),
    (DigestRhythm.WEEKLY.value, _("Every Monday")),
    (DigestRhythm.NEVER.value, _("Never")),
]
TOPICS: Choices = [
    (Topic.REQUESTS.value, _("Requests to my country or organisation")),
    (Topic.MEETINGS.value, _("Meetings and their papers")),
    (Topic.REPORTS.value, _("Reports issued")),
    (Topic.WORK.value, _("Milestones, risks and action items in my care")),
    (Topic.CHANGES.value, _("Changes in who reads my country's things")),
]

DATA_REQUEST_NAMES: Mapping[str, object] = {
    DataRequestKind.COPY: _("A copy of what is kept about me"),
    DataRequestKind.CORRECT: _("A correction"),
    DataRequestKind.CLOSE: _("The end of my account"),
}
DATA_REQUESTS: Choices = [(kind.value, DATA_REQUEST_NAMES[kind]) for kind in DataRequestKind]
DATA_REQUEST_STATES: Mapping[str, object] = {
    DataRequestState.ASKED: _("Asked"),
    DataRequestState.DONE: _("Done"),
    DataRequestState.REFUSED: _("Refused"),
}

METHODS: Mapping[str, object] = {
    "code": _("Code by mail"),
    "webauthn": _("Passkey"),
    "totp": _("Authenticator app"),
    "recovery_codes": _("Recovery code"),
    "socialaccount": _("Sign-in service"),
    "sample": _("Sample sign-in"),
}

# What the house measures of itself, by the reading's name: how it is called, and its fault.
HEALTH_NAMES: Mapping[str, object] = {
    "database": _("Database"),
    "migrations": _("Migrations"),
    "data_folder": _("Data folder"),
    "worker": _("Worker"),
    "jobs": _("Jobs"),
    "mail": _("Outgoing mail"),
    "backup": _("Backup"),
    "seal": _("Seal of the audit"),
    "disk": _("Disk"),
}
HEALTH_FAULTS: Mapping[str, object] = {
    "database": _("The database does not answer."),
    "migrations": _("The tables are not as the program expects. Run ./serai prepare."),
    "data_folder": _("The data folder cannot be written."),
    "worker": _("No worker was seen for a minute."),
    "jobs": _("A background job has waited for more than five minutes."),
    "mail": _("A letter has waited for more than a quarter of an hour."),
    "backup": _("The latest back-up is older than 26 hours, or there is none."),
    "seal": _("The audit was not sealed for more than five minutes."),
    "disk": _("Less than a tenth of the disk is free."),
}
