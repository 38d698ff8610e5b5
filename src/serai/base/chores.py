"""The house's own jobs: letters, seals, tidying, copies."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext_noop

from serai.base import audit, held, limits, mail, receipts, search
from serai.base.backup import keeping, making
from serai.base.files.keeping import check_received
from serai.base.jobs import Context, GiveUp, Schedule, job
from serai.base.jobs import api as queue
from serai.base.jobs.kinds import KINDS
from serai.base.mail import sending
from serai.base.mail.posting import post
from serai.base.models import Job, JobState, ScheduleSlot, Worker

KEPT_DONE = timedelta(days=30)
KEPT_FAILED = timedelta(days=180)
KEPT_SLOTS = timedelta(days=40)
KEPT_WORKERS = timedelta(days=1)
# Who waits longer than this has left the page and gets a letter, not only a line in the inbox.
WATCHED_SECONDS = 30


@job("base.send_mail", queue="mail")
def send_mail(context: Context, message_id: int) -> None:
    """Try to send one letter."""
    sending.send_one(
        message_id,
        now=context.now,
        post=lambda letter: post(letter, settings.MAIL),
        sender=settings.MAIL_FROM,
        commit=context.commit,
    )


@job("base.sweep_mail", queue="mail", schedule=Schedule("*/5 * * * *"))
def sweep_mail(context: Context) -> None:
    """Queue letters that wait without a job."""
    with context.commit():
        sending.sweep(context.now)


@job("base.seal_audit", schedule=Schedule("* * * * *"))
def seal_audit(context: Context) -> None:
    """Link the minute's lines into the audit chain."""
    with context.commit():
        audit.seal()


@job("base.seal_stragglers", schedule=Schedule("40 2 * * *"))
def seal_stragglers(context: Context) -> None:
    """Look through the whole audit for lines without a seal."""
    with context.commit():
        audit.seal(whole_table=True)


@job("base.mail_audit_head", schedule=Schedule("15 6 * * *"))
def mail_audit_head(context: Context) -> None:
    """Send the chain's head to SERAI_AUDIT_MAIL, where this installation cannot reach it."""
    head = audit.head()
    with context.commit():
        for address in settings.AUDIT_MAIL:
            mail.send(
                mail.Message(
                    key=f"audit_head:{context.now:%Y-%m-%d}:{address}",
                    template="serai/email/audit_head",
                    facts={"head": head, "site": settings.SITE_ADDRESS, "day": context.now.date()},
                    address=address,
                ),
                now=context.now,
            )


@job("base.tell_asker")
def tell_asker(context: Context, job_id: int, is_done: bool, is_said: bool) -> None:
    """Write to who asked for a long job that it has ended."""
    row = Job.objects.get(pk=job_id)
    if row.asked_by_id is None or row.finished_at is None:
        return
    reader = get_user_model().objects.filter(pk=row.asked_by_id).first()
    if reader is None:
        return
    took = (row.finished_at - row.asked_at).total_seconds()
    kind = KINDS.get(row.name)
    with context.commit():
        mail.send(
            mail.Message(
                key=f"job:{row.public_id}:{row.attempt}",
                template=f"serai/email/job_{'finished' if is_done else 'failed'}",
                facts={
                    "title": kind.title if kind else row.name,
                    "error": row.error if is_said else "",
                },
                person_id=row.asked_by_id,
                thing=f"base.job:{row.pk}",
                link=row.result_address,
                is_inbox_only=is_done and took < WATCHED_SECONDS,
            ),
            now=context.now,
        )


@job("base.check_file", title=gettext_noop("Checking a file"))
def check_file(context: Context, file_id: int) -> None:
    """Look into a file that was taken in unseen."""
    with context.commit():
        check_received(file_id=file_id)


@job("base.backup", max_attempts=2, schedule=Schedule("30 1 * * *"))
def backup(context: Context) -> None:
    """Copy an SQLite house each night, and remove copies whose turn is over.

    On PostgreSQL it is left to a timer, or to the copies the server makes (docs/running.md).
    """
    if connection.vendor != "sqlite":
        return
    places = making.Places(settings.FILES_DIR, settings.BACKUP_DIR)
    try:
        made = making.make(
            places, alias="default", name=keeping.name_for(context.now), now=context.now
        )
    except FileExistsError as error:
        raise GiveUp("A copy of this minute exists already.") from error
    making.verify(made)
    keeping.prune(settings.BACKUP_DIR)


@job("base.index", schedule=Schedule("10 3 * * 0"), title=gettext_noop("Building the search index"))
def index(context: Context) -> None:
    """Write the search index anew each week, so that it never drifts from what rooms hold."""
    search.rebuild(now=context.now)


@job("base.prune", schedule=Schedule("20 2 * * *"))
def prune(context: Context) -> None:
    """Remove what has served its time: ended jobs, old slots, sessions, receipts, counts."""
    now = context.now
    with context.commit():
        held.prune(now=now)
        receipts.prune(now=now)
        limits.prune(now=now)
        Session.objects.filter(expire_date__lt=now).delete()
        prune_jobs(now - KEPT_DONE, now - KEPT_FAILED)
        latest = ScheduleSlot.objects.values_list("name").annotate(latest=Max("slot_at"))
        for name, slot_at in latest:
            ScheduleSlot.objects.filter(
                name=name, slot_at__lt=min(slot_at, now - KEPT_SLOTS)
            ).delete()
        Worker.objects.filter(seen_at__lt=now - KEPT_WORKERS).delete()


def prune_jobs(done_before: datetime, failed_before: datetime) -> None:
    """Remove ended jobs, and the queue's rows of their attempts."""
    good = [JobState.DONE, JobState.CANCELLED]
    Job.objects.filter(state__in=good, finished_at__lt=done_before).delete()
    Job.objects.filter(state=JobState.FAILED, finished_at__lt=failed_before).delete()
    queue.prune(failed_before)
