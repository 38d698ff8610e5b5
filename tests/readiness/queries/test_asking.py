"""Missing facts in the order of the verdicts they could change."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.readiness.queries.asking import missing_facts

pytestmark = pytest.mark.django_db


def waiting(found, event, *facts, status="unknown", role="host"):
    found.attainments.create(event=event, role=role, status=status)
    for fact in facts:
        found.findings.create(kind="gap", event=event, role=role, fact=fact, is_missing=True)


def test_the_fact_most_verdicts_wait_for_comes_first():
    found = make.assessment()
    waiting(found, "E1", "power.a", "power.b", "security.gate")
    waiting(found, "E2", "power.b")
    waiting(found, "E3", "power.c", status="not_attained")

    rows = missing_facts(people.viewer_with("officer"), found)

    assert [(one.fact, one.verdict_count) for one in rows] == [("power.b", 2), ("power.a", 1)]


def test_without_answers_nothing_can_be_asked():
    found = make.assessment()
    waiting(found, "E1", "continuity.ups_minutes")

    (row,) = missing_facts(people.viewer_with("officer"), found)

    assert (row.is_askable, row.question, row.name) == (False, "", "continuity.ups_minutes@")


def test_where_nothing_waits_there_is_nothing():
    assert missing_facts(people.viewer_with("officer"), make.assessment()) == []


def test_what_levels_alone_wait_for_comes_after_the_verdicts():
    found = make.assessment()
    waiting(found, "E1", "continuity.ups_minutes")
    for code, level in (("C1", None), ("I6", None), ("D1", 2)):
        found.scores.create(criterion=code, level=level, grade="missing")
    for key in ("link.down_p5", "continuity.ups_minutes", "content.papers_days"):
        found.facts.create(key=key, scope="office", grade="missing", value=None)

    rows = missing_facts(people.viewer_with("officer"), found)

    assert [(one.fact, one.verdict_count, one.criteria) for one in rows] == [
        ("continuity.ups_minutes", 1, ("I6",)), ("link.down_p5", 0, ("C1",)),
    ]  # fmt: skip
