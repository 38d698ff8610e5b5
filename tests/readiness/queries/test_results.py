"""One office's results in parts."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.access import NotFound
from serai.readiness.queries import results

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


@pytest.fixture
def found():
    return make.assessment(state="scored")


def test_the_gate_is_passed_where_nothing_says_otherwise(officer, found):
    found.findings.create(
        kind="gap", role="host", fact="security.gate", need="high", is_missing=True
    )
    found.findings.create(kind="gap", role="host", fact="security.gate", need="medium")

    assert results.gate_of(officer, found) == {"low": "pass", "medium": "fail", "high": "unknown"}


def test_security_facts_are_not_among_the_facts(officer, found):
    found.facts.create(scope="office", key="security.multi_factor", grade="declared")
    found.facts.create(scope="office", key="continuity.ups_minutes", value=20.0, grade="declared")

    assert [one.key for one in results.facts_of(officer, found)] == ["continuity.ups_minutes"]


@pytest.mark.parametrize(
    ("headline", "event"), [("", "E1"), ("E1", "E2"), ("E5", "E5"), ("E9", "E1")]
)
def test_what_is_aimed_at(headline, event):
    rungs = [results.Rung(f"E{n}", "", "unknown", "room", "unknown") for n in range(1, 6)]

    assert results.target_of(rungs, headline) == event


def test_without_events_nothing_is_aimed_at(officer, found):
    assert results.target_of(results.ladder_of(officer, found), "") == ""


def test_a_level_is_explained_even_where_its_fact_is_missing(officer, found):
    found.scores.create(criterion="I6", dimension="I", level=None, grade="missing")

    reason = results.why(officer, found, "I6")

    assert reason.state == ""
    assert [(one.level, one.verdict) for one in reason.asked] == [
        (1, "unknown"), (2, "unknown"), (3, "unknown"),
    ]  # fmt: skip


def test_a_verdict_is_explained_without_security(officer, found):
    found.attainments.create(event="E1", role="host", status="not_attained")
    found.facts.create(scope="office", key="link.down_p5", value=3.0, grade="measured")

    reason = results.why(officer, found, "host-E1")

    keys = {one.fact.key: one.verdict for one in reason.asked}
    assert keys["link.down_p5"] == "fail"
    assert not any(key.startswith("security.") for key in keys)


@pytest.mark.parametrize("name", ["I6", "host-E1", "nobody-E1"])
def test_what_was_not_scored_is_not_found(officer, found, name):
    with pytest.raises(NotFound):
        results.why(officer, found, name)


def test_the_answers_page_is_named_where_the_viewer_reads_it(officer, found):
    assert results.answers_page(officer, found) == ""
    response = make.answered()
    found.response_number = response.public_id

    assert results.answers_page(officer, found) == response.public_id
    assert results.answers_page(people.viewer_with(), found) == ""
