"""Shares of many: who is counted, as what, and what is told."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import readiness as make
from tests.factories import readiness_report as report

from serai.base.access import NotFound, Viewer
from serai.calc.readiness.disclosure import Counted
from serai.readiness.models import Assessment
from serai.readiness.queries import aggregates

pytestmark = pytest.mark.django_db


def counted(measure="host", countries=(), **kept):
    edition = make.Framework.objects.get()
    return aggregates.counted(edition, measure, countries, is_sample=kept.get("sample", False))


def test_an_organisation_counts_once_by_its_best_office():
    place = people.organisation()
    make.confirmed(make.office(organisation=place, unit_key="a"), hosts="E1")
    make.confirmed(make.office(organisation=place, unit_key="b"), hosts="E3")
    make.confirmed(make.office(organisation=place, unit_key="c"), hosts="")

    assert counted() == [Counted(str(place.pk), "GEO", "E3")]


def test_only_confirmed_open_offices_of_countries_count():
    (kept,) = make.many({"E2": 1})
    make.assessment(state="under_review", headline_host="E1")
    closed = make.confirmed(make.office(is_closed=True))
    make.confirmed(make.office(organisation=people.organisation(country=None)))
    sample = make.confirmed(make.office())
    Assessment.objects.filter(pk=sample.pk).update(sample=True)

    assert [one.organisation for one in counted()] == [str(kept.office.organisation_id)]
    assert [one.organisation for one in counted(sample=True)] == [
        str(sample.office.organisation_id)
    ]
    assert counted(countries=["KAZ"]) == []
    assert closed.office.is_closed


@pytest.mark.parametrize(
    ("value", "band"), [(None, "unknown"), (0, "0"), (19.9, "0"), (20, "20"), (61.5, "60"), (100, "80")]
)  # fmt: skip
def test_scores_fall_in_bands(value, band):
    edition = make.framework()
    code = edition.document["dimensions"][0]["code"]
    make.confirmed(dimensions={code: {"value": value}})

    (one,) = counted(code)

    assert one.category == band


def test_an_unscored_dimension_is_unknown():
    make.confirmed(dimensions={})
    code = make.Framework.objects.get().document["dimensions"][0]["code"]

    assert counted(code)[0].category == "unknown"


def test_who_attends_is_counted_too():
    make.many({"E1": 1})

    assert counted("attend")[0].category == "E3"


def test_countries_to_choose_have_an_organisation_that_counts():
    make.many({"E1": 1})
    officer = people.viewer_with("officer")

    found = aggregates.countries_to_choose(officer, make.Framework.objects.get())

    assert [code for code, _name in found] == ["AZE"]


def test_what_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        aggregates.aggregate_one(people.viewer_with("officer"), "nothing")


# ---------------------------------------------------------------- in a report
MEMBER = Viewer(keys=frozenset({"public", "members"}))
LATER = make.NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "members", "public"),
    [
        ({}, 1, 0),
        ({"state": "published", "published_at": make.NOON}, 1, 1),
        ({"state": "published", "published_at": LATER}, 1, 0),
        ({"state": "withdrawn"}, 0, 0),
        ({"released_at": LATER}, 0, 0),
        ({"sample": True}, 0, 0),
    ],
)
def test_a_report_tells_shares_that_its_readers_were_given_by_its_day(fields, members, public):
    make.framework()
    report.shares(**fields)

    def told(*, is_public):
        day = make.NOON.date()
        return len(aggregates.shares_on(MEMBER, day, is_public=is_public, is_sample=False))

    assert (told(is_public=False), told(is_public=True)) == (members, public)


def test_a_report_tells_of_a_measure_the_newest_shares():
    make.framework()
    report.shares()
    newest = report.shares(cells=[["none", 100]])
    other = report.shares(countries=["GEO", "UZB", "KAZ"])

    found = aggregates.shares_on(MEMBER, make.NOON.date(), is_public=False, is_sample=False)

    assert [number for number, _one in found] == [newest.public_id, other.public_id]
    assert found[0][1].cells == (("none", 100),)
