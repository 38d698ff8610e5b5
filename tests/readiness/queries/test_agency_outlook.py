"""Prices of a day, and what packages would let an office do."""

from datetime import date
from decimal import Decimal

import pytest
from tests.calc.readiness.cases import office, preset
from tests.factories.planning import price

from serai.readiness.queries.agency_outlook import package_steps, price_book_on

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 30)


def test_the_latest_price_by_the_day_holds_in_one_currency():
    price("LINK", 1000, priced_on=date(2021, 1, 1))
    newer = price("LINK", 2000, priced_on=date(2021, 6, 1))
    price("LINK", 9000, priced_on=date(2021, 7, 1))
    own = price("LINK", 3000, country="GEO", priced_on=date(2021, 6, 2))

    found = price_book_on(DAY)

    assert {key: one.public_id for key, one in found.items()} == {
        ("LINK", ""): newer.public_id, ("LINK", "GEO"): own.public_id,
    }  # fmt: skip
    assert price_book_on(DAY, "EUR") == {}
    assert price_book_on(date(2020, 1, 1)) == {}


def test_only_packages_that_mend_something_are_steps():
    price("UPS", 1200)
    short = office({"continuity.ups_minutes": 0.0})

    (ups,) = package_steps(short, preset(), price_book_on(DAY), "en")

    assert (ups.package, ups.host_alone, ups.host_together) == ("UPS", "E5", "E5")
    assert (ups.attend_together, ups.price.capex) == ("E5", Decimal(1200))
    assert package_steps(office(), preset(), {}, "en") == ()
