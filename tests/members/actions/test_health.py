"""Administrators get one letter when something turns bad, one when it is well again."""

from datetime import timedelta

import pytest
from tests.factories import members as make

from serai.base.health.readings import Reading
from serai.base.models import Message
from serai.members import actions
from serai.members.states import PersonState
from serai.members.states.words import HEALTH_FAULTS, HEALTH_NAMES

pytestmark = pytest.mark.django_db
NOON = make.NOON


def look(minutes: int, **well: bool) -> int:
    found = [Reading(name, is_well, "measured") for name, is_well in well.items()]
    return actions.watch_health(found=found, now=NOON + timedelta(minutes=minutes))


def test_letters_go_to_administrators_at_each_turn_alone():
    first, second = (make.person_with("administrator") for _one in range(2))
    make.person_with("coordinator")
    make.person_with("administrator", state=PersonState.PAUSED)

    turned = [
        look(0, disk=True), look(5, disk=False), look(10, disk=False), look(15, disk=True),
        look(20, disk=True),
    ]  # fmt: skip

    assert turned == [0, 1, 0, 1, 0]
    letters = Message.objects.order_by("id")
    assert [(one.person, one.subject) for one in letters] == [
        (first, "The house is not well"),
        (second, "The house is not well"),
        (first, "The house is well again"),
        (second, "The house is well again"),
    ]
    assert "- Less than a tenth of the disk is free." in letters[0].text
    assert "Well again:" not in letters[0].text
    assert "- Disk" in letters[2].text
    assert "/en/status/" in letters[0].text


def test_a_letter_says_both_what_fell_ill_and_what_is_mended():
    make.person_with("administrator")
    look(0, disk=False, mail=True)

    look(5, disk=True, mail=False)

    letter = Message.objects.order_by("-id")[0]
    assert letter.subject == "The house is not well"
    assert "Not well:\n- A letter has waited" in letter.text
    assert "Well again:\n- Disk" in letter.text


def test_every_reading_has_a_name_and_a_fault(tmp_path):
    from serai.base.health import alarm

    measured = {one.name for one in alarm.look(tmp_path, tmp_path, NOON)}

    assert set(HEALTH_NAMES) == set(HEALTH_FAULTS) == measured
