"""Rows by role and sensitivity, and the faults of a ladder."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.calc.readiness.cases import preset

from serai.calc.readiness.conditions import Condition, Operator
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import (
    EventType,
    Ladder,
    Requirement,
    Role,
    Sensitivity,
    ladder_faults,
)

KEYS = preset().keys
LADDER = preset().ladder


def row(fact, limit, role=Role.HOST, operator=Operator.AT_LEAST):
    return Requirement(role, Condition(fact, operator, limit, limit), Lever.LINK)


OTHERS = tuple(row("link.voice_r_p5", 70.0, role) for role in (Role.SEAT, Role.ROOM, Role.SPEAKER))


def event(code, value, *rows):
    return EventType(code, Decimal(value), (*OTHERS, *rows))


def host_limits(code):
    return {
        one.condition.fact: one.condition.threshold for one in LADDER.event(code).rows(Role.HOST)
    }


def test_the_presets_ladder_has_no_fault():
    assert [(one.code, one.value) for one in LADDER.events] == [
        ("E1", 2), ("E2", 4), ("E3", 8), ("E4", 12), ("E5", 15),
    ]  # fmt: skip
    assert list(ladder_faults(LADDER, KEYS)) == []


def test_an_event_takes_over_the_rows_below():
    assert host_limits("E1") == {
        "link.down_p5": 4, "link.up_p5": 4, "link.voice_r_p5": 70, "link.loss_percent": 2,
        "link.rtt_ms": 300, "kit.microphone": "headset", "kit.cameras": 1, "kit.displays": 1,
        "plan.last_mile_months": 12,
    }  # fmt: skip
    third = host_limits("E3")
    assert (third["link.down_p5"], third["link.voice_r_p5"], third["link.loss_percent"]) == (
        15, 80, 1,
    )  # fmt: skip
    assert set(host_limits("E2")) < set(third) < set(host_limits("E4")) < set(host_limits("E5"))


def test_event_by_code():
    assert LADDER.event("E2").has_interpretation
    with pytest.raises(KeyError):
        LADDER.event("E9")


@pytest.mark.parametrize(
    ("sensitivity", "facts"),
    [
        (Sensitivity.LOW, ["security.platform_permitted", "security.update_days"]),
        (
            Sensitivity.MEDIUM,
            [
                "security.platform_permitted", "security.update_days", "security.multi_factor",
                "security.waiting_room", "security.named_joining", "security.recording_consent",
            ],
        ),
        (
            Sensitivity.HIGH,
            [
                "security.platform_permitted", "security.update_days", "security.multi_factor",
                "security.waiting_room", "security.named_joining", "security.recording_consent",
                "security.end_to_end", "security.data_rule_met",
            ],
        ),
    ],
)  # fmt: skip
def test_rows_of_hosts_carry_the_security_gate(sensitivity, facts):
    first = LADDER.event("E1")

    rows = LADDER.rows(first, Role.HOST, sensitivity)

    assert [one.condition.fact for one in rows[len(first.rows(Role.HOST)) :]] == facts


def test_rows_of_those_who_attend_carry_no_gate():
    first = LADDER.event("E1")

    assert LADDER.rows(first, Role.SEAT, Sensitivity.HIGH) == first.rows(Role.SEAT)


LOW = event(
    "E1", 2, row("link.down_p5", 4.0), row("link.loss_percent", 2.0, operator=Operator.AT_MOST)
)
HIGH = event(
    "E2", 4, row("link.down_p5", 6.0), row("link.loss_percent", 1.0, operator=Operator.AT_MOST)
)


@pytest.mark.parametrize(
    ("above", "fault"),
    [
        (
            event("E2", 4, row("link.down_p5", 3.0), HIGH.requirements[-1]),
            "event E2, host, link.down_p5: 3.0 asks less than 4.0 of E1.",
        ),
        (
            event(
                "E2", 4, HIGH.requirements[-2],
                row("link.loss_percent", 5.0, operator=Operator.AT_MOST),
            ),
            "event E2, host, link.loss_percent: 5.0 asks less than 2.0 of E1.",
        ),
        (
            event("E2", 4, HIGH.requirements[-1]),
            "event E2, host, link.down_p5: E1 asks for it, E2 does not.",
        ),
        (replace(HIGH, value=Decimal(1)), "event E2: its value is below that of E1."),
        (
            replace(HIGH, requirements=HIGH.requirements[:1] + HIGH.requirements[2:]),
            "event E2: asks nothing of role room.",
        ),
        (
            replace(HIGH, requirements=(*HIGH.requirements, row("x.y", 1.0))),
            "event E2, host: unknown fact 'x.y'.",
        ),
    ],
)  # fmt: skip
def test_ladder_faults_name_their_row(above, fault):
    assert list(ladder_faults(Ladder((LOW, above)), KEYS))[0] == fault


def test_a_rising_ladder_has_no_fault():
    assert list(ladder_faults(Ladder((LOW, HIGH)), KEYS)) == []
