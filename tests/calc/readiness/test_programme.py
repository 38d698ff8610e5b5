"""Ways and rows of the worked problem."""

from decimal import Decimal

import numpy as np
import pytest
from tests.calc.readiness.cases import worked_problem

from serai.calc.readiness.problem import Floor, Limits
from serai.calc.readiness.programme import Rows, Way, programme

LOAN = frozenset({"A/loan"})


def test_ways_of_an_office_buy_the_cheapest_or_rely_on_shared_items():
    made = programme(worked_problem(), Limits(Decimal(24)))

    assert [one for one in made.ways if one.office == "A1"] == [
        Way("A1", "A", "E0", Decimal(0), (), ()),
        Way("A1", "A", "E1", Decimal(0), (), ()),
        Way("A1", "A", "E3", Decimal(13), ("A1/link", "A1/kit"), ()),
        Way("A1", "A", "E3", Decimal(6), ("A1/link",), (LOAN,)),
    ]
    assert [one.buys for one in made.ways if one.office == "B1"] == [
        (), ("B1/small",), ("B1/link", "B1/kit"),
    ]  # fmt: skip
    assert made.items == ("A/loan",)
    assert made.cost[-1] == 9.0
    assert made.value == (0, 3, 8, 8, 0, 3, 8, 8, 0, 3, 8, 0)


def test_rows_one_way_an_office_items_floors_caps_budget():
    limits = Limits(Decimal(24), (Floor("B", "E1"), Floor("X", "E1")), {"A": Decimal(13)})

    made = programme(worked_problem(), limits)
    matrix = made.rows.constraint(12).A.toarray()

    assert list(zip(made.rows.low, made.rows.high, strict=True)) == [
        (1, 1), (1, 1), (1, 1), (-np.inf, 0), (-np.inf, 0), (1, np.inf), (1, np.inf),
        (-np.inf, 13.0), (-np.inf, 24.0),
    ]  # fmt: skip
    assert matrix.tolist() == [
        [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0],
        [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, -1],
        [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, -1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 13, 6, 0, 0, 13, 6, 0, 0, 0, 9],
        [0, 0, 13, 6, 0, 0, 13, 6, 0, 3, 14, 9],
    ]


def test_a_floor_on_an_unknown_event_is_refused():
    with pytest.raises(ValueError, match=r"^The floor of B names E9: no such event\.$"):
        programme(worked_problem(), Limits(Decimal(24), (Floor("B", "E9"),)))


def test_copied_rows_are_added_to_alone():
    rows = Rows()
    rows.add([(0, 1.0)], 0, 1)

    more = rows.copy()
    more.add([(1, 2.0)], 0, 5)

    assert (len(rows.low), len(more.low)) == (1, 2)
    assert rows.entries == [(0, 0, 1.0)]
