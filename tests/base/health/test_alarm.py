"""A reading is told when it turns bad and when it is well again, once each."""

from datetime import UTC, datetime, timedelta

import pytest

from serai.base import audit
from serai.base.health import alarm
from serai.base.health.readings import Reading
from serai.base.models.audit import AuditEntry

pytestmark = pytest.mark.django_db
NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)


def readings(**well: bool) -> list[Reading]:
    return [Reading(name, is_well, "measured") for name, is_well in well.items()]


def names(found: list[Reading]) -> list[tuple[str, bool]]:
    return [(one.name, one.is_well) for one in found]


def test_each_turn_is_told_once():
    looks = [
        readings(disk=True, mail=True),
        readings(disk=False, mail=True),
        readings(disk=False, mail=False),
        readings(disk=False, mail=False),
        readings(disk=True, mail=False),
        readings(disk=True, mail=False),
    ]

    told = [
        names(alarm.turned(found, now=NOON + timedelta(minutes=5 * step)))
        for step, found in enumerate(looks)
    ]

    assert told == [[], [("disk", False)], [("mail", False)], [], [("disk", True)], []]
    lines = AuditEntry.objects.filter(verb=alarm.VERB).order_by("id")
    assert [(line.thing, line.after) for line in lines] == [
        ("base.health:disk", {"is_well": False}),
        ("base.health:mail", {"is_well": False}),
        ("base.health:disk", {"is_well": True}),
    ]


@pytest.mark.parametrize(("hours", "told"), [(1, []), (26, []), (27, [("backup", False)])])
def test_a_young_house_owes_no_copy(hours, told):
    audit.record(by=None, verb="begin", thing="base.house:1", at=NOON)

    found = alarm.turned(readings(backup=False), now=NOON + timedelta(hours=hours))

    assert names(found) == told


def test_a_house_without_any_line_owes_no_copy():
    assert alarm.turned(readings(backup=False), now=NOON) == []


def test_a_look_measures_what_the_deep_address_measures(tmp_path):
    found = alarm.look(tmp_path, tmp_path, NOON)

    assert [one.name for one in found] == [
        "database", "migrations", "data_folder", "worker", "jobs", "mail", "backup", "seal", "disk",
    ]  # fmt: skip
