"""Jobs on Celery: the broker may lose, repeat and delay messages; effects happen once."""

from datetime import timedelta

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from tests.base.jobs import sample_jobs  # noqa: F401
from tests.base.jobs.reading import effects, only_job

from serai.base.jobs import api, asking, cluster, enqueue, leases, run_again
from serai.base.jobs.worker import Keeper
from serai.base.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_celery(settings):
    """Let jobs run on Celery, through a broker in this process's memory."""
    settings.TASKS = {
        "default": {
            "BACKEND": "serai.base.jobs.cluster.CeleryBackend",
            "QUEUES": ["default", "mail", "documents"],
        }
    }
    cluster.app.conf.broker_url = "memory://"
    yield
    cluster.app.conf.task_always_eager = False


@pytest.fixture
def sent(monkeypatch):
    """What goes to the broker, in order; nothing of it is delivered by itself."""
    messages = []

    def keep(arguments, *, queue, retry):
        messages.append((*arguments, queue))

    monkeypatch.setattr(cluster.attempt, "apply_async", keep)
    return messages


def deliver(messages):
    """Hand every message over as a worker of Celery would."""
    for job_id, number, _queue in list(messages):
        cluster.attempt.run(job_id, number)


def test_a_message_leaves_after_the_commit_alone(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("tests.effect", mark="a")
        before = list(sent)

    assert before == []
    assert sent == [(only_job().pk, 1, "default")]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_sends_nothing(sent):
    def begun_and_broken_off():
        enqueue("tests.effect", mark="a")
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        begun_and_broken_off()

    assert (sent, Job.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_message_that_comes_twice_has_one_effect(sent):
    enqueue("tests.effect", mark="a")

    deliver(sent * 2)

    assert (only_job().state, effects()) == ("done", ["a"])


@pytest.mark.django_db(transaction=True)
def test_a_message_of_an_earlier_attempt_does_nothing(sent):
    enqueue("tests.effect", mark="a")
    Job.objects.update(attempt=2)

    deliver(sent)

    assert (only_job().state, effects()) == ("ready", [])


@pytest.mark.django_db(transaction=True)
def test_a_message_that_was_lost_is_sent_again_once_it_is_overdue(sent):
    enqueue("tests.effect", mark="a")
    sent.clear()

    at_once = cluster.send_overdue()
    Job.objects.update(
        run_at=timezone.now() - timedelta(seconds=31),
        asked_at=timezone.now() - timedelta(seconds=31),
    )
    later = cluster.send_overdue()
    and_again = cluster.send_overdue()
    deliver(sent)

    assert (at_once, later, and_again) == (0, 1, 0)
    assert (only_job().state, effects()) == ("done", ["a"])


@pytest.mark.django_db(transaction=True)
def test_a_job_for_later_reaches_the_broker_when_it_is_due(sent):
    enqueue("tests.effect", mark="a", run_after=timezone.now() + timedelta(hours=1))

    early = cluster.send_overdue()
    now = timezone.now()
    Job.objects.update(asked_at=now - timedelta(hours=1), run_at=now - timedelta(seconds=1))
    due = cluster.send_overdue()

    assert (early, due, sent) == (0, 1, [(only_job().pk, 1, "default")])


@pytest.mark.django_db(transaction=True)
def test_a_failed_attempt_waits_and_is_sent_by_a_round(sent):
    enqueue("tests.breaks", mark="a")
    deliver(sent)
    waiting = only_job()
    sent.clear()
    Job.objects.update(run_at=timezone.now() - timedelta(seconds=1))
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=1))

    cluster.send_overdue()

    assert (waiting.state, waiting.attempt, effects()) == ("ready", 2, [])
    assert sent == [(waiting.pk, 2, "default")]


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_held_is_taken_back_and_done_once(sent):
    enqueue("tests.effect", mark="a")
    job = only_job()
    held = leases.claim_one(job.pk, 1, "killed")
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    cluster.ClusterKeeper("keeper", ("*",)).round()
    Job.objects.update(run_at=timezone.now() - timedelta(seconds=31))
    cluster.send_overdue()
    deliver(sent)

    assert held is not None
    assert (only_job().state, only_job().attempt, effects()) == ("done", 2, ["a"])


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_loses_nothing(monkeypatch):
    def away(*arguments, **options):
        raise OperationalError("no route")

    monkeypatch.setattr(cluster.attempt, "apply_async", away)

    asked = enqueue("tests.effect", mark="a")

    assert (asked.is_new, only_job().state) == (True, "ready")


@pytest.mark.django_db(transaction=True)
def test_what_the_broker_did_not_take_is_sent_by_the_next_round(sent, monkeypatch):
    enqueue("tests.effect", mark="a")
    sent.clear()
    moment = timezone.now() - timedelta(seconds=31)
    Job.objects.update(run_at=moment, asked_at=moment)
    take = cluster.attempt.apply_async

    def away(*arguments, **options):
        raise OperationalError("no route")

    monkeypatch.setattr(cluster.attempt, "apply_async", away)
    while_away = cluster.send_overdue()
    monkeypatch.setattr(cluster.attempt, "apply_async", take)
    when_back = cluster.send_overdue()

    assert (while_away, when_back) == (0, 1)
    assert sent == [(only_job().pk, 1, "default")]


@pytest.mark.django_db(transaction=True)
def test_a_waiting_job_is_cancelled_and_its_message_does_nothing(sent):
    asked = enqueue("tests.effect", mark="a")

    was_there = asking.cancel(asked.id)
    deliver(sent)

    assert (was_there, only_job().state, effects()) == (True, "cancelled", [])


@pytest.mark.django_db(transaction=True)
def test_a_failed_job_runs_again(sent):
    asked = enqueue("tests.gives_up")
    deliver(sent)
    failed = only_job().state
    sent.clear()

    assert run_again(asked.id)
    assert (failed, sent) == (JobState.FAILED, [(only_job().pk, 2, "default")])


@pytest.mark.django_db(transaction=True)
def test_a_worker_of_celery_runs_jobs_through_a_broker():
    if connection.vendor == "sqlite":
        pytest.skip("The suite's SQLite lies in memory, which threads cannot share.")

    with start_worker(cluster.app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        for number in range(5):
            enqueue("tests.effect", mark=f"mark{number}")
        ended = wait_until_done(5)

    assert ended == 5
    assert effects() == [f"mark{number}" for number in range(5)]


def wait_until_done(count):
    import time

    for _ in range(200):
        done = Job.objects.filter(state="done").count()
        if done == count:
            break
        time.sleep(0.1)
    return done


@pytest.mark.django_db(transaction=True)
def test_jobs_run_in_place_when_celery_is_told_to(settings):
    cluster.app.conf.task_always_eager = True

    enqueue("tests.effect", mark="a")

    assert (only_job().state, effects()) == ("done", ["a"])


def test_the_queue_is_not_the_database_s(sent):
    assert not api.keeps_rows()


def test_worker_command_starts_celery_s_worker(monkeypatch):
    asked = []
    monkeypatch.setattr(cluster.app, "worker_main", asked.append)

    call_command("run_worker", "--processes", "3", "--queues", "mail,default")

    assert asked[0][:5] == ["worker", "--queues", "mail,default", "--concurrency", "3"]


def test_worker_command_still_refuses_an_unknown_queue():
    with pytest.raises(CommandError, match="There is no queue post"):
        call_command("run_worker", "--queues", "post")


def test_each_process_keeps_a_round_of_its_own(monkeypatch):
    begun = []
    monkeypatch.setattr(Keeper, "watch", lambda self: begun.append(type(self)))
    monkeypatch.setattr(cluster.connections, "close_all", lambda: None)

    cluster.keep(sender=None)

    assert begun == [cluster.ClusterKeeper]
