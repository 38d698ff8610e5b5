"""The links of letters: random, kept as hashes, good for long enough."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import surveys as make

from serai.members.queries import token_hash
from serai.surveys.actions.links import keep_link_good, new_link

pytestmark = pytest.mark.django_db


def test_a_new_link_is_256_random_bits_of_which_the_hash_is_kept():
    row = make.invitation()

    tokens = {new_link(row, make.NOON) for _time in range(20)}
    last = new_link(row, make.NOON)

    assert {len(token) for token in tokens} == {43}
    assert len(tokens) == 20
    assert row.token_hash == token_hash(last)


@pytest.mark.parametrize(
    ("now", "grace", "until"),
    [
        # Due 31 March, which ends in Tbilisi at 20:00 UTC; 30 days after all time given.
        (make.NOON, 0, datetime(2021, 4, 30, 20, tzinfo=UTC)),
        (make.NOON, 7, datetime(2021, 5, 7, 20, tzinfo=UTC)),
        # After the day: 30 days from now.
        (datetime(2021, 6, 1, tzinfo=UTC), 0, datetime(2021, 7, 1, tzinfo=UTC)),
    ],
)
def test_a_link_is_good_for_thirty_days_more(now, grace, until):
    row = make.invitation(make.wave(grace_days=grace))

    keep_link_good(row, now)

    assert row.expires_at == until


def test_a_body_given_more_time_keeps_its_link_longer():
    row = make.invitation(due_on=date(2021, 4, 30))

    keep_link_good(row, make.NOON)

    assert row.expires_at == datetime(2021, 5, 30, 20, tzinfo=UTC)
