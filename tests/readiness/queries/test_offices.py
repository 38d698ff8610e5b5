"""Offices in lists: of whom, which assessment, which evidence."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.readiness.models import Assessment
from serai.readiness.queries.offices import offices

pytestmark = pytest.mark.django_db
SCORE = {"value": 50.0, "low": 40.0, "high": 60.0, "known_share": 0.8, "measured_share": 0.5}


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def scored(of=None, **fields):
    wanted = {"dimensions": {"C": SCORE}, "state": "scored", "scored_at": make.NOON} | fields
    return make.assessment(of or make.office(), **wanted)


def test_an_office_without_results_is_listed_without_them(officer):
    make.office()

    (row,) = offices(officer)

    assert (row.state, row.is_scored, row.dimensions) == ("", False, {})


def test_the_newest_results_are_shown_and_an_unscored_round_does_not_hide_them(officer):
    office = make.office()
    kept = scored(office, headline_host="E2")
    Assessment.objects.filter(pk=kept.pk).update(state="confirmed", confirmed_at=make.NOON)
    make.assessment(office)

    (row,) = offices(officer)

    assert (row.state, row.headline_host) == ("confirmed", "E2")
    assert row.dimensions["C"].value == 50.0


@pytest.mark.parametrize(
    ("known", "measured", "evidence"),
    [(0.5, 0.5, "thin"), (0.8, 0.4, "measured"), (0.8, 0.3, "declared")],
)
def test_what_most_rests_on(officer, known, measured, evidence):
    scored(known_share=known, measured_share=measured)

    (row,) = offices(officer)

    assert row.evidence == evidence
    assert len(offices(officer, evidence=evidence)) == 1
    assert offices(officer, evidence="nothing") == []


def test_filters_by_country_and_event(officer):
    scored(headline_host="E2")

    assert len(offices(officer, country="GEO", hosts=("E2", "E3"))) == 1
    assert offices(officer, country="KAZ") == []
    assert offices(officer, hosts=("E3",)) == []


def test_an_international_office_and_a_closed_one(officer):
    make.office(organisation=people.organisation(country=None))
    make.office(is_closed=True)

    (row,) = offices(officer)

    assert (row.iso3, row.tile) == ("", None)
