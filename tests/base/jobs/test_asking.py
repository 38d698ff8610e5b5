from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from tests.base.jobs.reading import effects, only_job

from serai.base.jobs import Asked, cancel, enqueue, kinds, run_again, run_ready
from serai.base.models import Job, JobState

pytestmark = pytest.mark.django_db


def test_enqueue_writes_the_job_beside_its_row():
    asked = enqueue("tests.effect", key="k", mark="a")

    row = only_job()
    assert asked == Asked(row.public_id, "k", is_new=True)
    assert (row.name, row.arguments, row.state, row.attempt, row.queue) == (
        "tests.effect", {"mark": "a"}, "ready", 1, "default",
    )  # fmt: skip
    assert len(row.task) == 36


def test_enqueue_of_a_live_key_returns_the_first_job():
    first = enqueue("tests.effect", key="k", mark="a")

    again = enqueue("tests.effect", key="k", mark="b")

    assert again == Asked(first.id, "k", is_new=False)
    assert run_ready() == ["tests.effect"]
    assert effects() == ["a"]


def test_enqueue_after_the_end_begins_anew():
    first = enqueue("tests.effect", key="k", mark="a")
    run_ready()

    again = enqueue("tests.effect", key="k", mark="b")

    assert again.is_new
    assert again.id != first.id


def test_enqueue_without_a_key_makes_each_its_own():
    enqueue("tests.effect", mark="a")
    enqueue("tests.effect", mark="a")

    assert Job.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_enqueue_in_a_transaction_that_fails_leaves_nothing():
    def begun_and_broken_off():
        enqueue("tests.effect", mark="a")
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        begun_and_broken_off()

    assert Job.objects.count() == 0
    assert run_ready() == []


def test_enqueue_refuses_an_unknown_job():
    with pytest.raises(kinds.UnknownJob) as caught:
        enqueue("members.no_such_job")

    assert str(caught.value) == (
        "There is no job 'members.no_such_job'. Jobs stand in <room>/jobs.py as @job."
    )


def test_enqueue_refuses_an_argument_the_job_does_not_take():
    with pytest.raises(TypeError, match=r"Job tests.effect: missing a required argument: 'mark'"):
        enqueue("tests.effect")
    with pytest.raises(TypeError, match=r"Job tests.effect: got an unexpected keyword argument"):
        enqueue("tests.effect", mark="a", colour="b")


def test_a_job_that_is_due_later_waits():
    enqueue("tests.effect", run_after=timezone.now() + timedelta(hours=1), mark="a")

    assert run_ready() == []


def test_a_higher_priority_goes_first():
    enqueue("tests.effect", mark="a")
    enqueue("tests.effect", priority=5, mark="b")

    run_ready()

    assert effects() == ["b", "a"]


def test_cancel_of_a_waiting_job_ends_it():
    asked = enqueue("tests.effect", mark="a")

    assert cancel(asked.id)

    assert only_job().state == JobState.CANCELLED
    assert run_ready() == []
    assert not cancel(asked.id)


def test_cancel_of_a_running_job_stops_it_at_its_next_step():
    asked = enqueue("tests.steps", mark="a")
    from serai.base.jobs import leases, running

    started = leases.claim(["*"], "w")
    assert cancel(asked.id)
    running.run(started, timezone.now())

    assert only_job().state == JobState.CANCELLED
    assert effects() == []


def test_run_again_gives_a_failed_job_all_its_attempts():
    asked = enqueue("tests.gives_up")
    run_ready()
    assert only_job().state == JobState.FAILED

    assert run_again(asked.id)

    row = only_job()
    assert (row.state, row.attempt, row.max_attempts, row.error) == ("ready", 2, 6, "")
    assert run_ready() == ["tests.gives_up"]


def test_run_again_leaves_what_has_not_failed_or_has_a_successor():
    asked = enqueue("tests.gives_up", key="k")
    assert not run_again(asked.id)
    run_ready()
    enqueue("tests.gives_up", key="k")

    assert not run_again(asked.id)
    assert not run_again("unknown")
