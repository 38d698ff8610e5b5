"""Lists sorted as an address asks."""

from dataclasses import dataclass

import pytest
from django.http import QueryDict

from serai.base.tables import in_order, sort_of


@dataclass(frozen=True)
class Row:
    name: str
    score: int | None


ROWS = (Row("beta", 2), Row("Alpha", None), Row("gamma", 2), Row("", 1))
KEYS = {"name": lambda row: row.name, "score": lambda row: row.score}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["beta", "Alpha", "gamma", ""]),
        ("sort=name", ["Alpha", "beta", "gamma", ""]),
        ("sort=-name", ["gamma", "beta", "Alpha", ""]),
        ("sort=score", ["", "beta", "gamma", "Alpha"]),
        ("sort=-score", ["beta", "gamma", "", "Alpha"]),
        ("sort=secret", ["beta", "Alpha", "gamma", ""]),
        ("sort=--name", ["beta", "Alpha", "gamma", ""]),
        ("sort=__class__", ["beta", "Alpha", "gamma", ""]),
    ],
)
def test_rows_alike_keep_their_order_and_the_empty_come_last(asked, names):
    rows, _sort = in_order(ROWS, QueryDict(asked), KEYS)

    assert [row.name for row in rows] == names


def test_the_sort_keeps_the_filters_and_begins_at_the_first_page():
    asked = QueryDict("role=lead&sort=-name&page=3&as=csv&q=a%26b")

    sort = sort_of(asked, KEYS)

    assert (sort.key, sort.is_descending, sort.query, sort.columns) == (
        "name", True, "role=lead&q=a%26b", ("name", "score"),
    )  # fmt: skip
    assert sort.address("score") == "?role=lead&q=a%26b&sort=score"


def test_an_unknown_column_sorts_nothing():
    sort = sort_of(QueryDict("sort=-secret"), KEYS)

    assert (sort.key, sort.is_descending, sort.value) == ("", False, "")
