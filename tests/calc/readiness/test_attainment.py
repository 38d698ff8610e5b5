"""Not attained, unknown, declared, confirmed; attending and hosting; the headline."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calc.readiness.cases import READY, office, preset

from serai.calc.readiness.attainment import (
    Status,
    attain,
    attainment,
    headline,
    judge,
    passes,
    status,
    target,
)
from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.facts import Fact, Grade, Kind, OfficeFacts, Scope, see
from serai.calc.readiness.ladder import Role, Sensitivity

KEYS, LADDER = preset().keys, preset().ladder
CODES = ("E1", "E2", "E3", "E4", "E5")
NO, UNKNOWN, DECLARED, CONFIRMED = Status


def hosts(one, sensitivity=Sensitivity.LOW):
    return [each.status for each in attain(one, LADDER, KEYS, Role.HOST, sensitivity)]


def test_ready_in_everything_is_confirmed_in_everything():
    for role in Role:
        found = attain(office(), LADDER, KEYS, role, Sensitivity.HIGH)

        assert [one.status for one in found] == [CONFIRMED] * 5


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"link.down_p5": 14.0}, [CONFIRMED, CONFIRMED, NO, NO, NO]),
        ({"link.jitter_ms": 31.0}, [CONFIRMED, NO, NO, NO, NO]),
        ({"kit.microphone": "omni"}, [NO] * 5),
        ({"kit.microphone": None}, [UNKNOWN] * 5),
        ({"continuity.ups_minutes": None}, [CONFIRMED] + [UNKNOWN] * 4),
        ({"continuity.ups_minutes": None, "link.up_p5": 5.0}, [CONFIRMED] + [NO] * 4),
        ({"continuity.generator": "no"}, [CONFIRMED] * 4 + [NO]),
        ({"security.update_days": 31.0}, [NO] * 5),
        ({"security.multi_factor": "no"}, [CONFIRMED] * 5),
    ],
)
def test_a_fail_beats_an_unknown_beats_a_pass(changes, expected):
    assert hosts(office(changes)) == expected


def test_the_security_gate_rises_with_sensitivity():
    one = office({"security.multi_factor": "no"})

    assert hosts(one, Sensitivity.MEDIUM) == [NO] * 5


@pytest.mark.parametrize("mark", [{"grade": Grade.DECLARED}, {"is_thin": True}])
def test_declared_or_thin_link_facts_leave_an_event_declared(mark):
    jitter = Fact("link.jitter_ms", 8.0, Grade.MEASURED)

    found = hosts(office(None, replace(jitter, **mark)))

    assert found == [CONFIRMED] + [DECLARED] * 4


@pytest.mark.parametrize(
    ("role", "changes", "expected"),
    [
        (Role.SEAT, {"link.voice_r_p5": 10.0, "kit.microphone": "none"}, [CONFIRMED] * 5),
        (Role.SEAT, {"link.up_p5": 3.9}, [NO] * 5),
        (Role.ROOM, {"link.sizing_ratio": 0.9}, [NO] * 5),
        (Role.ROOM, {"link.voice_r_p5": 70.0}, [CONFIRMED] * 5),
        (Role.SPEAKER, {"link.voice_r_p5": 79.0}, [CONFIRMED] + [NO] * 4),
        (Role.SPEAKER, {"kit.microphone": "omni"}, [CONFIRMED] + [NO] * 4),
    ],
)
def test_attending_asks_less_than_hosting(role, changes, expected):
    found = attain(office(changes), LADDER, KEYS, role)

    assert [one.status for one in found] == expected


def two_rooms(*, small, hall):
    whole = office()
    rooms = {
        name: {
            key: Fact(key, value, Grade.DECLARED, Scope.ROOM, name)
            for key, value in {
                **{k: f.value for k, f in whole.rooms["hall"].items()}, **changes,
            }.items()
        }
        for name, changes in (("small", small), ("hall", hall))
    }  # fmt: skip
    return replace(whole, rooms=rooms)


def test_one_room_meets_all_rows_not_two_rooms_a_half_each():
    halves = two_rooms(small={"kit.cameras": 0.0}, hall={"kit.microphone": "none"})
    one_fit = two_rooms(small={"kit.cameras": 0.0}, hall={})

    assert hosts(halves) == [NO] * 5
    found = attain(one_fit, LADDER, KEYS, Role.HOST)
    assert [(one.status, one.room) for one in found] == [(CONFIRMED, "hall")] * 5


def test_an_office_without_rooms_may_attend_by_seats_alone():
    bare = replace(office(), rooms={})

    assert {one.status for one in attain(bare, LADDER, KEYS, Role.SEAT)} == {CONFIRMED}
    assert hosts(bare) == [UNKNOWN] * 5


def test_headline_is_the_highest_event_and_target_the_next():
    middle = attain(office({"link.down_p5": 14.0}), LADDER, KEYS, Role.HOST)
    none = attain(office({"kit.microphone": "none"}), LADDER, KEYS, Role.HOST)
    every = attain(office(), LADDER, KEYS, Role.HOST)

    assert (headline(middle), target(middle)) == (middle[1], middle[2])
    assert (headline(none), target(none)) == (None, none[0])
    assert (headline(every), target(every)) == (every[4], None)


def test_passes_and_judge_hold_the_same_rows():
    seen = see(office({"kit.displays": None}), "hall", KEYS)
    rows = LADDER.event("E1").rows(Role.HOST)

    unknown = [one for one in judge(rows, seen) if one.verdict is Verdict.UNKNOWN]

    assert [one.requirement.condition.fact for one in unknown] == ["kit.displays"]
    assert not passes(rows, seen)
    assert passes([one for one in rows if one.condition.fact != "kit.displays"], seen)


def test_status_without_rows_is_unknown_and_without_link_rows_declared():
    seen = see(office(), "hall", KEYS)
    kit = [one for one in LADDER.event("E1").rows(Role.HOST) if one.condition.fact[:3] == "kit"]

    assert status((), seen, KEYS) == UNKNOWN
    assert status(judge(kit, seen), seen, KEYS) == DECLARED


def test_attainment_from_nowhere_is_refused():
    with pytest.raises(ValueError, match="not from nowhere"):
        attainment([], LADDER.event("E1"), (), Role.HOST, KEYS)


VALUES = {
    name: st.sampled_from(KEYS[name].choices)
    if KEYS[name].kind is Kind.CHOICE
    else st.floats(0, 100)
    for name in READY
}
some_offices = st.lists(st.sampled_from(sorted(READY)), max_size=8, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: st.none() | VALUES[name] for name in names})
)


@settings(max_examples=60, deadline=None)
@given(some_offices, st.data())
def test_a_better_fact_never_lowers_an_event(changes, data):
    name = data.draw(st.sampled_from(sorted(READY)))
    better = data.draw(VALUES[name])
    before = {**READY, **changes}[name]
    if before is None or KEYS[name].is_better(before, better):
        return

    for role in Role:
        old = attain(office(changes), LADDER, KEYS, role, Sensitivity.HIGH)
        new = attain(office({**changes, name: better}), LADDER, KEYS, role, Sensitivity.HIGH)

        order = tuple(Status)
        assert all(
            order.index(after.status) >= order.index(first.status)
            for first, after in zip(old, new, strict=True)
        )


@settings(max_examples=60, deadline=None)
@given(some_offices)
def test_missing_never_passes_and_declared_is_never_confirmed(changes):
    one = office(changes)
    declared = OfficeFacts(
        one.code, one.country,
        {key: replace(fact, grade=Grade.DECLARED) if fact.is_known else fact
         for key, fact in one.facts.items()},
        one.rooms,
    )  # fmt: skip

    for each, is_declared in ((one, False), (declared, True)):
        for role in (Role.SEAT, Role.HOST):
            for found in attain(each, LADDER, KEYS, role):
                needed = {row.requirement.condition.fact for row in found.rows}
                missing = {name for name, value in changes.items() if value is None}
                if needed & missing:
                    assert not found.is_attained
                if is_declared:
                    assert found.status is not CONFIRMED
