"""What the queue of django-tasks-db lacks: leases, attempts, progress, schedules."""

from enum import StrEnum

from django.conf import settings
from django.db import models

from serai.base.models.marks import PublicId


class JobState(StrEnum):
    """Where a job stands. Workers move it; the asker may cancel what has not begun."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


JOB_ALLOWED: dict[JobState, frozenset[JobState]] = {
    JobState.READY: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: frozenset(
        {JobState.DONE, JobState.READY, JobState.FAILED, JobState.CANCELLED}
    ),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.READY}),
    JobState.CANCELLED: frozenset(),
}
LIVE = (JobState.READY.value, JobState.RUNNING.value)


class Job(PublicId):
    """One job through all its attempts; each attempt has its own row in the queue.

    `task` is the queue's number of the present attempt. `token` is new with each start: who does
    not hold it may not write. `lease_until` is always the database's time.
    """

    name = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict, blank=True)
    queue = models.CharField(max_length=32, default="default")
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in JobState],
        default=JobState.READY.value,
    )
    attempt = models.PositiveSmallIntegerField(default=1)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    task = models.CharField(max_length=64, blank=True, db_index=True)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    progress = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    result_address = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancel_asked = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    run_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=LIVE),
                name="base_job_one_live_a_key",
            ),
            models.CheckConstraint(
                name="base_job_state_known",
                condition=models.Q(state__in=[state.value for state in JobState]),
            ),
            models.CheckConstraint(
                name="base_job_running_has_lease",
                condition=~models.Q(state=JobState.RUNNING.value)
                | (models.Q(lease_until__isnull=False) & ~models.Q(token="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=models.Q(state=JobState.RUNNING.value),
                name="base_job_leases",
            ),
            models.Index(
                fields=["run_at"],
                condition=models.Q(state=JobState.READY.value),
                name="base_job_waiting",
            ),
            models.Index(fields=["asked_by", "asked_at"], name="base_job_askers"),
            models.Index(fields=["state", "finished_at"], name="base_job_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class Worker(models.Model):
    """A process that runs jobs, and when it was seen, by the database's time."""

    name = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=100)
    queues = models.CharField(max_length=200)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class ScheduleSlot(models.Model):
    """One planned time of one job; who writes the row queues the job."""

    name = models.CharField(max_length=100)
    slot_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot_at"], name="base_slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot_at:%Y-%m-%d %H:%M}"
