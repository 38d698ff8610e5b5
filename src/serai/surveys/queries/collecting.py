"""What a device may download, and what devices have handed in."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock

from django.db.models import Q
from django.utils.translation import get_language

from serai.base.access import NotFound, Viewer
from serai.base.files import place_of
from serai.base.ready import ANY_TEXT, Ready
from serai.members.queries import token_hash
from serai.surveys import access
from serai.surveys.models import (
    DeviceKey,
    FormFile,
    FormVersion,
    Invitation,
    Response,
    SubmissionStep,
    Wave,
)
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.labels import labels_of
from serai.surveys.queries.own import in_words
from serai.surveys.queries.responses import fresh_response
from serai.surveys.states import ResponseState, SubmissionState, SurveyKind

LONGEST_KEY = 64
KEPT_KEYS, KEPT_FOR = 256, timedelta(seconds=10)
MANY_KINDS = frozenset({SurveyKind.FEEDBACK, SurveyKind.INTERVIEW, SurveyKind.APPLICATION})
"""What one device may answer many times in one wave."""


@dataclass(frozen=True)
class FormOffered:
    """One form in the list a device reads."""

    form_id: str
    name: str
    version: str
    hash: str
    has_media: bool


def device_key(secret: str, now: datetime) -> DeviceKey | None:
    """Return the key that a device shows, while it is good."""
    if not 20 <= len(secret) <= LONGEST_KEY:
        return None
    rows = _live_keys().rows(text=token_hash(secret))
    return rows[0] if rows and rows[0].expires_at > now else None


class _Kept:
    """Keys used lately, so that a device that hands in one response after another asks once."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.rows: OrderedDict[str, tuple[DeviceKey, datetime]] = OrderedDict()

    def find(self, secret: str, now: datetime) -> DeviceKey | None:
        with self.lock:
            found = self.rows.get(token_hash(secret))
        if found is None or not timedelta() <= now - found[1] < KEPT_FOR:
            return None
        return found[0] if found[0].expires_at > now else None

    def keep(self, key: DeviceKey, now: datetime) -> None:
        with self.lock:
            self.rows[key.key_hash] = (key, now)
            while len(self.rows) > KEPT_KEYS:
                self.rows.popitem(last=False)

    def forget(self, secret: str) -> None:
        with self.lock:
            self.rows.pop(token_hash(secret), None)


KEPT = _Kept()


def kept_key(secret: str, now: datetime) -> DeviceKey | None:
    """Return a wave's key as it was read some seconds ago; it may have been ended since.

    For `actions.take_at_once` alone, which asks as it stores whether all still stands so.
    """
    return KEPT.find(secret, now)


def keep_key(key: DeviceKey, now: datetime) -> None:
    """Keep a wave's key that was good a moment ago."""
    if key.wave_id is not None:
        KEPT.keep(key, now)


def forget_key(secret: str) -> None:
    """Read a key anew the next time."""
    KEPT.forget(secret)


@lru_cache(maxsize=1)
def _live_keys() -> "Ready[DeviceKey]":
    """Ask for a key with all that its doors need; a form's own text comes when it is asked for."""
    texts = ("xform", "sheets", "warnings")
    rows = DeviceKey.objects.select_related(
        "invitation__wave__survey__initiative", "invitation__wave__version",
        "invitation__organisation", "invitation__country", "wave__survey__initiative",
        "wave__version", "person",
    ).defer(*(f"{way}__{text}" for way in ("wave__version", "invitation__wave__version") for text in texts))  # fmt: skip
    return Ready(rows.filter(key_hash=ANY_TEXT, revoked_at=None))


def wave_of(key: DeviceKey) -> Wave:
    """Return the round a device answers in.

    Raises:
        NotFound: the key belongs to nothing.
    """
    found = key.invitation.wave if key.invitation is not None else key.wave
    if found is None:
        raise NotFound(key.public_id)
    return found


def form_offered(key: DeviceKey) -> FormOffered:
    """Return the form that a key's round asks with."""
    wave = wave_of(key)
    version = wave.version
    return FormOffered(
        form_id=version.form_id,
        name=in_words(wave.survey.title),
        version=version.version,
        hash=f"md5:{hashlib.md5(version.xform.encode(), usedforsecurity=False).hexdigest()}",
        has_media=version.files.exists(),
    )


def xform_of(key: DeviceKey, form_id: str) -> FormVersion:
    """Return the version of a form that a device downloads.

    Raises:
        NotFound: the key's round asks with another form.
    """
    version = wave_of(key).version
    if version.form_id != form_id:
        raise NotFound(form_id)
    return version


def media_of(key: DeviceKey, form_id: str) -> list[FormFile]:
    """Return the files that belong to a form."""
    return list(xform_of(key, form_id).files.select_related("file").order_by("name"))


def md5_of(found: FormFile) -> str:
    """Return the MD5 of a form's file, as OpenRosa names its state."""
    return _md5(found.file.storage_key)


@lru_cache(maxsize=256)
def _md5(key: str) -> str:
    return hashlib.md5(place_of(key).read_bytes(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class IssueRow:
    """What is wrong at one place; `label` is what its question is called, "" where it has none."""

    kind: str
    label: str
    path: str


@dataclass(frozen=True)
class SubmissionRow:
    """One submission as its officer, or its lead, looks at it.

    Attributes:
        is_nameless: it bears no name, and of its time the day alone is kept.
        looked_by: who looked at it by hand after it was flagged.
        is_undecided: it made a response of its own, which nobody can hand in: an officer decides.
    """

    step: SubmissionStep
    number: str
    instance_id: str
    device: str
    received_at: datetime
    place: str
    sample: bool
    is_nameless: bool = False
    looked_by: str = ""
    is_flagged: bool = False
    is_undecided: bool = False
    is_left_out: bool = False
    issues: tuple[IssueRow, ...] = ()


def submissions(viewer: Viewer, of: Wave | Response) -> list[SubmissionRow]:
    """Return what devices handed in in a wave, or of a response; newest first.

    Texts stay with their response.
    """
    if isinstance(of, Response):
        may, wanted = access.may_lead(viewer, of), Q(response=of)
    else:
        may = access.may_keep_survey(viewer, of)
        wanted = Q(submission__device_key__invitation__wave=of) | Q(submission__device_key__wave=of)
    if not may:
        return []
    rows = (
        SubmissionStep.objects.filter(wanted)
        .select_related(
            "submission__device_key__invitation__organisation",
            "submission__device_key__invitation__wave__survey",
            "submission__device_key__wave__survey",
            "submission__form_version",
            "response",
            "looked_by",
        )
        # The form itself is kept compiled; its texts would come along with each row.
        .defer("submission__form_version__xform", "submission__form_version__sheets")
        .order_by("-submission__id")
    )
    return [_row(one) for one in rows]


def _row(step: SubmissionStep) -> SubmissionRow:
    found = step.submission
    return SubmissionRow(
        step=step,
        number=found.public_id,
        instance_id=found.instance_id,
        device=found.device_key.name,
        received_at=found.received_at,
        place=place_of_key(found.device_key),
        sample=found.sample,
        is_nameless=wave_of(found.device_key).survey.is_anonymous,
        looked_by=step.looked_by.full_name if step.looked_by else "",
        is_flagged=step.state == SubmissionState.FLAGGED,
        is_undecided=_is_undecided(step),
        is_left_out=step.response is not None and step.response.state == ResponseState.WITHDRAWN,
        issues=tuple(_issues(step)),
    )


def _issues(step: SubmissionStep) -> Iterator[IssueRow]:
    if not step.issues:
        return
    labels = labels_of(compiled(step.submission.form_version), get_language() or "en")
    for kind, path, *_entry_and_message in step.issues:
        yield IssueRow(kind, labels.get(path, ""), path)


def _is_undecided(step: SubmissionStep) -> bool:
    is_waiting = step.response is not None and step.response.state == ResponseState.FILLING
    of_wave = step.submission.device_key.wave_id is not None
    return of_wave and is_waiting and step.state == SubmissionState.FLAGGED


def submission_step(viewer: Viewer, public_id: str) -> SubmissionStep:
    """Return where a submission stands, for who may look at it.

    Raises:
        NotFound: there is none.
    """
    key = "submission__device_key"
    found = (
        SubmissionStep.objects.select_related(
            f"{key}__invitation__wave__survey__initiative", f"{key}__wave__survey__initiative"
        )
        .filter(submission__public_id=public_id)
        .first()
    )
    if found is not None and found.response_id is not None:
        found.response = fresh_response(found.response_id)
    if found is None or not access.may_look_at(viewer, found):
        raise NotFound(public_id)
    return found


def place_of_key(key: DeviceKey) -> str:
    """Return the name of the body whose device a key is for; "" for none."""
    asked = key.invitation
    return in_words(asked.organisation.names) if asked and asked.organisation else ""


def takes_wave_keys(wave: Wave) -> bool:
    """Tell whether a device may hand in one response after another: nobody is named who signs."""
    return wave.survey.kind in MANY_KINDS and not wave.survey.has_signature


def keys_of(viewer: Viewer, of: Invitation | Wave) -> list[DeviceKey]:
    """Return the keys of an invitation's devices, or all of a wave, newest first."""
    rows = DeviceKey.objects.select_related(
        "person", "invitation__wave__survey__initiative", "invitation__organisation",
        "wave__survey__initiative",
    )  # fmt: skip
    mine = Q(invitation=of) if isinstance(of, Invitation) else Q(invitation__wave=of) | Q(wave=of)
    return [one for one in rows.filter(mine).order_by("-id") if access.may_revoke_key(viewer, one)]


def own_key(viewer: Viewer, public_id: str) -> DeviceKey:
    """Return a key that the viewer may end.

    Raises:
        NotFound: there is none.
    """
    found = (
        DeviceKey.objects.select_related(
            "invitation__wave__survey__initiative", "invitation__organisation",
            "wave__survey__initiative",
        )
        .filter(public_id=public_id)
        .first()
    )  # fmt: skip
    if found is None or not access.may_revoke_key(viewer, found):
        raise NotFound(public_id)
    return found
