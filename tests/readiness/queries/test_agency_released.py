"""An office in an edition for others: what its released page shows, and no more."""

import pytest
from tests.factories import readiness_report as make

from serai.base.access import ANONYMOUS
from serai.readiness.queries.agency_released import released_pages
from serai.readiness.queries.released import released_results

pytestmark = pytest.mark.django_db
KEPT_BACK = (
    "line",
    "steps",
    "gaps",
    "contradictions",
    "gate",
    "card",
    "advice",
    "answers",
    "fact_keys",
)


def test_members_read_scores_and_what_is_not_met_as_on_the_released_page():
    found = make.confirmed_office(says=make.STRONG, rooms=[make.STRONG_ROOM])
    shown = released_results(ANONYMOUS, found, "members")

    (page,) = released_pages(ANONYMOUS, [found], "members")

    assert page.has_scores
    assert (page.score, page.rungs, page.not_met) == (found.score, shown.rungs, shown.not_met)
    assert [(one.name, one.score) for one in page.dimensions] == list(shown.dimensions)
    assert {one.criteria for one in page.dimensions} == {()}
    assert (page.attends, page.hosts, page.iso3) == ("E5", "E1", "GEO")
    assert [name for name in KEPT_BACK if getattr(page, name)] == []


def test_the_public_reads_events_alone():
    found = make.confirmed_office()

    (page,) = released_pages(ANONYMOUS, [found], "public")

    assert not page.has_scores
    assert [one.event for one in page.rungs] == ["E1", "E2", "E3", "E4", "E5"]
    assert (page.score, page.score_low, page.score_high) == (None, None, None)
    assert (page.dimensions, page.not_met) == ((), ())
    assert [name for name in KEPT_BACK if getattr(page, name)] == []
