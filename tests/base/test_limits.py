"""How often something may be asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from serai.base import limits
from serai.base.limits import Limit, TooOften
from serai.base.models import RateWindow

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
TEN = Limit("ten", 10, 60)


@pytest.mark.parametrize(("passed", "used", "is_allowed"), [(15, 10, False), (30, 8, True)])
def test_the_previous_window_fades(passed, used, is_allowed):
    assert limits.weight(8, 4, passed / 60) == used
    assert (limits.wait_seconds(8, 4, passed, TEN) == 0) is is_allowed


@pytest.mark.parametrize(
    ("previous", "current", "passed"),
    [(8, 4, 15), (10, 0, 0), (0, 10, 20), (50, 3, 1), (10, 10, 59)],
)
def test_after_the_wait_one_more_is_allowed_and_not_a_second_before(previous, current, passed):
    wait = limits.wait_seconds(previous, current, passed, TEN)

    def used(after: float) -> float:
        at = passed + after
        if at < 60:
            return limits.weight(previous, current, at / 60)
        return limits.weight(current, 0, (at - 60) / 60)

    assert wait >= 1
    assert used(wait) < 10
    assert used(wait - 1) >= 10


@pytest.mark.django_db
def test_count_refuses_the_eleventh_and_counts_it_not():
    for _ in range(10):
        limits.count(TEN, "a", now=NOON)

    with pytest.raises(TooOften) as refused:
        limits.count(TEN, "a", now=NOON)

    assert refused.value.retry_after == 61
    assert refused.value.minutes == 2
    assert list(RateWindow.objects.values_list("count", flat=True)) == [10]
    limits.count(TEN, "a", now=NOON + timedelta(seconds=61))


@pytest.mark.django_db
def test_subjects_and_limits_are_counted_apart():
    limits.count(Limit("one", 1, 60), "a", now=NOON)
    limits.count(Limit("one", 1, 60), "b", now=NOON)
    limits.count(Limit("two", 1, 60), "a", now=NOON)

    assert RateWindow.objects.count() == 3
    assert not any(row.bucket.partition(":")[2] == "a" for row in RateWindow.objects.all())


@pytest.mark.django_db
def test_codes_five_an_address_in_fifteen_minutes():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    for _ in range(5):
        limits.count_code("Anna@Example.org", request, now=NOON)

    with pytest.raises(TooOften):
        limits.count_code("anna@example.org ", request, now=NOON)
    limits.count_code("other@example.org", request, now=NOON)


@pytest.mark.django_db
def test_codes_sixty_an_hour_from_one_network():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    for number in range(60):
        limits.count_code(f"{number}@example.org", request, now=NOON)

    with pytest.raises(TooOften):
        limits.count_code("one-more@example.org", request, now=NOON)


@pytest.mark.django_db
def test_old_windows_are_forgotten():
    limits.count(TEN, "a", now=NOON - timedelta(days=2))
    limits.count(TEN, "a", now=NOON)

    assert limits.prune(now=NOON) == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "198.51.100.1", "192.0.2.7"),
        (1, "", "192.0.2.7"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "not an address", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_client_address_trusts_only_our_proxies(proxies, forwarded, seen, settings):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)

    assert limits.client_address(request) == seen


@pytest.mark.django_db
def test_counting_asks_a_fixed_number_of_queries(django_assert_num_queries):
    with django_assert_num_queries(1):
        limits.count(TEN, "a", now=NOON)
