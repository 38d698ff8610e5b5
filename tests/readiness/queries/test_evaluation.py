"""What is told of an evaluation, and what of security never leaves it."""

from tests.calc.readiness.cases import office, preset

from serai.calc.readiness.attainment import attain
from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.ladder import Role, Sensitivity
from serai.readiness.queries.evaluation import (
    GATE,
    _as_told,
    _gaps,
    _gate,
    attend_role,
    attended,
    is_secret,
)

DEFINITION = preset()


def host(changes):
    seen = office(changes)
    return seen, attain(seen, DEFINITION.ladder, DEFINITION.keys, Role.HOST)


def test_security_rows_become_one_gap_in_the_gates_name():
    seen, found = host({"security.update_days": 90.0, "security.platform_permitted": "forbidden"})

    gaps = list(_gaps(seen, found[:1]))

    assert [(one.gap.fact, one.gap.need, one.gap.have) for one in gaps] == [(GATE, "low", None)]
    assert gaps[0].gap.is_decisive
    assert not gaps[0].gap.is_missing


def test_a_gate_that_is_not_known_is_missing():
    seen, found = host({"security.update_days": None})

    (gap,) = _gaps(seen, found[:1])

    assert (gap.gap.fact, gap.gap.is_missing) == (GATE, True)


def test_beside_another_failing_row_the_gate_does_not_decide():
    seen, found = host({"security.update_days": 90.0, "kit.cameras": 0.0})

    gaps = [one.gap for one in _gaps(seen, found[:1])]

    assert sorted((one.fact, one.is_decisive) for one in gaps) == [
        ("kit.cameras", False), (GATE, False),
    ]  # fmt: skip


def test_without_a_gap_nothing_is_told():
    assert _as_told([]) == []


def test_the_gate_is_told_by_sensitivity():
    seen = office({"security.multi_factor": "no", "security.end_to_end": None})

    assert _gate(seen, DEFINITION) == {
        Sensitivity.LOW: Verdict.PASSES, Sensitivity.MEDIUM: Verdict.FAILS,
        Sensitivity.HIGH: Verdict.FAILS,
    }  # fmt: skip


def test_as_what_an_office_attends():
    assert attend_role(True, True) is Role.SPEAKER
    assert attend_role(False, True) is Role.ROOM
    assert attend_role(True, False) is Role.SEAT


def test_attending_takes_each_event_in_its_own_role():
    seen = office()
    attained = {role: attain(seen, DEFINITION.ladder, DEFINITION.keys, role) for role in Role}

    found = attended(attained, DEFINITION, has_rooms=True)

    assert [one.role.value for one in found] == ["room", *["speaker"] * 4]


def test_which_facts_are_secret():
    assert is_secret("security.multi_factor")
    assert not is_secret("plan.incident_months")
