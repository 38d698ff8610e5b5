"""Prices: listed with what lacks one, entered, read from a sheet that was seen."""

import io

import pytest
from django.urls import reverse
from tests.factories import readiness as make
from tests.factories.members import member, person_with

from serai.readiness.models import Price

pytestmark = pytest.mark.django_db
HEAD = "package,country,capex,opex_per_year,currency,priced_on,source\n"
GOOD = HEAD + "LINK,GEO,1000,50,USD,2021-06-01,Offer 7\nMIC,,200,,EUR,2021-06-01,Offer 8\n"
PRICES = "/en/readiness/prices/"


@pytest.fixture
def officer(signed_in):
    make.framework()
    member("GEO")
    return signed_in(person_with("officer", make.HOME))


def file(text):
    made = io.BytesIO(text.encode())
    made.name = "prices.csv"
    return made


def test_without_prices_all_packages_are_named(officer):
    page = officer.get(PRICES).content.decode()

    assert "16 packages lack a price" in page
    assert "<li>LINK Faster, dedicated line</li>" in page
    assert "No price is entered yet." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(officer, django_assert_num_queries, count):
    for package in ("LINK", "MIC", "UPS")[:count]:
        make.price(package)
    officer.get(PRICES)

    with django_assert_num_queries(7):
        page = officer.get(PRICES).content.decode()

    assert f"{16 - count} packages lack a price" in page


def test_former_prices_are_shown_when_asked(officer):
    make.price(source="Old offer", priced_on="2020-01-01")
    make.price(source="New offer")

    now, ever = officer.get(PRICES), officer.get(f"{PRICES}?all=1")

    assert "Old offer" not in now.content.decode()
    assert "Old offer" in ever.content.decode()


def test_the_list_is_downloaded(officer):
    make.price()

    answer = officer.get(f"{PRICES}?as=csv")

    assert b"LINK,,1000.00,100.00,USD,2021-06-30,Offer 1" in b"".join(answer.streaming_content)


def test_a_price_is_entered(officer):
    given = {
        "package": "LINK", "country": "GEO", "capex": "1 000", "opex_per_year": "",
        "currency": "USD", "priced_on": "2021-06-01", "source": "Offer 7",
    }  # fmt: skip

    page = officer.get(reverse("readiness:add_price"))
    answer = officer.post(reverse("readiness:add_price"), given)

    assert page.status_code == 200
    assert answer.url == PRICES
    row = Price.objects.get()
    assert (row.package, row.country.iso3, row.capex, row.opex_per_year) == ("LINK", "GEO", 1000, 0)


def test_a_day_ahead_is_refused_beside_its_field(officer):
    given = {
        "package": "LINK", "country": "", "capex": "1", "currency": "USD",
        "priced_on": "2999-01-01", "source": "Offer 7",
    }  # fmt: skip

    answer = officer.post(reverse("readiness:add_price"), given)

    assert answer.status_code == 422
    assert "This day lies ahead." in answer.content.decode()


def test_a_sheet_is_entered_once_it_was_seen(officer):
    upload = reverse("readiness:upload_prices")

    seen = officer.post(upload, {"sheet": file(GOOD)})
    assert not Price.objects.exists()
    entered = officer.post(upload, {"seen": seen.context["sheet"]})

    assert "Enter 2 rows" in seen.content.decode()
    assert entered.url == PRICES
    assert Price.objects.count() == 2


def test_one_refused_row_keeps_all_out(officer):
    upload = reverse("readiness:upload_prices")
    bad = GOOD + "NONE,,1,,USD,2021-06-01,x\n"

    seen = officer.post(upload, {"sheet": file(bad)})
    entered = officer.post(upload, {"seen": seen.context["sheet"]})

    assert "Row 4: there is no package “NONE”." in seen.content.decode()
    assert "Offer 8" in seen.content.decode()
    assert entered.status_code == 422
    assert not Price.objects.exists()


def test_the_upload_page_names_its_columns_and_refuses_no_file(officer):
    upload = reverse("readiness:upload_prices")

    assert "opex_per_year" in officer.get(upload).content.decode()
    assert officer.post(upload, {}).status_code == 422
    assert officer.post(upload, {"seen": "stale"}).url == upload


def test_others_do_not_see_prices(signed_in, officer):
    client = signed_in(person_with("lead"))

    assert client.get(PRICES).status_code == 404
