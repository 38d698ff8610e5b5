"""Prices are recorded all or none, each a new row."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories import readiness as make
from tests.factories.members import member, person_with

from serai.base.access import Denied, NotFound, Viewer
from serai.members.queries import viewer_of
from serai.readiness import actions
from serai.readiness.actions import PriceFacts
from serai.readiness.models import Price

pytestmark = pytest.mark.django_db
FACTS = PriceFacts(
    "LINK", "", Decimal("1000.50"), Decimal(10), "USD", make.NOON.date(), " Offer 7 "
)


@pytest.fixture
def officer():
    make.home()
    return viewer_of(person_with("officer", make.HOME), make.NOON)


def record(officer, *facts):
    return actions.record_prices(
        framework=make.framework(), prices=facts, by=officer, now=make.NOON
    )


def test_a_price_is_recorded(officer):
    member("GEO")

    common, own = record(officer, FACTS, replace(FACTS, iso3="GEO"))

    assert (common.package, common.country, common.capex, common.source) == (
        "LINK", None, Decimal("1000.50"), "Offer 7",
    )  # fmt: skip
    assert own.country.iso3 == "GEO"
    assert common.by_id == officer.person_id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"package": "NONE"}, "package"),
        ({"currency": "XXX"}, "currency"),
        ({"source": " "}, "source"),
        ({"priced_on": make.NOON.date() + timedelta(days=1)}, "priced_on"),
        ({"capex": Decimal(-1)}, "capex"),
        ({"opex_per_year": Decimal(-1)}, "capex"),
    ],
)
def test_one_wrong_price_keeps_all_out(officer, change, field):
    with pytest.raises(actions.Refused) as refused:
        record(officer, FACTS, replace(FACTS, **change))

    assert refused.value.field == field
    assert not Price.objects.exists()


def test_a_country_that_is_no_member_is_not_found(officer):
    with pytest.raises(NotFound):
        record(officer, replace(FACTS, iso3="XXX"))


def test_only_officers_record_prices():
    with pytest.raises(Denied):
        record(Viewer(), FACTS)
