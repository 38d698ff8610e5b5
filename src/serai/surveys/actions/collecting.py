"""What devices hand in: stored as it came, then checked; never lost, never trusted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_urlsafe
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.files import Refused as FileRefused
from serai.base.files import check_file, keep_checked
from serai.calc.xforms import BadXml, Instance, NotThisForm, read_instance
from serai.members.queries import token_hash
from serai.surveys import access
from serai.surveys.actions.acts import Refused, label, moment_kept, note_audit
from serai.surveys.actions.open_links import locked_wave, open_without_letters
from serai.surveys.models import (
    DeviceKey,
    FormVersion,
    Invitation,
    Submission,
    SubmissionFile,
    SubmissionStep,
    Wave,
)
from serai.surveys.queries.collecting import takes_wave_keys
from serai.surveys.queries.forms import compiled
from serai.surveys.states import SubmissionState, SurveyState, WaveState

LONGEST_XML = 4_000_000
LONGEST_ID = 200
KEY_DAYS = 180
USE_KNOWN = timedelta(minutes=1)
"""How exactly it is kept when a key was used last."""


class Answered(StrEnum):
    """What a device is told, as the OpenRosa interface numbers it."""

    CREATED = "created"
    BAD = "bad"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class Received:
    """What became of a submission.

    Attributes:
        step, instance: of one that is new.
    """

    told: Answered
    sentence: str
    submission: Submission | None = None
    step: SubmissionStep | None = None
    instance: Instance | None = None


@dataclass(frozen=True)
class Parcel:
    """One submission as it came: the instance's XML and the files it names.

    Attributes:
        files: (name, content) each.
    """

    xml: bytes
    files: Sequence[tuple[str, BinaryIO]] = field(default_factory=tuple)


# ---------------------------------------------------------------- keys
@transaction.atomic
def make_key(
    *, invitation: Invitation, name: str, by: Viewer, now: datetime, person_id: int | None = None
) -> tuple[DeviceKey, str]:
    """Make the key of a device; it is shown once and kept as a hash."""
    require(access.may_make_key, by, invitation)
    key = DeviceKey(invitation=invitation, person_id=person_id or by.person_id)
    return _made(key, label(invitation), name, by, now)


@transaction.atomic
def make_wave_key(*, wave: Wave, name: str, by: Viewer, now: datetime) -> tuple[DeviceKey, str]:
    """Make a key with which a device hands in one response after another; a planned wave opens."""
    require(access.may_keep_survey, by, wave)
    found = locked_wave(wave)
    if not takes_wave_keys(found):
        raise Refused(_("Here each body answers once, with a key that its lead makes."))
    open_without_letters(found, now)
    return _made(DeviceKey(wave=found, person_id=by.person_id), label(found), name, by, now)


def _made(
    key: DeviceKey, on: str, name: str, by: Viewer, now: datetime
) -> tuple[DeviceKey, str]:  # fmt: skip
    secret = token_urlsafe(24)
    key.name, key.key_hash = name.strip()[:100], token_hash(secret)
    key.made_at, key.expires_at = now, now + timedelta(days=KEY_DAYS)
    key.save()
    note_audit("make_device_key", key, by=by, now=now, after={"on": on})
    return key, secret


@transaction.atomic
def revoke_key(*, key: DeviceKey, by: Viewer, now: datetime) -> DeviceKey:
    """End a key at once; ending it again changes nothing."""
    require(access.may_revoke_key, by, key)
    if key.revoked_at is None:
        key.revoked_at = now
        key.save(update_fields=["revoked_at"])
        note_audit("revoke_device_key", key, by=by, now=now)
    return key


# ---------------------------------------------------------------- receiving
def receive(*, key: DeviceKey, parcel: Parcel, now: datetime) -> Received:
    """Store a submission; a repeat adds its files, another text under the same name is refused."""
    if len(parcel.xml) > LONGEST_XML:
        return Received(Answered.TOO_LARGE, _("The form's data is larger than 4 MB."))
    found = read_parcel(key, parcel.xml)
    if isinstance(found, Received):
        return found
    version, instance = found
    sha256 = hashlib.sha256(parcel.xml).hexdigest()
    wave = _wave(key)
    moment = moment_kept(wave, now)
    with transaction.atomic(savepoint=False):
        known = _known(instance)
        if known is not None:
            return _repeat(known, key, parcel, sha256, now)
        before = _before(key, instance)
        if isinstance(before, Received):
            return before
        try:
            with transaction.atomic():
                stored = unstored(key, version, instance, parcel.xml, sha256, now)
                stored.save()
        except IntegrityError:  # the same came twice at once
            return _repeat(Submission.objects.get(instance_id=instance.instance_id), key, parcel,
                           sha256, now)  # fmt: skip
        step = SubmissionStep(submission=stored, changed_at=moment, is_late=_is_late(key))
        if before is not None:
            step.response = before.step.response
            before.step.state = SubmissionState.SUPERSEDED.value
            before.step.changed_at = moment
            before.step.save(update_fields=["state", "changed_at"])
        step.save()
        _keep_files(stored, parcel.files, now)
        note_use(key, moment)
    return thanks(stored, step, instance)


def unstored(
    key: DeviceKey, version: FormVersion, instance: Instance, xml: bytes, sha256: str, now: datetime
) -> Submission:
    """Return a submission as it will be stored."""
    wave = _wave(key)
    return Submission(
        device_key=key, form_version=version, instance_id=instance.instance_id,
        deprecated_id=instance.deprecated_id, xml=xml, sha256=sha256,
        received_at=moment_kept(wave, now), sample=wave.sample,
    )  # fmt: skip


def note_use(key: DeviceKey, now: datetime) -> None:
    """Keep when a key was used last, to the minute."""
    if key.used_at is None or now - key.used_at > USE_KNOWN:
        DeviceKey.objects.filter(pk=key.pk).update(used_at=now)
        key.used_at = now


def thanks(stored: Submission, step: SubmissionStep, instance: Instance) -> Received:
    """Tell a device that what it handed in is stored."""
    return Received(Answered.CREATED, _("Received. Thank you."), stored, step, instance)


def read_parcel(key: DeviceKey, xml: bytes) -> tuple[FormVersion, Instance] | Received:
    """Read an instance, and find the version it belongs to; else say what is wrong with it."""
    wave = _wave(key)
    if wave.survey.state == SurveyState.ARCHIVED:
        return Received(Answered.CONFLICT, _("This survey is archived and takes no answers."))
    try:
        instance = read_instance(compiled(wave.version), xml)
    except BadXml as error:
        return Received(Answered.BAD, _("The data is not readable XML: %(why)s") % {"why": error})
    except NotThisForm:
        return Received(Answered.NOT_FOUND, _("There is no such form here."))
    version = _version(wave, instance)
    if version is None:
        return Received(Answered.NOT_FOUND, _("There is no such form here, or not this version."))
    if version.pk != wave.version_id:
        instance = read_instance(compiled(version), xml)
    if not 0 < len(instance.instance_id) <= LONGEST_ID:
        return Received(Answered.BAD, _("The data has no instanceID of its own."))
    return version, instance


def _version(wave: Wave, instance: Instance) -> FormVersion | None:
    """Return the published version that an instance names: mostly the round's own."""
    named, own = (instance.form_id, instance.version), wave.version
    if named == (own.form_id, own.version) and own.published_at is not None:
        return own
    return (
        wave.survey.versions.filter(form_id=named[0], version=named[1], published_at__isnull=False)
        .defer("xform", "sheets", "warnings")
        .first()
    )


def _known(instance: Instance) -> Submission | None:
    """Return what was received under an instance's name before."""
    return Submission.objects.filter(instance_id=instance.instance_id).first()


def _repeat(
    known: Submission, key: DeviceKey, parcel: Parcel, sha256: str, now: datetime
) -> Received:
    is_theirs = known.device_key_id == key.pk or _wave(known.device_key) == _wave(key)
    if known.sha256 != sha256 or not is_theirs:
        return Received(
            Answered.CONFLICT, _("Other data was received under this instanceID before.")
        )
    _keep_files(known, parcel.files, now)
    said = _("Received before; files were added.") if parcel.files else _("Received before.")
    return Received(Answered.CREATED, said, known)


def _before(key: DeviceKey, instance: Instance) -> Submission | None | Received:
    """Return the submission that this one replaces."""
    if not instance.deprecated_id:
        return None
    before = (
        Submission.objects.select_related("step__response", "device_key")
        .filter(instance_id=instance.deprecated_id)
        .first()
    )
    if before is None or _wave(before.device_key) != _wave(key):
        return Received(Answered.NOT_FOUND, _("The data that this corrects is not known here."))
    # Two corrections at once: one replaces it, the other finds it replaced.
    step = SubmissionStep.objects.select_for_update().get(submission=before)
    if step.state == SubmissionState.SUPERSEDED:
        return Received(
            Answered.CONFLICT, _("The data that this corrects was corrected before already.")
        )
    return before


def _keep_files(stored: Submission, files: Sequence[tuple[str, BinaryIO]], now: datetime) -> None:
    """Keep the files that came; one that is not accepted is noted, the rest is kept."""
    refused: dict[str, str] = {}
    wave = _wave(stored.device_key)
    for name, content in files:
        if stored.files.filter(name=name[:LONGEST_ID]).exists():
            continue
        try:
            checked = check_file(content, name)
        except FileRefused as error:
            refused[name] = str(error)
            continue
        kept = keep_checked(
            checked=checked, thing=label(stored),
            by=None if wave.survey.is_anonymous else stored.device_key.person_id,
            now=moment_kept(wave, now), sample=stored.sample,
        )  # fmt: skip
        SubmissionFile.objects.create(submission=stored, name=name[:LONGEST_ID], file=kept)
    if refused:
        step = stored.step
        step.issues = [*step.issues, *(["file", name, "", why] for name, why in refused.items())]
        step.save(update_fields=["issues"])


def _is_late(key: DeviceKey) -> bool:
    """Tell whether something comes after its wave has closed; who was let in late is in time."""
    has_late_day = key.invitation is not None and key.invitation.has_late_day
    return _wave(key).state == WaveState.CLOSED and not has_late_day


def _wave(key: DeviceKey) -> Wave:
    found = key.invitation.wave if key.invitation is not None else key.wave
    if found is None:
        raise Refused(_("This key belongs to no wave."))
    return found
