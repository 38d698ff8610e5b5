from datetime import UTC, date, datetime, timedelta

import pytest

from serai.base.jobs.schedule import Schedule

pytestmark = pytest.mark.either_engine


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "now", "expected"),
    [
        ("* * * * *", "UTC", utc(2026, 11, 24, 4, 12, 59), utc(2026, 11, 24, 4, 12)),
        ("*/15 * * * *", "UTC", utc(2026, 11, 24, 4, 12), utc(2026, 11, 24, 4, 0)),
        ("30 3 * * *", "UTC", utc(2026, 11, 24, 3, 29), utc(2026, 11, 23, 3, 30)),
        ("30 3 * * *", "UTC", utc(2026, 11, 24, 3, 30), utc(2026, 11, 24, 3, 30)),
        ("0 9 * * *", "Asia/Tashkent", utc(2026, 11, 24, 4, 0), utc(2026, 11, 24, 4, 0)),
        ("0 9 * * 1", "Asia/Manila", utc(2026, 11, 24, 4, 0), utc(2026, 11, 23, 1, 0)),
        ("0 9 * * 1-5", "UTC", utc(2026, 11, 22, 12), utc(2026, 11, 20, 9)),
        ("0 0 1 * *", "UTC", utc(2026, 11, 24), utc(2026, 11, 1)),
        ("0 12 29 2 *", "UTC", utc(2027, 1, 1), utc(2024, 2, 29, 12)),
        ("0 12 29 2 *", "UTC", utc(1904, 2, 28), utc(1896, 2, 29, 12)),
        ("0 8 13 * 5", "UTC", utc(2026, 11, 24), utc(2026, 11, 20, 8)),
        ("0 8,20 * * 7", "UTC", utc(2026, 11, 24), utc(2026, 11, 22, 20)),
        ("30 * * * 0", "UTC", utc(2026, 11, 24), utc(2026, 11, 22, 23, 30)),
    ],
)
def test_latest_finds_the_last_planned_minute(text, zone, now, expected):
    assert Schedule(text, zone).latest(now) == expected


def test_a_skipped_time_runs_at_the_next_valid_minute():
    schedule = Schedule("30 2 * * *", "Europe/Berlin")  # 02:00 to 03:00 is missing on 2026-03-29

    assert schedule.latest(utc(2026, 3, 29, 0, 59)) == utc(2026, 3, 28, 1, 30)
    assert schedule.latest(utc(2026, 3, 29, 1, 0)) == utc(2026, 3, 29, 1, 0)
    assert schedule.latest(utc(2026, 3, 30, 0, 30)) == utc(2026, 3, 30, 0, 30)


def test_two_times_skipped_together_are_one_run():
    schedule = Schedule("0,30 2,3 * * *", "Europe/Berlin")

    moments = {schedule.latest(utc(2026, 3, 29, 0) + timedelta(minutes=n)) for n in range(60, 120)}

    assert moments == {utc(2026, 3, 29, 1, 0), utc(2026, 3, 29, 1, 30)}


def test_a_doubled_time_runs_once_the_first_time():
    schedule = Schedule("30 2 * * *", "Europe/Berlin")  # 02:30 comes at 00:30 and 01:30 UTC

    found = {schedule.latest(utc(2026, 10, 25, 0) + timedelta(minutes=n)) for n in range(30, 300)}

    assert found == {utc(2026, 10, 25, 0, 30)}


def test_an_interval_runs_in_both_of_the_doubled_hours():
    schedule = Schedule("30 * * * *", "Europe/Berlin")

    assert schedule.latest(utc(2026, 10, 25, 1, 45)) == utc(2026, 10, 25, 1, 30)
    assert schedule.latest(utc(2026, 10, 25, 0, 45)) == utc(2026, 10, 25, 0, 30)


def test_a_change_of_a_zones_rule_is_followed():
    schedule = Schedule("0 9 * * *", "Asia/Almaty")  # +06 until 2024-02-29, +05 from 2024-03-01

    assert schedule.latest(utc(2024, 2, 29, 3)) == utc(2024, 2, 29, 3)
    assert schedule.latest(utc(2024, 3, 1, 4)) == utc(2024, 3, 1, 4)


def test_a_whole_day_that_a_zone_skipped_runs_when_the_next_begins():
    schedule = Schedule("0 9 * * *", "Pacific/Apia")  # 30 December 2011 did not happen

    assert schedule.latest(utc(2011, 12, 30, 10)) == utc(2011, 12, 30, 10)


def test_a_date_that_never_comes_has_no_latest():
    assert Schedule("0 12 31 2 *").latest(utc(2026, 1, 1)) is None
    assert Schedule("0 * 31 2 *").latest(utc(2026, 1, 1)) is None


def test_is_on_reads_day_and_weekday_as_either():
    schedule = Schedule("0 8 13 * 5")

    assert schedule.is_on(date(2026, 11, 13))
    assert schedule.is_on(date(2026, 11, 20))
    assert not schedule.is_on(date(2026, 11, 21))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("* * * *", "Schedule '* * * *': write minute hour day month weekday."),
        ("60 * * * *", "Schedule: minute '60' is not within 0 to 59."),
        ("x * * * *", "Schedule: minute 'x' cannot be read."),
        ("5-1 * * * *", "Schedule: minute '5-1' is not within 0 to 59."),
        ("*/0 * * * *", "Schedule: minute '*/0' is not within 0 to 59."),
        ("0 0 0 * *", "Schedule: day '0' is not within 1 to 31."),
    ],
)
def test_a_wrong_schedule_is_refused_by_its_field(text, says):
    with pytest.raises(ValueError) as caught:
        Schedule(text)

    assert str(caught.value) == says


def test_an_unknown_zone_is_refused():
    with pytest.raises(KeyError):
        Schedule("0 9 * * *", "Asia/Nowhere")
