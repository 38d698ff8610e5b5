"""Who gets which letter: builders of messages in the reader's language, with links, never values."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse

from serai.base.health.readings import Reading
from serai.base.mail import Message
from serai.base.mail.topics import ALWAYS
from serai.members import queries
from serai.members.access import may_see_unlocks
from serai.members.queries import (
    DeviceFound,
    DigestFound,
    GrantFound,
    InvitationFound,
    MemberFound,
    OwnRequest,
    PersonFound,
    ProposalFound,
    ReleaseFound,
    UnlockFound,
)
from serai.members.states import ReleaseState, Role, Topic
from serai.members.states.words import (
    AUDIENCE_NAMES,
    DATA_REQUEST_NAMES,
    HEALTH_FAULTS,
    HEALTH_NAMES,
    ROLE_NAMES,
    ROLE_SENTENCES,
)

# What turns off each letter. Who signs in, and what roles give and take, is a matter of security;
# consent and what is kept about a person are their rights; an alarm is an administrator's duty.
TOPICS = {
    "sign_in_code": ALWAYS,
    "new_device": ALWAYS,
    "security_changed": ALWAYS,
    "unlock_opened": ALWAYS,
    "invitation": ALWAYS,
    "grant_given": ALWAYS,
    "grant_ending": ALWAYS,
    "grant_ended": ALWAYS,
    "release_proposed": ALWAYS,
    "release_answered": ALWAYS,
    "data_copy_ready": ALWAYS,
    "data_request_answered": ALWAYS,
    "health_alarm": ALWAYS,
    "audience_changed": Topic.CHANGES,
    "digest": Topic.DIGEST,
    "reminders": Topic.WORK,
}


def _letter(
    name: str,
    person: PersonFound,
    *,
    key: str,
    page: str,
    arguments: Sequence[object] = (),
    language: str = "",
    secret: str = "",
    facts: Mapping[str, object] | None = None,
) -> Message:
    """Return one letter; its key makes it one."""
    return Message(
        key=f"members.{name}:{key}",
        template=f"members/email/{name}",
        facts={**(facts or {}), "person": person},
        person_id=person.pk,
        language=language,
        thing=f"members.person:{person.pk}",
        link=_path(page, arguments),
        secret=secret,
        sample=person.sample,
    )


def _path(page: str, arguments: Sequence[object]) -> str:
    """Return a page's address from the language on; the letter puts the reader's own before it."""
    _empty, _language, rest = reverse(page, args=list(arguments)).split("/", 2)
    return f"/{rest}"


def _role(row: GrantFound | InvitationFound) -> dict[str, object]:
    """Return a role's name, sentence and place for a letter."""
    return {
        "role": ROLE_NAMES[row.role],
        "role_sentence": ROLE_SENTENCES[row.role],
        "place": queries.place_of(row),
        "initiatives": ", ".join(row.initiatives),
    }


def invitation(row: InvitationFound, token: str) -> list[Message]:
    """Write the letter with the link."""
    return [
        _letter(
            "invitation",
            row.person,
            key=row.token_hash[:24],
            page="members:accept_invitation",
            arguments=[token],
            language=row.language,
            facts={"inviter": row.invited_by, "expires_at": row.expires_at, **_role(row)},
        )
    ]


def sign_in_code(person: PersonFound, code: str, now: datetime) -> list[Message]:
    """Write the code of a sign-in; the one letter that carries a value."""
    return [
        _letter(
            "sign_in_code",
            person,
            key=f"{person.pk}:{now.isoformat()}",
            page="members:sign_in_code",
            secret=code,
            facts={"code": code},
        )
    ]


def new_device(person: PersonFound, device: DeviceFound, now: datetime) -> list[Message]:
    """Tell of a sign-in from a browser not seen before."""
    return [
        _letter(
            "new_device",
            person,
            key=str(device.pk),
            page="members:me",
            facts={"label": device.label, "at": now},
        )
    ]


def security_changed(person: PersonFound, verb: str, now: datetime) -> list[Message]:
    """Tell of a new or removed passkey, app, set of recovery codes or key of the API."""
    return [
        _letter(
            "security_changed",
            person,
            key=f"{person.pk}:{verb}:{now.isoformat()}",
            page="members:security",
            facts={"verb": verb, "at": now},
        )
    ]


def health_alarm(person: PersonFound, changed: Sequence[Reading], now: datetime) -> list[Message]:
    """Tell an administrator what has turned bad in the house, and what is well again."""
    return [
        _letter(
            "health_alarm",
            person,
            key=f"{person.pk}:{now.isoformat()}",
            page="home:status",
            facts={
                "faults": [HEALTH_FAULTS[one.name] for one in changed if not one.is_well],
                "mended": [HEALTH_NAMES[one.name] for one in changed if one.is_well],
            },
        )
    ]


def grant_given(row: GrantFound) -> list[Message]:
    """Tell a person of a new role."""
    return [
        _letter(
            "grant_given",
            row.person,
            key=str(row.pk),
            page="members:me",
            facts={
                "giver": row.given_by,
                "until_on": row.until_on,
                "reason": row.reason,
                **_role(row),
            },
        )
    ]


def grant_ended(row: GrantFound) -> list[Message]:
    """Tell a person that a role has ended."""
    return [
        _letter(
            "grant_ended",
            row.person,
            key=str(row.pk),
            page="members:me",
            facts={"reason": row.end_reason, **_role(row)},
        )
    ]


def grant_ending(row: GrantFound, now: datetime) -> list[Message]:
    """Warn a person, and the giver while they may still give it, 14 days before a role ends."""
    people = [row.person, *queries.giver_still(row, now)]
    return [
        _letter(
            "grant_ending",
            reader,
            key=f"{row.pk}:{reader.pk}",
            page="members:me" if reader.pk == row.person_id else "members:grants",
            facts={
                "holder": row.person,
                "is_own": reader.pk == row.person_id,
                "until_on": row.until_on,
                **_role(row),
            },
        )
        for reader in people
    ]


def unlock_opened(row: UnlockFound, now: datetime) -> list[Message]:
    """Tell coordinators and focal points that an administrator opened the content."""
    told = {
        person.pk: person
        for role in (Role.COORDINATOR, Role.FOCAL_POINT)
        for person in queries.people_with_role(role, now)
    }
    return [
        _letter(
            "unlock_opened",
            person,
            key=f"{row.pk}:{person.pk}",
            page="members:unlock"
            if may_see_unlocks(queries.viewer_of(person, now))
            else "home:page",
            facts={
                "administrator": row.administrator,
                "reason": row.reason,
                "scope": row.scope,
                "until_at": row.until_at,
            },
        )
        for person in told.values()
        if person.pk != row.administrator_id
    ]


def audience_changed(row: ReleaseFound, member: MemberFound, now: datetime) -> list[Message]:
    """Tell a country's focal points and deputies who reads one of its things now."""
    people = [
        person
        for role in (Role.FOCAL_POINT, Role.DEPUTY)
        for person in queries.people_with_role(role, now, iso3=member.iso3)
    ]
    return [
        _letter(
            "audience_changed",
            person,
            key=f"{row.pk}:{person.pk}",
            page="members:audience",
            arguments=[member.iso3],
            facts={
                "before": AUDIENCE_NAMES[row.from_audience],
                "after": AUDIENCE_NAMES[row.to_audience],
            },
        )
        for person in {one.pk: one for one in people}.values()
        if person.pk not in {row.by_id, row.consent_by_id}
    ]


def release_proposed(row: ProposalFound, person: PersonFound) -> Message:
    """Ask one who may consent to a release."""
    return _letter(
        "release_proposed",
        person,
        key=f"{row.pk}:{person.pk}",
        page=queries.release_page(row.thing),
        arguments=[row.public_id],
        facts={
            "proposer": row.proposed_by,
            "before": AUDIENCE_NAMES[row.from_audience],
            "after": AUDIENCE_NAMES[row.to_audience],
        },
    )


def release_answered(row: ProposalFound) -> list[Message]:
    """Tell who proposed a release that it was consented to or declined."""
    return [
        _letter(
            "release_answered",
            row.proposed_by,
            key=str(row.pk),
            page=queries.release_page(row.thing),
            arguments=[row.public_id],
            facts={"is_released": row.state == ReleaseState.RELEASED, "by": row.closed_by},
        )
    ]


def data_copy_ready(row: OwnRequest) -> list[Message]:
    """Tell a person that the copy of their data can be downloaded."""
    return [_letter("data_copy_ready", row.person, key=str(row.pk), page="members:data")]


def data_request_answered(row: OwnRequest) -> list[Message]:
    """Tell a person how their request about their data was answered."""
    return [
        _letter(
            "data_request_answered",
            row.person,
            key=str(row.pk),
            page="members:data",
            facts={"kind": DATA_REQUEST_NAMES[row.kind], "state": row.state, "answer": row.answer},
        )
    ]


def digest(found: DigestFound) -> list[Message]:
    """Write a person's one letter of a day, each thing once; nothing when there is nothing.

    On the days of the person's list that is the list, with the reminders in it unless turned off;
    on other days, and for who wants no list, the reminders alone. Sample things leave no house:
    they are left out beside real ones, and by themselves make a sample letter.
    """
    reminders = found.reminders
    if found.waiting and Topic.WORK in found.person.muted_topics:
        reminders = ()
    said = {(todo.verb, todo.address) for todo in reminders}
    rest = [todo for todo in found.waiting if (todo.verb, todo.address) not in said]
    every = [*reminders, *rest]
    is_sample = found.person.sample or all(todo.is_sample for todo in every)
    todos = every if is_sample else [todo for todo in every if not todo.is_sample]
    if not todos:
        return []
    name = "digest" if found.waiting else "reminders"
    letter = _letter(
        name,
        found.person,
        key=f"{found.person.pk}:{found.day.isoformat()}",
        page="home:page",
        facts={"todos": todos},
    )
    return [replace(letter, sample=is_sample)]
