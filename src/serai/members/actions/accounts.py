"""One's own account: sign-ins, name and language, requests about one's data, its end."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.jobs import enqueue
from serai.base.mail import forget_letters
from serai.members import access, emails, queries
from serai.members.actions.records import Refused, actor, note_audit, send_all
from serai.members.models import DataRequest, Grant, Invitation, KnownDevice, Person, SignIn
from serai.members.states import (
    ALLOWED,
    FORMER_TOPICS,
    DataRequestKind,
    DataRequestState,
    DigestRhythm,
    GrantState,
    InvitationState,
    PersonState,
    Topic,
)


@dataclass(frozen=True)
class Browser:
    """From where somebody signs in."""

    session_key: str
    device_token: str
    label: str
    method: str
    own_computer: bool = False


@transaction.atomic
def record_sign_in(*, person: Person, browser: Browser, now: datetime) -> str:
    """Remember the browser of a sign-in, tell the person of a new one; return its token."""
    token = browser.device_token or secrets.token_urlsafe(24)
    digest = hashlib.sha256(token.encode()).hexdigest()
    device, is_new = KnownDevice.objects.get_or_create(
        person=person,
        token_hash=digest,
        defaults={"label": browser.label, "first_at": now, "latest_at": now},
    )
    is_first = is_new and not KnownDevice.objects.filter(person=person).exclude(pk=device.pk)
    if not is_new:
        device.latest_at = now
        device.save(update_fields=["latest_at"])
    SignIn.objects.update_or_create(
        session_key=browser.session_key,
        defaults={
            "person": person,
            "label": browser.label,
            "method": browser.method,
            "own_computer": browser.own_computer,
            "at": now,
        },
    )
    note_audit("sign_in", person, by=_as_viewer(person), now=now, after={"method": browser.method})
    if is_new and not is_first and not person.sample:
        send_all(emails.new_device(person, device, now))
    return token


def _as_viewer(person: Person) -> Viewer:
    return Viewer(person_id=person.pk)


@transaction.atomic
def end_sign_in(*, sign_in: SignIn, by: Viewer, now: datetime) -> None:
    """Sign a person out of one browser."""
    if sign_in.person_id != by.person_id:
        raise Refused(_("This sign-in is not yours."))
    Session.objects.filter(session_key=sign_in.session_key).delete()
    note_audit("end_sign_in", sign_in, by=by, now=now)
    sign_in.delete()


@transaction.atomic
def forget_session(*, session_key: str, by: Viewer, now: datetime) -> None:
    """Remove the row of the browser a person signs out of."""
    rows = SignIn.objects.filter(person_id=actor(by), session_key=session_key)
    for row in rows.order_by("id"):
        note_audit("sign_out", row, by=by, now=now)
        row.delete()


@dataclass(frozen=True)
class Profile:
    """What a person sets about themselves."""

    full_name: str
    address_as: str
    language: str
    time_zone: str
    theme: str
    text_size: str
    digest: str
    muted_topics: tuple[str, ...] = ()


@transaction.atomic
def change_me(*, profile: Profile, by: Viewer, now: datetime) -> Person:
    """Keep what a person says of themselves."""
    require(access.may_keep_own_account, by)
    wanted = asdict(profile) | {"muted_topics": list(profile.muted_topics)}
    return _keep("change_me", wanted, by=by, now=now)


@dataclass(frozen=True)
class DisplayWanted:
    """How a person wants pages shown; the time zone they look through is a browser's own."""

    theme: str
    text_size: str
    language: str


@transaction.atomic
def change_display(*, wanted: DisplayWanted, by: Viewer, now: datetime) -> Person:
    """Keep how a person wants pages shown, for every device they sign in on."""
    require(access.may_keep_own_account, by)
    return _keep("change_display", asdict(wanted), by=by, now=now)


@transaction.atomic
def stop_letters(*, person_id: int, topic: str, now: datetime) -> None:
    """Turn off a topic by the link in a letter, which is the proof of whose it is; twice is once."""
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        return
    topic = FORMER_TOPICS.get(topic, topic)
    wanted: dict[str, object] = {"digest": DigestRhythm.NEVER.value}
    if topic != Topic.DIGEST:
        kept = [one for one in person.muted_topics if one != topic]
        wanted = {"muted_topics": [*kept, str(topic)]}
    _keep("stop_letters", wanted, by=Viewer(person_id=person.pk), now=now)


def _keep(verb: str, wanted: Mapping[str, object], *, by: Viewer, now: datetime) -> Person:
    """Write what differs into one's own account; the audit keeps the names of fields alone."""
    person = Person.objects.select_for_update().get(pk=actor(by))
    changed = sorted(name for name, value in wanted.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, wanted[name])
    if changed:
        person.save(update_fields=changed)
        note_audit(verb, person, by=by, now=now, after={"fields": changed})
    return person


# ---------------------------------------------------------------- the account's life
@transaction.atomic
def pause_account(*, person: Person, reason: str, by: Viewer, now: datetime) -> Person:
    """Stop a person's sign-ins without ending their roles."""
    require(access.may_keep_accounts, by, person)
    _end_every_sign_in(person)
    return _move(person, PersonState.PAUSED, reason, by=by, now=now)


@transaction.atomic
def resume_account(*, person: Person, reason: str, by: Viewer, now: datetime) -> Person:
    """Let a paused person sign in again."""
    require(access.may_keep_accounts, by, person)
    return _move(person, PersonState.ACTIVE, reason, by=by, now=now)


@transaction.atomic
def close_account(*, person: Person, reason: str, by: Viewer, now: datetime) -> Person:
    """End an account for good: roles end, the person's facts are blanked, the audit stays."""
    require(access.may_keep_accounts, by, person)
    for grant in Grant.objects.filter(person=person, state=GrantState.ACTIVE).order_by("id"):
        grant.state = GrantState.ENDED
        grant.ended_at = now
        grant.ended_by_id = by.person_id
        grant.save(update_fields=["state", "ended_at", "ended_by"])
        note_audit("end_grant", grant, by=by, now=now)
    return blank_account(person, reason, by=by, now=now)


def blank_account(person: Person, reason: str, *, by: Viewer, now: datetime) -> Person:
    """Close an account whose roles are over and blank what tells who it was; the row stays."""
    Invitation.objects.filter(person=person, state=InvitationState.SENT).update(
        state=InvitationState.WITHDRAWN, closed_at=now
    )
    Invitation.objects.filter(person=person).update(
        email=f"closed-{person.public_id}@closed.invalid"
    )
    person.affiliations.all().delete()
    person.devices.all().delete()
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    forget_letters([person.pk])
    DataRequest.objects.filter(person=person).update(note="", copy="")
    _end_every_sign_in(person)
    moved = _move(person, PersonState.CLOSED, reason, by=by, now=now)
    moved.email = f"closed-{person.public_id}@closed.invalid"
    moved.full_name = moved.address_as = ""
    moved.set_unusable_password()
    moved.save()
    return moved


@transaction.atomic
def forget_the_closed() -> int:
    """Remove the last letters of closed accounts once they have left; return how many."""
    closed = Person.objects.filter(state=PersonState.CLOSED).values_list("pk", flat=True)
    return forget_letters(closed)


def _end_every_sign_in(person: Person) -> None:
    keys = list(SignIn.objects.filter(person=person).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(person=person).delete()


def _move(person: Person, wanted: PersonState, reason: str, *, by: Viewer, now: datetime) -> Person:
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    if wanted not in ALLOWED[PersonState][PersonState(fresh.state)]:
        raise Refused(_("This account has changed meanwhile. Reload the page to see it."))
    before = fresh.state
    fresh.state, fresh.state_reason = wanted, reason.strip()
    fresh.save(update_fields=["state", "state_reason"])
    note_audit(
        "move_account",
        fresh,
        by=by,
        now=now,
        before={"state": before},
        after={"state": wanted.value},
    )
    return fresh


# ---------------------------------------------------------------- one's own data
@transaction.atomic
def ask_about_data(*, kind: DataRequestKind, note: str, by: Viewer, now: datetime) -> DataRequest:
    """Ask for a copy, a correction or the end of the account; a copy is made at once."""
    require(access.may_keep_own_account, by)
    waiting = DataRequest.objects.filter(
        person_id=actor(by), kind=kind, state=DataRequestState.ASKED
    )
    if waiting.exists():
        raise Refused(_("You have asked for this already. It is being worked on."))
    row = DataRequest.objects.create(
        person_id=actor(by), kind=kind, note=note.strip(), asked_at=now
    )
    note_audit("ask_about_data", row, by=by, now=now, after={"kind": kind.value})
    if kind is DataRequestKind.COPY:
        enqueue("members.data_copy", key=f"data-copy-{row.pk}", request_id=row.pk)
    return row


@transaction.atomic
def finish_data_copy(*, request_id: int, now: datetime) -> DataRequest:
    """Gather a person's own rows, keep them with the request, and tell the person."""
    row = DataRequest.objects.select_for_update().select_related("person").get(pk=request_id)
    if row.state != DataRequestState.ASKED:
        return row
    row.copy = queries.own_copy(row.person)
    row.state = DataRequestState.DONE
    row.answered_at = now
    row.save(update_fields=["copy", "state", "answered_at"])
    note_audit("finish_data_copy", row, by=None, now=now)
    send_all(emails.data_copy_ready(row))
    return row


@transaction.atomic
def answer_data_request(
    *, request: DataRequest, is_done: bool, answer: str, by: Viewer, now: datetime
) -> DataRequest:
    """Answer a request to correct or close; closing an account is done here too."""
    require(access.may_answer_data_request, by, request)
    fresh = DataRequest.objects.select_for_update().select_related("person").get(pk=request.pk)
    if fresh.state != DataRequestState.ASKED:
        raise Refused(_("This request has been answered already."))
    if not is_done and not answer.strip():
        raise Refused(_("Say why it is refused: the person reads this sentence."))
    fresh.state = DataRequestState.DONE if is_done else DataRequestState.REFUSED
    fresh.answer, fresh.answered_at, fresh.answered_by_id = answer.strip(), now, by.person_id
    fresh.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    note_audit("answer_data_request", fresh, by=by, now=now, after={"state": fresh.state})
    send_all(emails.data_request_answered(fresh))
    if is_done and fresh.kind == DataRequestKind.CLOSE:
        close_account(person=fresh.person, reason=_("Asked by the person"), by=by, now=now)
    return fresh


@transaction.atomic
def send_digests(*, now: datetime) -> int:
    """Write each person's one letter of the day at their hour; return how many were written."""
    due = queries.digests_due(now)
    letters = [letter for found in due for letter in emails.digest(found)]
    send_all(letters, now=now)
    looked_after = Person.objects.filter(pk__in=[found.person.pk for found in due])
    looked_after.update(digest_sent_at=now)
    return len(letters)
