import pytest

from serai.base.jobs import backoff

pytestmark = pytest.mark.either_engine


def test_base_seconds_are_the_ones_of_the_method():
    assert [backoff.base_seconds(n) for n in range(1, 11)] == [
        15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600,
    ]  # fmt: skip


def test_base_seconds_of_a_very_late_attempt_stay_an_hour():
    assert backoff.base_seconds(10_000) == 3600


def test_pause_is_the_worked_example():
    assert backoff.pause("7k2mnpqrstuv", 3).total_seconds() == pytest.approx(
        60 * (0.8 + 0.4 * backoff.share("7k2mnpqrstuv", 3)), abs=1e-6
    )
    assert round(backoff.share("7k2mnpqrstuv", 3), 6) == 0.322546
    assert round(backoff.pause("7k2mnpqrstuv", 3).total_seconds(), 3) == 55.741


def test_pause_is_drawn_alike_by_every_worker():
    assert backoff.pause("a", 1) == backoff.pause("a", 1)
    assert backoff.pause("a", 1) != backoff.pause("b", 1)
    assert backoff.pause("a", 1) != backoff.pause("a", 2) / 2


def test_pauses_stay_within_a_fifth_and_use_all_of_it():
    seconds = [backoff.pause(f"job{n}", 1).total_seconds() for n in range(2000)]

    assert 12 <= min(seconds) < 12.05
    assert 17.95 < max(seconds) <= 18
