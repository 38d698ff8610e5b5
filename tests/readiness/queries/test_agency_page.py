"""One office as a report shows it, to those who read its facts and to others."""

import pytest
from tests.factories import readiness_report as make

from serai.base.access import Viewer
from serai.readiness.queries.agency_page import agency_pages

pytestmark = pytest.mark.django_db


def test_a_page_holds_results_line_card_and_advice_and_nothing_of_security():
    found = make.confirmed_office(says=make.STRONG, rooms=[make.STRONG_ROOM])
    found.recommendations.filter(rule="COL-2").update(state="draft")
    own = Viewer(keys=frozenset({f"organisation:{found.office.organisation_id}"}))

    (page,) = agency_pages(own, [found], {})

    assert (page.hosts, page.target, page.is_confirmed) == ("E1", "E2", True)
    assert [one.fact for one in page.card] == [
        "plan.last_mile_months", "continuity.second_line", "continuity.ups_minutes",
        "plan.platform_months",
    ]  # fmt: skip
    assert [one.verdict for one in page.card] == ["pass", "pass", "pass", "unknown"]
    assert {one.topic for one in page.advice}.isdisjoint({"security"})
    assert "COL-2" not in {one.rule for one in page.advice}
    assert page.gate == {"low": "pass", "medium": "unknown", "high": "unknown"}
    assert (len(page.line.runs), page.answers) == (4, found.response_number)
    assert "link.down_p5" in page.fact_keys


def test_whoever_may_not_read_tests_gets_no_line_answers_or_facts():
    found = make.confirmed_office()
    other = Viewer(keys=frozenset({"members"}))

    (page,) = agency_pages(other, [found], {})

    assert (page.line, page.answers, page.fact_keys, page.contradictions) == (None, "", (), ())
    assert page.score is not None
