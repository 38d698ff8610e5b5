"""A submission stored and taken over at once; what cannot be taken over now is stored all the same."""

import hashlib
import logging
from datetime import datetime

from django.db import connection, transaction

from serai.base import audit, jobs
from serai.base.bulk import insert_row_where, insert_rows
from serai.surveys.actions.applying import apply_submission, note_applied, take_over
from serai.surveys.actions.collecting import (
    Parcel,
    Received,
    note_use,
    read_parcel,
    receive,
    thanks,
    unstored,
)
from serai.surveys.actions.whole import Whole, begin_whole, sound
from serai.surveys.models import DeviceKey, Submission, SubmissionStep, Survey, Wave
from serai.surveys.states import SubmissionState

LOG = logging.getLogger("serai.surveys")


def take_parcel(*, key: DeviceKey, parcel: Parcel, now: datetime) -> Received:
    """Store what a device hands in and take it over; where that fails, have it done later."""
    return take_at_once(key=key, parcel=parcel, now=now) or _carefully(key, parcel, now)


@transaction.atomic
def _carefully(key: DeviceKey, parcel: Parcel, now: datetime) -> Received:
    received = receive(key=key, parcel=parcel, now=now)
    if received.submission is None:
        return received
    number = received.submission.pk
    try:
        with transaction.atomic():
            if received.step is not None and received.instance is not None:
                take_over(received.step, received.instance, now)
            else:
                apply_submission(submission_id=number, now=now)
    except Exception as error:
        LOG.warning("apply_submission put off: %s", type(error).__name__)
        jobs.enqueue(
            "surveys.apply_submission", key=f"surveys.apply_submission:{number}",
            submission_id=number,
        )  # fmt: skip
    return received


def take_at_once(*, key: DeviceKey, parcel: Parcel, now: datetime) -> Received | None:
    """Store and take over what is sound in every way; None, and nothing stored, for all else.

    `key` may be a few seconds old: that it is still good, and its wave open as then, is asked by
    the statement that stores the submission.
    """
    found = None if parcel.files else read_parcel(key, parcel.xml)
    if found is None or isinstance(found, Received) or key.wave is None:
        return None
    version, instance = found
    sha256 = hashlib.sha256(parcel.xml).hexdigest()
    stored = unstored(key, version, instance, parcel.xml, sha256, now)
    step = SubmissionStep(submission=stored, changed_at=stored.received_at)
    try:
        whole = sound(stored, step, instance, now)
        if whole is None or not _stored(stored, step, whole, now):
            return None
    except Exception as error:  # the careful way keeps what came, and its job tells of the fault
        LOG.warning("not taken at once: %s", type(error).__name__)
        return None
    return thanks(stored, step, instance)


def _stored(stored: Submission, step: SubmissionStep, whole: Whole, now: datetime) -> bool:
    """Store a submission with all that it leads to, in one act; tell whether it was new and may."""
    key = stored.device_key
    with transaction.atomic():
        if not insert_row_where(stored, *_still_good(key, now), unless="instance_id"):
            return False
        with audit.together():
            step.response = begin_whole(whole, now)
            step.state = SubmissionState.APPLIED.value
            step.submission = stored  # has its number by now
            insert_rows([step])
            note_applied(step, step.response, whole.by, now)
        note_use(key, stored.received_at)
    return True


def _still_good(key: DeviceKey, now: datetime) -> tuple[str, list[object]]:
    """Return what must hold in the database for a key read before, as SQL and its values."""
    wave, person = key.wave, key.person
    if wave is None or person is None:
        return "false", []
    keys, waves, surveys = (one._meta.db_table for one in (DeviceKey, Wave, Survey))
    survey = wave.survey
    words = (
        f"EXISTS (SELECT 1 FROM {keys} k JOIN {waves} w ON w.id = k.wave_id "  # noqa: S608 ours
        f"JOIN {surveys} s ON s.id = w.survey_id "
        f"JOIN {person._meta.db_table} p ON p.id = k.person_id "
        "WHERE k.id = %s AND k.key_hash = %s AND k.revoked_at IS NULL AND k.expires_at > %s "
        "AND w.state = %s AND w.version_id = %s AND s.state = %s AND s.has_signature = %s "
        "AND s.is_anonymous = %s AND p.state = %s)"
    )
    return words, [
        key.pk, key.key_hash, connection.ops.adapt_datetimefield_value(now), wave.state,
        wave.version_id, survey.state, survey.has_signature, survey.is_anonymous, person.state,
    ]  # fmt: skip
