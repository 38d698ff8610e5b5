"""Shares of many organisations in chapter 2."""

from tests.factories import readiness_report as make


def shares(document):
    return [rows for key, rows in make.tables(document).items() if key.startswith("shares-")]


def test_the_public_reads_what_was_published_with_what_is_hidden(editions):
    assert shares(editions["public"].document) == [
        [["no event", "50%"], ["E1. Simple web meeting, up to 10 seats", "50%"],
         ["E2. Meeting in a room, with interpretation", "hidden"]]
    ]  # fmt: skip


def test_members_read_more_of_them(editions):
    document = editions["shares"].document

    assert len(shares(document)) == 2
    (note,) = make.notes(
        document, next(k for k in make.tables(document) if k.startswith("shares-"))
    )
    assert note == "6 organisations of 3 countries, as of 1 March 2021."


def test_before_any_was_let_out_there_is_no_such_part(editions):
    assert shares(editions["secretariat"].document) == []


def test_each_share_names_the_shares_it_is_of(editions):
    numbers = editions["public"].facts["numbers"]

    found = {key: one for key, one in numbers.items() if key.startswith("shares/")}
    assert sorted(key.rpartition("/")[2] for key in found) == [
        "E1",
        "countries",
        "none",
        "organisations",
    ]
    assert {one["sources"][0].partition(":")[0] for one in found.values()} == {"shares"}
