from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from uuid import UUID

import pytest

from serai.base.audit import record, request_number, together
from serai.base.audit.recording import plain
from serai.base.models import AuditEntry

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)


class State(StrEnum):
    OPEN = "open"


class Level(Enum):
    HIGH = 3


@pytest.mark.either_engine
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (2**53, "9007199254740992"),
        (1.5, 1.5),
        ("closed", "closed"),
        (State.OPEN, "open"),
        (Level.HIGH, 3),
        (NOON, "2021-06-30T12:00:00+00:00"),
        (date(2021, 6, 30), "2021-06-30"),
        (Decimal("1.10"), "1.10"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ({"a": (1, 2)}, {"a": [1, 2]}),
        ({3, 1, 2}, [1, 2, 3]),
        ("asked anna@agency.example to wait", "asked <e-mail> to wait"),
        ({"anna@agency.example": 1}, {"<e-mail>": 1}),
    ],
)
def test_plain_writes_values_one_way(value, expected):
    assert plain(value) == expected


@pytest.mark.django_db
def test_record_keeps_the_act():
    row = record(
        by=7, verb="close_survey", thing="surveys.survey:3", before={"state": State.OPEN},
        after={"state": "closed"}, at=NOON, behalf_of=8,
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.by, row.behalf_of, row.verb, row.thing) == (
        7,
        8,
        "close_survey",
        "surveys.survey:3",
    )
    assert (row.before, row.after, row.at) == ({"state": "open"}, {"state": "closed"}, NOON)


@pytest.mark.django_db
def test_record_knows_the_request_it_belongs_to():
    token = request_number.set("r-1")
    try:
        row = record(by=None, verb="a", thing="b.c:1", at=NOON)
    finally:
        request_number.reset(token)

    assert row.request_id == "r-1"
    assert record(by=None, verb="a", thing="b.c:1", at=NOON).request_id == ""


@pytest.mark.django_db
def test_lines_of_one_act_are_written_together_in_their_order(django_assert_num_queries):
    with django_assert_num_queries(1), together():
        record(by=7, verb="first", thing="b.c:1", at=NOON)
        with together():
            record(by=7, verb="second", thing="b.c:1", at=NOON)

    assert [one.verb for one in AuditEntry.objects.order_by("pk")] == ["first", "second"]


@pytest.mark.django_db
def test_of_an_act_that_fails_no_line_is_written():
    def act():
        with together():
            record(by=7, verb="first", thing="b.c:1", at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert AuditEntry.objects.count() == 0
    assert record(by=7, verb="after", thing="b.c:1", at=NOON).pk is not None
