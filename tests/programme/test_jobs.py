"""The room's jobs: each asks one action, and its letters are written."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.jobs import enqueue, run_ready
from serai.base.models import Message
from serai.programme import actions

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2021, 7, 5, 1, tzinfo=UTC)


def kinds() -> list[str]:
    return [key.partition(":")[0] for key in Message.objects.values_list("key", flat=True)]


def test_expire_flags_tells_the_keeper():
    row = make.milestone(make.initiative(keeper=people.person()), "22 July 2021")
    actions.raise_flag(
        milestone=row, level="at_risk", reason="Staff", expires_on=date(2021, 7, 1),
        by=make.STAFF, now=make.NOON,
    )  # fmt: skip
    enqueue("programme.expire_flags", key="flags")

    assert run_ready(now=MONDAY) == ["programme.expire_flags"]
    assert kinds() == ["programme.flag_ended"]
