from datetime import UTC, datetime, timedelta

import pytest

from serai.base.jobs.kinds import KINDS, Kind
from serai.base.jobs.schedule import Schedule
from serai.base.jobs.slots import Slots
from serai.base.models import Job, ScheduleSlot

pytestmark = pytest.mark.django_db
NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def hourly():
    from dataclasses import replace

    from tests.base.jobs import sample_jobs  # noqa: F401

    kind: Kind = KINDS["tests.nothing"]
    return replace(kind, schedule=Schedule("0 * * * *"))


def test_the_first_slot_of_a_new_house_is_noted_not_run(hourly):
    assert Slots([hourly]).round(NOON) == []

    assert ScheduleSlot.objects.get().slot_at == NOON
    assert Job.objects.count() == 0


def test_a_due_slot_is_queued_once_by_whoever_comes_first(hourly):
    Slots([hourly]).round(NOON)
    one, two = Slots([hourly]), Slots([hourly])
    later = NOON + timedelta(hours=1, seconds=7)

    assert one.round(later) == ["tests.nothing"]
    assert two.round(later) == []
    assert one.round(later) == []

    assert Job.objects.get().key == "schedule:tests.nothing"


def test_after_a_pause_only_the_latest_missed_slot_runs(hourly):
    Slots([hourly]).round(NOON)

    queued = Slots([hourly]).round(NOON + timedelta(days=3, minutes=5))

    assert queued == ["tests.nothing"]
    assert list(ScheduleSlot.objects.order_by("slot_at").values_list("slot_at", flat=True)) == [
        NOON, NOON + timedelta(days=3),
    ]  # fmt: skip


def test_a_round_without_anything_due_asks_nothing(hourly, django_assert_num_queries):
    slots = Slots([hourly])
    slots.round(NOON)

    with django_assert_num_queries(0):
        assert slots.round(NOON + timedelta(minutes=59)) == []


def test_a_job_still_waiting_is_not_piled_up(hourly):
    slots = Slots([hourly])
    slots.round(NOON)
    slots.round(NOON + timedelta(hours=1))

    slots.round(NOON + timedelta(hours=2))

    assert Job.objects.count() == 1
    assert ScheduleSlot.objects.count() == 3


def test_a_clock_that_goes_back_queues_nothing(hourly):
    Slots([hourly]).round(NOON)

    assert Slots([hourly]).round(NOON - timedelta(hours=2)) == []
