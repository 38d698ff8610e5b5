from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.base.jobs.reading import effects, only_job
from tests.factories.members import person

from serai.base.jobs import backoff, clock, enqueue, leases, run_ready, running
from serai.base.jobs.watching import job_shown
from serai.base.models import Job, JobState

pytestmark = pytest.mark.django_db


def let_wait_pass():
    """Bring every waiting attempt forward to now."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def test_effect_and_end_are_written_together():
    enqueue("tests.effect", mark="a")

    assert run_ready() == ["tests.effect"]

    row = only_job()
    assert (row.state, row.lease_until, row.error) == ("done", None, "")
    assert effects() == ["a"]
    assert DBTaskResult.objects.get(pk=row.task).status == "SUCCESSFUL"


def test_a_job_without_a_commit_is_done_when_it_returns():
    enqueue("tests.nothing")

    run_ready()

    assert only_job().state == JobState.DONE


def test_a_failed_attempt_leaves_no_effect_and_waits_for_the_next(seen):
    enqueue("tests.breaks", mark="a")

    before = clock.database_now()
    assert run_ready() == ["tests.breaks"]
    after = clock.database_now()

    row = only_job()
    assert (row.state, row.attempt) == ("ready", 2)
    assert row.error == "RuntimeError: the disk of <e-mail> is full"
    pause = backoff.pause(row.public_id, 1)
    slack = timedelta(milliseconds=2)
    assert before + pause - slack <= row.run_at <= after + pause + slack
    assert effects() == []
    assert run_ready() == []


def test_attempts_end_at_their_number_and_the_queue_keeps_each(seen):
    enqueue("tests.breaks", mark="a")

    for _ in range(5):
        run_ready()
        let_wait_pass()

    assert seen == [1, 2, 3]
    assert only_job().state == JobState.FAILED
    kept = DBTaskResult.objects.order_by("enqueued_at")
    assert [row.status for row in kept] == ["FAILED"] * 3
    assert {row.exception_class_path for row in kept} == {"builtins.RuntimeError"}
    assert all("sample_jobs.py" in row.traceback for row in kept)
    assert not any("agency.example" in row.traceback for row in kept)


def test_what_breaks_after_the_commit_stays_done():
    enqueue("tests.breaks_after", mark="a")

    run_ready()

    assert only_job().state == JobState.DONE
    assert effects() == ["a"]


def test_giving_up_fails_at_once_in_words():
    enqueue("tests.gives_up")

    run_ready()

    row = only_job()
    assert (row.state, row.attempt, row.error) == (
        "failed", 1, "The file is empty. Send it again.",
    )  # fmt: skip


def test_a_stolen_job_writes_nothing():
    enqueue("tests.stolen", mark="a")

    run_ready()

    assert effects() == []
    row = only_job()
    assert (row.state, row.token) == ("running", "another")


def test_progress_is_seen_while_the_job_runs():
    enqueue("tests.steps", key="k", mark="a")
    started = leases.claim(["*"], "w")
    context = running.Context("x", "k", 1, None, timezone.now(), started)
    context.progress("Reading the answers", 3, 11, "members")
    later = started.job.started_at + timedelta(seconds=30)

    shown = job_shown("k", address="/jobs/x/", now=later)

    assert (shown.step, shown.done, shown.total, shown.unit, shown.is_running) == (
        "Reading the answers", 3, 11, "members", True,
    )  # fmt: skip
    assert shown.remaining == timedelta(seconds=80)


def test_the_asker_is_written_to():
    asker = person()
    enqueue("tests.steps", by=asker.pk, mark="a")

    assert run_ready() == ["tests.steps", "base.tell_asker"]

    letter = asker.messages.get()
    assert letter.subject == "Finished: Counting members"
    assert letter.link == "/reports/abc/"


def test_a_task_that_comes_twice_runs_once():
    enqueue("tests.effect", mark="a")
    row = only_job()

    running.attempt_job(row.pk, 1)
    running.attempt_job(row.pk, 1)

    assert effects() == ["a"]
    assert only_job().state == JobState.DONE


def test_a_lost_worker_is_noticed_and_the_job_resumed():
    """The trap of django-tasks-db: a killed worker's job stays RUNNING for ever."""
    enqueue("tests.effect", mark="a")
    leases.claim(["*"], "killed")
    assert leases.reap() == 0
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert leases.reap() == 1

    row = only_job()
    assert (row.state, row.attempt, row.error) == ("ready", 2, "worker lost")
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]
    let_wait_pass()
    assert run_ready() == ["tests.effect"]
    assert effects() == ["a"]


def test_a_job_whose_workers_always_die_fails_in_the_end():
    enqueue("tests.effect", mark="a")
    for _ in range(5):
        let_wait_pass()
        leases.claim(["*"], "killed")
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        leases.reap()

    assert (only_job().state, only_job().error) == ("failed", "worker lost")


def test_a_lease_is_a_minute_of_the_databases_clock(monkeypatch):
    enqueue("tests.effect", mark="a")
    wrong = datetime(2001, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: wrong)

    before = clock.database_now()
    started = leases.claim(["*"], "w")
    after = clock.database_now()

    slack = timedelta(milliseconds=2)
    assert before + leases.LEASE - slack <= started.job.lease_until <= after + leases.LEASE + slack
    assert leases.renew(started)
    assert leases.reap() == 0


def test_a_lease_taken_back_cannot_be_renewed_or_released():
    enqueue("tests.effect", mark="a")
    started = leases.claim(["*"], "w")
    Job.objects.update(token="another")

    assert not leases.renew(started)
    assert not leases.release(started, error="", error_class="", frames="", retry=True)


def test_a_claim_after_the_first_finds_nothing():
    enqueue("tests.effect", mark="a")

    assert leases.claim(["*"], "one") is not None
    assert leases.claim(["*"], "two") is None


def test_a_queue_is_served_only_by_its_workers():
    enqueue("tests.effect", mark="a")

    assert leases.claim(["mail"], "w") is None
    assert leases.claim(["mail", "default"], "w") is not None
