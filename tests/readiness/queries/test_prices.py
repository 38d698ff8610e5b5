"""The price that holds is the latest of its package and country."""

from datetime import timedelta

import pytest
from tests.factories import readiness as make
from tests.factories.members import member, person, person_with

from serai.base.access import NotFound
from serai.members.queries import viewer_of
from serai.readiness.queries.prices import price_book, prices, unpriced

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer():
    make.home()
    return viewer_of(person_with("officer", make.HOME), make.NOON)


def test_the_latest_day_holds_for_everywhere_and_each_country(officer):
    georgia = member("GEO")
    make.price(capex=3, priced_on=make.NOON.date())
    make.price(capex=2, priced_on=make.NOON.date() - DAY)
    make.price(capex=9, country=georgia)

    rows = prices(officer)

    assert [(row.iso3, row.capex) for row in rows] == [("GEO", 9), ("", 3)]
    everything = prices(officer, with_former=True)
    assert [(row.capex, row.is_latest) for row in everything] == [(9, True), (3, True), (2, False)]


@pytest.mark.parametrize("count", [1, 3])
def test_one_query(officer, django_assert_num_queries, count):
    for package in ("LINK", "MIC", "UPS")[:count]:
        make.price(package)

    with django_assert_num_queries(1):
        assert len(prices(officer)) == count


def test_others_read_no_price():
    make.price()
    reader = viewer_of(person(), make.NOON)

    assert prices(reader) == []


def test_what_lacks_a_price_stands_in_order(officer):
    make.price("MIC")

    assert unpriced(["LINK", "MIC", "UPS"], prices(officer)) == ["LINK", "UPS"]


def test_the_book_is_of_the_framework_in_use(officer):
    with pytest.raises(NotFound):
        price_book(officer)
    found = make.framework()

    assert price_book(officer) == found
    with pytest.raises(NotFound):
        price_book(viewer_of(person(), make.NOON))
