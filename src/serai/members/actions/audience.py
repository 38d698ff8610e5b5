"""Acts of release, of taking back, and of sharing by name; and the administrator's hour."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer, require
from serai.members import access, emails
from serai.members.actions.accounts import forget_the_closed
from serai.members.actions.grants import end_due_grants
from serai.members.actions.invitations import expire_invitations
from serai.members.actions.membership import end_due_members
from serai.members.actions.records import Refused, actor, note_audit, send_all
from serai.members.models import AudienceChange, Member, Person, Share, Unlock
from serai.members.states import Audience, UnlockState

UNLOCK_MINUTES = 60


@dataclass(frozen=True)
class Released:
    """A thing of another room whose audience changes.

    Attributes:
        thing: label and number, such as `programme.response:12`.
        title: what people call it; links say it, letters do not.
        release: from where to where, and whose it is.
        is_sample: it is made up, as is a proposal to release it.
    """

    thing: str
    title: str
    release: access.Release
    is_sample: bool = False


@transaction.atomic
def change_audience(
    *, released: Released, reason: str, by: Viewer, now: datetime
) -> AudienceChange:
    """Write the act; the room that owns the thing moves its field in the same transaction.

    Raises:
        Refused: for a release that waits for a consent (`propose_release`), or a missing reason.
    """
    release = released.release
    if release.to.is_wider_than(release.audience):
        require(access.may_widen, by, release)
        if release.needs_consent:
            raise Refused(_("Somebody else has to consent before they read it."))
    else:
        require(access.may_narrow, by, release)
        if not reason.strip():
            raise Refused(_("Say why it is taken back: this sentence stays on record."))
    return record_change(released=released, reason=reason, act_of=actor(by), by=by, now=now)


def record_change(
    *, released: Released, reason: str, act_of: int, by: Viewer, now: datetime
) -> AudienceChange:
    """Keep whose act it is, and tell the country; where another person acts, that is the consent."""
    release = released.release
    member = member_of(release)
    consent_by = by.person_id if by.person_id != act_of else None
    row = AudienceChange.objects.create(
        thing=released.thing,
        title=released.title,
        member=member,
        from_audience=release.audience,
        to_audience=release.to,
        by_id=act_of,
        consent_by_id=consent_by,
        reason=reason.strip(),
        at=now,
        sample=Person.objects.filter(pk__in={act_of, by.person_id}, sample=True).exists(),
    )
    note_audit(
        "change_audience",
        row,
        by=by,
        now=now,
        before={"audience": release.audience.value},
        after={"audience": release.to.value, "thing": released.thing, "consent": consent_by},
    )
    if member is not None:
        send_all(emails.audience_changed(row, member, now))
    return row


def member_of(release: access.Release) -> Member | None:
    """Return the country a thing belongs to."""
    return Member.objects.filter(iso3=release.iso3).first() if release.iso3 else None


@transaction.atomic
def take_back_sample_acts(*, now: datetime) -> dict[str, Audience]:
    """Forget what sample people did or consented to; return the audience real people gave each.

    The rooms that own the things move their fields, as they did when the acts were made.
    """
    acts = AudienceChange.objects.filter(sample=True)
    things = set(acts.order_by("thing").values_list("thing", flat=True))
    given: dict[str, Audience] = {}
    for act in AudienceChange.objects.filter(thing__in=things).order_by("id"):
        given.setdefault(act.thing, Audience(act.from_audience))
        if not act.sample:
            given[act.thing] = Audience(act.to_audience)
    acts.delete()
    audit.record(
        by=None, verb="take_back_sample_acts", thing="members", after={"things": len(given)}, at=now
    )
    return given


@transaction.atomic
def share_by_name(
    *,
    released: Released,
    key: str,
    until_on: date | None,
    by: Viewer,
    now: datetime,
) -> Share:
    """Show one thing to one organisation, country or person, until a day."""
    require(access.may_share, by, released.release)
    kind = key.partition(":")[0]
    if kind not in {"organisation", "country", "person"}:
        raise Refused(_("A thing is shared with an organisation, a country or a person by name."))
    if until_on is not None and until_on < now.date():
        raise Refused(_("The last day is in the past. Give today or a later day."))
    iso3 = released.release.iso3
    share, is_new = Share.objects.get_or_create(
        thing=released.thing,
        key=key,
        ended_at=None,
        defaults={
            "title": released.title,
            "member": Member.objects.filter(iso3=iso3).first() if iso3 else None,
            "until_on": until_on,
            "shared_by_id": actor(by),
            "shared_at": now,
        },
    )
    if is_new:
        note_audit("share", share, by=by, now=now, after={"thing": share.thing, "key": key})
    return share


@transaction.atomic
def end_share(*, share: Share, by: Viewer, now: datetime) -> Share:
    """Stop showing a thing by name."""
    require(access.may_end_share, by, share)
    share.ended_at, share.ended_by_id = now, by.person_id
    share.save(update_fields=["ended_at", "ended_by"])
    note_audit("end_share", share, by=by, now=now)
    return share


# ---------------------------------------------------------------- break-glass
@dataclass(frozen=True)
class UnlockWanted:
    """What an administrator asks to read, why and for how long."""

    scope: str
    reason: str
    minutes: int


@transaction.atomic
def open_unlock(*, wanted: UnlockWanted, by: Viewer, now: datetime) -> Unlock:
    """Open the content to an administrator, at most an hour; coordinators and focal points are told."""
    require(access.may_unlock, by)
    kind = wanted.scope.partition(":")[0]
    if kind not in {Audience.MEMBERS.value, Audience.SECRETARIAT.value}:
        raise Refused(_("What belongs to a country or an organisation cannot be opened here."))
    if not wanted.reason.strip():
        raise Refused(_("Write the reason: coordinators and focal points read it."))
    if not 1 <= wanted.minutes <= UNLOCK_MINUTES:
        raise Refused(_("Choose between 1 and 60 minutes."))
    close_due_unlocks(now=now)
    if Unlock.objects.filter(administrator_id=by.person_id, state=UnlockState.OPEN).exists():
        raise Refused(_("You have an open unlock already. Close it first."))
    row = Unlock.objects.create(
        administrator_id=actor(by),
        scope=wanted.scope,
        reason=wanted.reason.strip(),
        opened_at=now,
        until_at=now + timedelta(minutes=wanted.minutes),
    )
    note_audit(
        "open_unlock",
        row,
        by=by,
        now=now,
        after={"scope": row.scope, "minutes": wanted.minutes},
    )
    send_all(emails.unlock_opened(row, now))
    return row


@transaction.atomic
def close_unlock(*, unlock: Unlock, by: Viewer, now: datetime) -> Unlock:
    """Close an unlock before its time."""
    require(access.may_close_unlock, by, unlock)
    return _close(unlock, by, now)


def _close(unlock: Unlock, by: Viewer | None, now: datetime) -> Unlock:
    if unlock.state != UnlockState.OPEN:
        raise Refused(_("This unlock is closed already."))
    unlock.state, unlock.closed_at = UnlockState.CLOSED, now
    unlock.save(update_fields=["state", "closed_at"])
    note_audit("close_unlock", unlock, by=by, now=now)
    return unlock


@transaction.atomic
def close_due_unlocks(*, now: datetime) -> int:
    """Close the unlocks whose time is over."""
    due = list(Unlock.objects.filter(state=UnlockState.OPEN, until_at__lte=now).order_by("id"))
    for row in due:
        _close(row, None, now)
    return len(due)


@transaction.atomic
def end_what_is_due(*, now: datetime) -> None:
    """Do each hour what only time asks for: roles, invitations, unlocks, accounts that are over."""
    end_due_grants(now=now)
    end_due_members(now=now)
    expire_invitations(now=now)
    close_due_unlocks(now=now)
    forget_the_closed()
