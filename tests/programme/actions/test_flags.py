"""Warnings that ended: their keepers are told, once."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.members import person
from tests.factories.programme import NOON, STAFF, initiative, milestone

from serai.base.models import Message as Letter
from serai.programme import actions
from serai.programme.models import ManualFlag

pytestmark = pytest.mark.django_db
MONDAY = datetime(2021, 7, 5, 1, tzinfo=UTC)


def test_a_keeper_is_told_once_that_a_warning_ended():
    one = initiative(keeper=person())
    row = milestone(one, words="22 July 2021")
    actions.raise_flag(
        milestone=row, level="at_risk", reason="Staff", expires_on=date(2021, 7, 1), by=STAFF,
        now=NOON,
    )  # fmt: skip

    assert actions.expire_flags(now=MONDAY) == 1
    assert actions.expire_flags(now=MONDAY) == 0

    assert Letter.objects.get().key.startswith("programme.flag_ended:")
    assert ManualFlag.objects.get().told_at == MONDAY


def test_without_a_warning_that_ended_nobody_is_told():
    assert actions.expire_flags(now=MONDAY) == 0
    assert Letter.objects.count() == 0
