"""Shares as tables: what is hidden says so."""

from datetime import date

from serai.readiness.exports import aggregates as exports
from serai.readiness.queries.aggregates import AggregateRow, SharesShown

DAY = date(2021, 6, 30)


def plain(table):
    return [[str(cell) for cell in row] for row in table.cells()]


def test_hidden_shares_say_so():
    shown = SharesShown(
        "host", {"E1": "Simple"}, (), DAY, 20, 4, (("none", None), ("E1", 45)), sample=False
    )

    table = exports.shares_table(shown)

    assert plain(table) == [["no event", "hidden"], ["E1. Simple", "45 %"]]
    assert table.note == "20 organisations of 4 countries, as of 2021-06-30"


def test_the_list_says_for_whom():
    rows = [AggregateRow("a", "attend", {}, DAY, 20, 4, "published", sample=False)]

    assert plain(exports.aggregates_table(rows)) == [
        ["Highest event that organisations can attend", "20", "4", "2021-06-30", "For everybody"]
    ]
