"""One edition as tables."""

from datetime import date
from decimal import Decimal

from tests.factories import readiness as make

from serai.base.shown import Linked
from serai.calc.network.platforms import read_platforms
from serai.readiness.exports.frameworks import (
    criteria_table,
    editions_table,
    effects_said,
    ladder_table,
    number,
    packages_table,
    platforms_table,
    preview_table,
    said,
)
from serai.readiness.queries.frameworks import EditionRow
from serai.readiness.queries.ladders import events_of, ladder
from serai.readiness.queries.preview import Changed, Preview
from serai.readiness.queries.prices import PriceRow


def test_words_are_said_in_the_readers_language_else_english_else_any():
    found = [said(one) for one in ({"en": "a", "ru": "b"}, {"ru": "b"}, {}, None)]

    assert found == ["a", "b", "", ""]


def test_numbers_lose_needless_zeros():
    assert [number(one) for one in (4.0, 2.5, "yes", True)] == ["4", "2.5", "yes", "True"]


def test_a_criterion_tells_words_threshold_and_what_is_beside():
    table = criteria_table(make.document(), "abc", may_edit=True)

    row = next(row for row in table.rows if str(row[0]).startswith("C6"))
    assert row[0] == Linked(
        "C6 Second way to the internet", "/en/readiness/frameworks/abc/criteria/C6/"
    )
    assert row[2:5] == [
        "Mobile hotspot",
        "second provider",
        "change-over tested within a year (Time since the change to the second line was tried ≤ 12)",
    ]


def test_a_reader_is_given_no_links():
    criteria = criteria_table(make.document(), "abc", may_edit=False)
    packages = packages_table(make.document(), [], "abc", may_edit=False)

    assert criteria.rows[0][0] == "C1 Download in busy hours, Mbit/s"
    assert packages.rows[0][0] == "LINK Faster, dedicated line"
    assert packages.rows[0][2] == (
        "Download in busy hours: 25; Upload in busy hours: 25; Line shared or dedicated: dedicated"
    )
    assert packages.rows[0][3:] == ["12", "not said", "no price"]


def test_the_ladder_shows_what_is_taken_over_and_what_is_not_asked():
    document = make.document()
    rows = [row for row in ladder(document) if row.fact in ("link.jitter_ms", "kit.dsp")]

    table = ladder_table(rows, events_of(document), "Hosts", "abc", may_edit=False)

    assert [list(row) for row in table.rows] == [
        ["Jitter in busy hours ≤ (ms)", "–", "30", "=", "=", "="],
        ["Sound processor ≥", "–", "–", "–", "yes", "="],
    ]


def test_a_draft_leads_to_each_threshold():
    document = make.document()
    rows = [row for row in ladder(document) if row.fact == "kit.dsp"]

    (row,) = ladder_table(rows, ["E4", "E5"], "Hosts", "abc", may_edit=True).rows

    assert row[1].address == "/en/readiness/frameworks/abc/events/E4/host/kit.dsp/"


def test_prices_stand_beside_their_packages():
    def price(iso3, capex):
        return PriceRow(
            "x", "LINK", iso3, "", Decimal(capex), Decimal(0), "USD", date(2021, 6, 30), "Offer",
            sample=False,
        )  # fmt: skip

    table = packages_table(
        make.document(), [price("", 10), price("GEO", 20), price("UZB", 30)], "a", may_edit=True
    )

    assert table.rows[0][5] == "10 USD; 2 countries"


def test_effects_of_what_has_none_are_empty():
    assert effects_said({"effects": "none"}) == ""


def test_editions_lead_to_their_pages():
    row = EditionRow("abc", 2, None, "draft", make.NOON, None, "Better", sample=True)

    ((first, mark, made, published, note),) = editions_table(
        [row], "readiness:framework", "Editions"
    ).rows

    assert first == Linked("Edition 2", "/en/readiness/frameworks/abc/", is_sample=True)
    assert (mark.word, made, published, note) == ("draft", date(2021, 6, 30), None, "Better")


def test_what_would_change_is_said_in_words():
    rows = (
        Changed("Tbilisi", "E1", "seat", "confirmed", "", sample=True),
        Changed("Tbilisi", "C1", "", "1", "", sample=False),
    )

    table = preview_table(Preview(rows, 1, 1, ()))

    assert [[str(cell) for cell in row] for row in table.rows] == [
        ["Tbilisi", "E1", "Attends from a seat", "attained, confirmed", "not asked"],
        ["Tbilisi", "C1", "", "level 1", "open"],
    ]
    assert table.sample


def test_platforms_stand_in_columns_with_their_source():
    platforms, _faults = read_platforms(
        [
            {"code": "a", "name": "A", "source": "S", "dated_on": "2022-01-31", "dial_in": "yes"},
            {"code": "b", "source": "T", "dated_on": "2022-01-31", "is_copy": True},
        ]
    )

    table = platforms_table(platforms)

    assert [column.title for column in table.columns] == ["Property", "A", "b"]
    assert [str(cell) for cell in table.rows[2]] == ["Dial-in by telephone", "yes", "unknown"]
    assert table.rows[-1] == ["Source", "S (2022-01-31)", "T (copy, 2022-01-31)"]
