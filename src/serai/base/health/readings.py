"""Measure the house: each reading says what was found, and whether that is well."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

WORKER_SEEN_WITHIN = timedelta(seconds=60)
JOB_READY_WITHIN = timedelta(minutes=5)
MAIL_SENT_WITHIN = timedelta(minutes=15)
BACKUP_WITHIN = timedelta(hours=26)
SEALED_WITHIN = timedelta(minutes=5)
DISK_FREE_SHARE = 0.10


@dataclass(frozen=True)
class Reading:
    """One thing measured: its name, whether it is well, and in words what was found."""

    name: str
    is_well: bool
    words: str


def database() -> Reading:
    """Ask the database one question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return Reading(
            "database", False, _("does not answer (%(fault)s)") % {"fault": type(error).__name__}
        )
    return Reading("database", True, _("answers"))


class Migrations:
    """Compare the code's migrations with the database's; once equal they stay so."""

    def __init__(self) -> None:
        self.is_done = False

    def __call__(self) -> Reading:
        """Read the plan, unless it was empty before."""
        if not self.is_done:
            try:
                executor = MigrationExecutor(connection)
                waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
            except DatabaseError as error:
                words = _("cannot be read (%(fault)s)") % {"fault": type(error).__name__}
                return Reading("migrations", False, words)
            if waiting:
                words = _("%(n)s wait: ./serai prepare") % {"n": len(waiting)}
                return Reading("migrations", False, words)
            self.is_done = True
        return Reading("migrations", True, _("all applied"))


migrations = Migrations()


def data_folder(folder: Path) -> Reading:
    """Tell whether files can be kept."""
    if folder.is_dir() and os.access(folder, os.W_OK):
        return Reading("data_folder", True, _("can be written"))
    return Reading("data_folder", False, _("cannot be written"))


def disk(folder: Path) -> Reading:
    """Tell how much of the disk is free; at least a tenth is well."""
    space = shutil.disk_usage(folder)
    share = space.free / space.total
    return Reading(
        "disk", share >= DISK_FREE_SHARE, _("%(share)s free") % {"share": f"{share:.0%}"}
    )


def _age(name: str, at: datetime | None, now: datetime, within: timedelta, empty: str) -> Reading:
    if at is None:
        return Reading(name, False, empty)
    age = now - at
    return Reading(name, age <= within, _("%(n)s s ago") % {"n": round(age.total_seconds())})


def backup(at: datetime | None, now: datetime) -> Reading:
    """Judge the latest copy; PostgreSQL has no nightly one of ours, so a first one is not owed."""
    if at is None and connection.vendor != "sqlite":
        return Reading("backup", True, _("left to the server's own copies"))
    return _age("backup", at, now, BACKUP_WITHIN, _("none was made"))


def _oldest(name: str, at: datetime | None, now: datetime, within: timedelta) -> Reading:
    if at is None:
        return Reading(name, True, _("nothing waits"))
    age = now - at
    words = _("oldest waits %(n)s s") % {"n": max(0, round(age.total_seconds()))}
    return Reading(name, age <= within, words)


@dataclass(frozen=True)
class Moments:
    """When things last happened, or since when they wait; None where nothing did or does."""

    worker_seen_at: datetime | None
    oldest_ready_job_at: datetime | None
    oldest_waiting_mail_at: datetime | None
    oldest_unsealed_at: datetime | None
    latest_backup_at: datetime | None


def deep(moments: Moments, folder: Path, now: datetime) -> list[Reading]:
    """Judge the moments against what is agreed in docs/running.md."""
    return [
        _age("worker", moments.worker_seen_at, now, WORKER_SEEN_WITHIN, _("never seen")),
        _oldest("jobs", moments.oldest_ready_job_at, now, JOB_READY_WITHIN),
        _oldest("mail", moments.oldest_waiting_mail_at, now, MAIL_SENT_WITHIN),
        backup(moments.latest_backup_at, now),
        _oldest("seal", moments.oldest_unsealed_at, now, SEALED_WITHIN),
        disk(folder),
    ]


def ready(folder: Path) -> list[Reading]:
    """Measure what must be well before a request is let in."""
    checks: tuple[Callable[[], Reading], ...] = (database, migrations)
    return [*(check() for check in checks), data_folder(folder)]
