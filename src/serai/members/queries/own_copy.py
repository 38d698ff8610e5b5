"""The copy of what is kept about a person, as a file of their own."""

import json
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from serai.base.keys import keys_of
from serai.base.models import Message, StoredFile
from serai.members.models import (
    Affiliation,
    DataRequest,
    Grant,
    Invitation,
    KnownDevice,
    Person,
    SignIn,
)
from serai.members.queries.plugs import PLUGS, OwnPart, Row


def own_copy(person: Person) -> str:
    """Return what every room keeps about a person, as JSON: names of keys, never their secrets."""
    content: dict[str, object] = {
        "person": {
            name: getattr(person, name)
            for name in (
                "email", "full_name", "address_as", "language", "time_zone", "theme", "text_size",
                "digest", "muted_topics", "state", "state_reason", "joined_at", "last_login",
                "digest_sent_at", "sample",
            )
        },
    }  # fmt: skip
    parts = [
        *_of_house(person),
        *(part for source in PLUGS.own_parts for part in source(person.pk)),
    ]
    content |= {part.name: list(part.rows) for part in parts}
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _of_house(person: Person) -> Iterator[OwnPart]:
    """Return what this room and the base keep, part by part."""
    yield OwnPart("roles", _roles(person))
    yield OwnPart("affiliations", _affiliations(person))
    invitations = Invitation.objects.filter(person=person).order_by("id")
    yield OwnPart(
        "invitations", list(invitations.values("email", "role", "state", "sent_at", "closed_at"))
    )
    signed_in = SignIn.objects.filter(person=person).order_by("id")
    yield OwnPart("sign_ins", list(signed_in.values("label", "method", "at")))
    devices = KnownDevice.objects.filter(person=person).order_by("id")
    yield OwnPart("devices", list(devices.values("label", "first_at", "latest_at")))
    yield OwnPart("proofs", _proofs(person))
    services = SocialAccount.objects.filter(user=person).order_by("id")
    yield OwnPart("sign_in_services", list(services.values("provider", "uid", "last_login")))
    keys = keys_of(person.pk)
    yield OwnPart(
        "api_keys",
        [
            {name: getattr(key, name) for name in ("name", "issued_on", "expires_on", "revoked_at")}
            for key in keys
        ],
    )
    asked = DataRequest.objects.filter(person=person).order_by("id")
    yield OwnPart(
        "requests",
        list(asked.values("kind", "note", "state", "asked_at", "answered_at", "answer")),
    )
    letters = Message.objects.filter(person=person).order_by("written_at", "pk")
    yield OwnPart(
        "letters",
        list(
            letters.values(
                "address", "language", "topic", "subject", "text", "state", "written_at",
                "sent_at", "seen_at",
            )
        ),
    )  # fmt: skip
    files = StoredFile.objects.filter(received_by=person).order_by("received_at", "pk")
    yield OwnPart("files", list(files.values("name", "media_type", "state", "received_at")))


def _roles(person: Person) -> list[Row]:
    grants = Grant.objects.filter(person=person).select_related("member", "organisation")
    return [
        {
            "role": row.role,
            "member": row.member.iso3 if row.member else None,
            "organisation": row.organisation.names.to_json() if row.organisation else None,
            "initiatives": row.initiatives,
            "from_on": row.from_on,
            "until_on": row.until_on,
            "state": row.state,
            "reason": row.reason,
        }
        for row in grants.order_by("id")
    ]


def _affiliations(person: Person) -> list[Row]:
    places = Affiliation.objects.filter(person=person).select_related("organisation")
    return [
        {
            "organisation": row.organisation.names.to_json(),
            "title": row.title,
            "from_on": row.from_on,
            "until_on": row.until_on,
        }
        for row in places.order_by("id")
    ]


def _proofs(person: Person) -> list[Row]:
    """Return passkeys, authenticator apps and sets of recovery codes by name."""
    return [
        {
            "kind": row.type,
            "name": str(row),
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
        }
        for row in Authenticator.objects.filter(user=person).order_by("id")
    ]
