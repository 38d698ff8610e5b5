"""What comes after the deliveries, one topic a job."""

from datetime import UTC, datetime

from serai.setup.demo import later
from serai.setup.demo import round as demo

NOON = datetime(2021, 8, 16, 12, tzinfo=UTC)


def test_each_topic_names_the_next(monkeypatch):
    entered = []
    monkeypatch.setattr(
        demo, "LATER", tuple(lambda people, now, n=n: entered.append(n) for n in range(3))
    )

    assert [demo.enter_later({}, number, NOON) for number in range(3)] == [1, 2, 0]
    assert entered == [0, 1, 2]


def test_events_come_before_the_requests_that_name_them():
    assert (later.events, later.helping, later.releasing) == later.LATER
