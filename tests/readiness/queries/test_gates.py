"""The security gate where stored facts are counted with again."""

import pytest
from tests.factories import assessing as make

from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.definition import read_definition
from serai.calc.readiness.facts import OfficeFacts, see
from serai.readiness.models import Finding
from serai.readiness.queries.evaluation import GATE
from serai.readiness.queries.gates import gates_of, with_gate

pytestmark = pytest.mark.django_db


def closed(of, *, is_missing, need="low", event=""):
    Finding.objects.create(
        assessment=of, kind="gap", role="host", fact=GATE, gate="security", need=need, event=event,
        is_missing=is_missing,
    )  # fmt: skip


def test_the_gate_is_read_off_the_findings_of_low_sensitivity(django_assert_num_queries):
    passed, failed, unknown = (make.assessment() for _n in range(3))
    closed(passed, is_missing=False, need="medium")
    closed(passed, is_missing=False, event="E1")
    closed(failed, is_missing=False)
    closed(unknown, is_missing=True)

    with django_assert_num_queries(1):
        found = gates_of([passed.pk, failed.pk, unknown.pk])

    assert found == {
        passed.pk: Verdict.PASSES, failed.pk: Verdict.FAILS, unknown.pk: Verdict.UNKNOWN,
    }  # fmt: skip


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_row_of_the_gate_comes_out_as_the_gate(verdict):
    definition = read_definition(make.document())

    office = with_gate(OfficeFacts("a", "GEO", {}, {}), verdict, definition)

    seen = see(office, "", definition.keys)
    rows = [
        one.requirement.condition for one in definition.ladder.security if one.sensitivity == "low"
    ]
    assert [row.verdict(seen) for row in rows] == [verdict] * 2


def test_a_ladder_without_a_gate_leaves_facts_alone():
    document = {name: rows for name, rows in make.document().items() if name != "security"}
    office = OfficeFacts("a", "GEO", {}, {})

    assert with_gate(office, Verdict.FAILS, read_definition(document)) is office
