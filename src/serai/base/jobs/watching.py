"""A job as the page that watches it shows it: step, n of m, time left, and how it ended."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from serai.base.jobs.kinds import kind
from serai.base.models.jobs import LIVE, Job, JobState
from serai.base.shown import JobShown

LEAST_SHARE = 0.05


def job_shown(
    key: str,
    *,
    address: str,
    now: datetime,
    result_address: str = "",
    cancel_address: str = "",
    asked_count: int = 0,
) -> JobShown | None:
    """Return the latest job of a key as its watcher sees it; None if there never was one."""
    row = Job.objects.filter(key=key).order_by("-id").first()
    if row is None:
        return None
    return shown(
        row,
        address=address,
        now=now,
        result_address=result_address,
        cancel_address=cancel_address,
        asked_count=asked_count,
    )


def shown(
    row: Job,
    *,
    address: str,
    now: datetime,
    result_address: str = "",
    cancel_address: str = "",
    asked_count: int = 0,
) -> JobShown:
    """Return one job as its watcher sees it."""
    said = row.progress or {}
    done, total = int(said.get("done", 0)), int(said.get("total", 0))
    is_running = row.state in LIVE
    title = kind(row.name).title
    waiting = _("Waiting to begin") if row.state == JobState.READY else _(title or "Working")
    return JobShown(
        id=row.public_id,
        step=_(said["step"]) if said.get("step") else waiting,
        is_running=is_running,
        address=address,
        done=done,
        total=total,
        unit=_(said["unit"]) if said.get("unit") else "",
        remaining=_remaining(row, done, total, now),
        asked_count=asked_count,
        cancel_address=cancel_address if is_running else "",
        result_address=result_address or row.result_address,
        error=_error(row),
    )


def _remaining(row: Job, done: int, total: int, now: datetime) -> timedelta | None:
    """Guess the time left from the share that is done; None while too little is known."""
    if row.started_at is None or not total or done / total < LEAST_SHARE:
        return None
    spent = now - row.started_at
    return max(timedelta(0), spent * (total - done) / done)


def _error(row: Job) -> str:
    if row.state == JobState.FAILED:
        return _("It was tried %(n)s times and did not succeed. An administrator sees why.") % {
            "n": row.attempt
        }
    if row.state == JobState.CANCELLED:
        return _("It was cancelled.")
    return ""
