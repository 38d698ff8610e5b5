"""The security gate where stored facts are counted with again: they do not tell it, findings do."""

from collections.abc import Collection
from dataclasses import replace

from serai.calc.readiness.conditions import Condition, Operator, Verdict
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import Fact, FactKey, Grade, Kind, OfficeFacts, Value
from serai.calc.readiness.ladder import Sensitivity
from serai.readiness.models import Finding
from serai.readiness.queries.evaluation import GATE

ASKED = Sensitivity.LOW
"""What is counted again is held against the rows of this sensitivity."""


def gates_of(assessments: Collection[int]) -> dict[int, Verdict]:
    """Return for each assessment, by number, whether the gate of low sensitivity is passed."""
    found = dict.fromkeys(assessments, Verdict.PASSES)
    rows = Finding.objects.filter(
        assessment__in=list(found), fact=GATE, event="", need=ASKED.value
    ).values_list("assessment_id", "is_missing")
    for number, is_missing in rows:
        found[number] = Verdict.UNKNOWN if is_missing else Verdict.FAILS
    return found


def with_gate(office: OfficeFacts, verdict: Verdict, definition: Definition) -> OfficeFacts:
    """Put stand-ins for what was answered on security: all rows of the gate pass, fail or are open.

    A package that would open one row of a gate that fails opens nothing by itself: which row it is
    stays with those who may read it.
    """
    stand_ins = {
        one.requirement.condition.fact: _stand_in(one.requirement.condition, verdict, definition)
        for one in definition.ladder.security
        if one.sensitivity is ASKED
    }
    return replace(office, facts={**office.facts, **stand_ins}) if stand_ins else office


def _stand_in(row: Condition, verdict: Verdict, definition: Definition) -> Fact:
    key = definition.keys[row.fact]
    if verdict is Verdict.UNKNOWN:
        return Fact(key.key, None, Grade.MISSING, key.scope, unit=key.unit)
    value = row.threshold if verdict is Verdict.PASSES else _failing(row, key)
    return Fact(key.key, value, Grade.DECLARED, key.scope, unit=key.unit)


def _failing(row: Condition, key: FactKey) -> Value:
    beyond = row.limit - 1 if row.operator is Operator.AT_LEAST else row.limit + 1
    if key.kind is Kind.CHOICE:
        return key.choices[max(0, min(len(key.choices) - 1, int(beyond)))]
    return beyond
