"""Sheets of prices and tiers: read back as written, each wrong row refused with its reason."""

from datetime import date
from decimal import Decimal

import pytest

from serai.base.tables import read_sheet
from serai.calc.network.tiers import Level, Tier
from serai.readiness.actions import PriceFacts
from serai.readiness.exports.sheets import (
    facts_table,
    prices_table,
    read_prices,
    read_tier_sheet,
    shown_prices,
    tier_rows,
    tiers_table,
)
from serai.readiness.queries.prices import PriceRow

TODAY = date(2021, 6, 30)
HEAD = "package,country,capex,opex_per_year,currency,priced_on,source\n"
FACTS = PriceFacts("LINK", "GEO", Decimal("1000.5"), Decimal(0), "USD", TODAY, "Offer 7")
TIER = Tier("zoom", "audio", Level.RECOMMENDED, 80, 80, "Zoom", date(2022, 1, 31), is_copy=True)


def read(text: str):
    sheet = read_sheet(text.encode(), "prices.csv")
    return read_prices(sheet, ["LINK", "MIC"], ["GEO"], TODAY)


def test_a_good_row_is_read():
    found = read(HEAD + "LINK,geo,1000.5,,usd,2021-06-30,Offer 7\n")

    assert found.prices == (FACTS,)
    assert found.refused == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("NONE,,1,,USD,2021-06-30,x", "there is no package “NONE”. Known are: LINK, MIC."),
        ("LINK,XXX,1,,USD,2021-06-30,x", "there is no member “XXX”."),
        ("LINK,,1,,XYZ,2021-06-30,x", "“XYZ” is not a known currency."),
        ("LINK,,1,,,2021-06-30,x", "“” is not a known currency."),
        ("LINK,,1,,USD,2021-06-30,", "the source is missing"),
        ("LINK,,much,,USD,2021-06-30,x", "'much' is not a number."),
        ("LINK,,-1,,USD,2021-06-30,x", "“-1” is not an amount"),
        ("LINK,,1.005,,USD,2021-06-30,x", "“1.005” is not an amount"),
        ("LINK,,1,,USD,soon,x", "“soon” is not a day."),
        ("LINK,,1,,USD,,x", "“” is not a day."),
        ("LINK,,1,,USD,2021-07-01,x", "2021-07-01 lies ahead."),
    ],
)
def test_a_wrong_row_is_refused_and_the_rest_is_read(row, reason):
    found = read(HEAD + row + "\nMIC,,5,1,EUR,2021-06-01,Offer 8\n")

    assert [one.package for one in found.prices] == ["MIC"]
    (said,) = found.refused
    assert said.startswith("Row 2: " + reason)


def test_a_head_that_lacks_columns_is_refused():
    found = read("package,capex\nLINK,1\n")

    assert found.prices == ()
    assert found.refused == (
        "The first row lacks the columns country, opex_per_year, currency, priced_on, source. "
        "Add them.",
    )


def test_prices_come_back_as_they_were_written():
    row = PriceRow(
        "x", "LINK", "GEO", "Georgia", Decimal("1000.5"), Decimal(0), "USD", TODAY, "Offer 7",
        sample=False,
    )  # fmt: skip
    table = prices_table([row])

    for content, name in ((table.to_csv(), "p.csv"), (table.to_xlsx(), "p.xlsx")):
        found = read_prices(read_sheet(content, name), ["LINK"], ["GEO"], TODAY)
        assert (found.prices, found.refused) == ((FACTS,), ())


def test_the_page_names_packages_and_countries():
    def row(iso3, country):
        return PriceRow(
            "x", "LINK", iso3, country, Decimal(10), Decimal(0), "USD", TODAY, "Offer 7",
            sample=False,
        )  # fmt: skip

    table = shown_prices([row("GEO", "Georgia"), row("", "")], {"LINK": "LINK Faster line"})

    assert [one[:2] for one in table.rows] == [
        ["LINK Faster line", "Georgia"], ["LINK Faster line", "everywhere"],
    ]  # fmt: skip


def test_what_would_be_entered_is_shown():
    (row,) = facts_table([FACTS]).rows

    assert row == ["LINK", "GEO", Decimal("1000.5"), Decimal(0), "USD", TODAY, "Offer 7"]


def test_tiers_come_back_as_they_were_written():
    table = tiers_table([TIER], as_file=True)

    for content, name in ((table.to_csv(), "t.csv"), (table.to_xlsx(), "t.xlsx")):
        found = read_tier_sheet(read_sheet(content, name))
        assert (found.tiers, found.refused) == ((TIER,), ())


def test_the_page_says_levels_in_words():
    ((platform, _profile, level, *_rest, is_copy),) = tiers_table([TIER], {"zoom": "Zoom"}).rows

    assert (platform, str(level), is_copy) == ("Zoom", "recommended", True)


def test_a_wrong_tier_is_refused_with_its_row():
    head = "platform,profile,level,up_kbps,down_kbps,source,dated_on,is_copy\n"
    text = head + "zoom,audio,high,1,1,x,2022-01-31,no\nzoom,audio,best,1,1,x,2022-01-31,no\n"

    found = read_tier_sheet(read_sheet(text.encode(), "t.csv"))

    assert len(found.tiers) == 1
    assert found.refused == ("Row 2: 'high' is not a level. Write minimum, recommended, best.",)


def test_a_sheet_without_its_columns_is_refused():
    found = read_tier_sheet(read_sheet(b"platform\nzoom\n", "t.csv"))

    assert found.tiers == ()
    assert found.refused[0].startswith("The first row lacks the columns profile,")


def test_tiers_are_kept_as_the_document_holds_them():
    assert tier_rows([TIER]) == [
        {
            "platform": "zoom", "profile": "audio", "level": "recommended", "up_kbps": 80,
            "down_kbps": 80, "source": "Zoom", "dated_on": "2022-01-31", "is_copy": True,
        }
    ]  # fmt: skip
