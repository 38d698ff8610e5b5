"""What waits, and since when."""

from datetime import timedelta

import pytest

from serai.base.backup import keeping
from serai.base.health import moments
from serai.base.health.readings import Moments
from serai.base.models.audit import AuditEntry, AuditSeal
from serai.base.models.jobs import Job, Worker
from serai.base.models.mail import Message

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_an_empty_house_has_no_moments(tmp_path, noon):
    assert moments.measure(tmp_path, noon) == Moments(None, None, None, None, None)


def test_each_moment_is_read(tmp_path, noon):
    for name, ago in (("a", 3), ("b", 1)):
        Worker.objects.create(name=name, host="h", queues="*", seen_at=noon - ago * MINUTE)
    for key, state, at in (
        ("old", "done", noon - 90 * MINUTE),
        ("waiting", "ready", noon - 7 * MINUTE),
        ("later", "ready", noon + MINUTE),
    ):
        Job.objects.create(name="base.x", key=key, state=state, asked_at=noon, run_at=at)
    for key, state, at in (
        ("sent", "sent", noon - 90 * MINUTE),
        ("waiting", "queued", noon - 20 * MINUTE),
        ("later", "queued", noon + MINUTE),
    ):
        Message.objects.create(
            key=key,
            address="a@agency.example",
            subject="s",
            text="t",
            state=state,
            written_at=noon,
            next_at=at,
        )
    sealed = AuditEntry.objects.create(at=noon - 60 * MINUTE, verb="v", thing="t:1")
    AuditSeal.objects.create(number=1, entry=sealed, previous="0", hash="1")
    AuditEntry.objects.create(at=noon - 2 * MINUTE, verb="v", thing="t:2")
    (tmp_path / keeping.name_for(noon - 60 * MINUTE)).mkdir()

    assert moments.measure(tmp_path, noon) == Moments(
        worker_seen_at=noon - MINUTE,
        oldest_ready_job_at=noon - 7 * MINUTE,
        oldest_waiting_mail_at=noon - 20 * MINUTE,
        oldest_unsealed_at=noon - 2 * MINUTE,
        latest_backup_at=noon - 60 * MINUTE,
    )
