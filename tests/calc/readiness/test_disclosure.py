"""What may be told of many: least numbers, steps of 5 %, cover of what is hidden, differencing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.readiness.disclosure import (
    Counted,
    Told,
    aggregate,
    clash,
    is_too_near,
    may_tell,
    rounded_percent,
)

CATEGORIES = ("none", "E1", "E2")
COUNTRIES = ("AZE", "GEO", "KAZ", "UZB")


def counted(**numbers):
    """So many organisations in each category, their countries in turn; numbered throughout."""
    rows = []
    for category, number in numbers.items():
        for place in range(number):
            name = f"{category}-{place}"
            rows.append(Counted(name, COUNTRIES[place % len(COUNTRIES)], category))
    return rows


def percents(rows, categories=CATEGORIES):
    return [cell.percent for cell in aggregate(rows, categories).cells]


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 7, 0), (1, 40, 5), (1, 41, 0), (3, 7, 45), (5, 8, 65), (7, 7, 100), (1, 3, 35), (9, 40, 25)],
)  # fmt: skip
def test_shares_go_in_steps_of_five_halves_up(part, whole, percent):
    assert rounded_percent(part, whole) == percent


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 3), (4, 3)])
def test_no_share_of_nothing(part, whole):
    with pytest.raises(ValueError, match="No share"):
        rounded_percent(part, whole)


@pytest.mark.parametrize(
    ("countries", "may"),
    [
        ("AZE GEO KAZ UZB", False),  # four organisations
        ("AZE AZE GEO GEO KAZ", True),
        ("AZE AZE GEO GEO GEO", False),  # two countries
        ("AZE AZE AZE GEO KAZ", False),  # one has over half
        ("AZE AZE AZE GEO GEO KAZ", True),  # exactly half
        ("", False),
    ],
)
def test_what_may_be_told(countries, may):
    rows = [Counted(str(place), code, "E1") for place, code in enumerate(countries.split())]

    assert may_tell(rows) is may


def test_all_cells_large_enough_are_shown():
    assert percents(counted(none=6, E1=8, E2=6)) == [30, 40, 30]


def test_a_small_cell_hides_the_smallest_other_with_it():
    assert percents(counted(none=3, E1=8, E2=9)) == [None, None, 45]


def test_an_empty_cell_is_not_told_either():
    assert percents(counted(none=8, E1=12)) == [None, 60, None]


def test_two_small_cells_cover_each_other():
    assert percents(counted(none=3, E1=3, E2=14)) == [None, None, 70]


def test_all_alike_tells_nothing():
    assert percents(counted(E1=20)) == [None, None, None]
    assert not aggregate(counted(E1=20), CATEGORIES).is_tellable


def test_a_cell_of_one_country_is_hidden():
    rows = [Counted(f"x{n}", "GEO", "E2") for n in range(6)] + counted(none=12, E1=14)

    assert percents(rows) == [None, 45, None]


def test_what_cannot_be_covered_hides_all():
    rows = [Counted(f"x{n}", "GEO", "E2") for n in range(6)] + counted(none=8, E1=8)

    assert percents(rows) == [None, None, None]


def test_too_few_in_all_tells_nothing():
    assert percents(counted(E1=4)) == [None, None, None]
    assert percents([]) == [None, None, None]


def test_counts_stand_beside():
    found = aggregate(counted(none=6, E1=8, E2=6), CATEGORIES)

    assert (found.organisations_count, found.countries_count) == (20, 4)
    assert found.told().whole == frozenset(one.organisation for one in counted(none=6, E1=8, E2=6))
    assert sorted(found.told().cells) == ["E1", "E2", "none"]


def test_wrong_rows_are_refused():
    with pytest.raises(ValueError, match="twice"):
        aggregate([*counted(E1=1), *counted(E1=1)], CATEGORIES)
    with pytest.raises(ValueError, match="Unknown categories: E9"):
        aggregate([Counted("a", "GEO", "E9")], CATEGORIES)


def group(*numbers):
    return frozenset(str(n) for n in numbers)


@pytest.mark.parametrize(
    ("new", "old", "near"),
    [
        (range(10), range(10), False),
        (range(10), range(9), True),
        (range(10), range(6), True),
        (range(10), range(5), False),
        (range(6, 16), range(10), False),
        (range(4, 20), range(10), True),
        (range(10, 20), range(10), False),
    ],
)
def test_groups_too_near(new, old, near):
    assert is_too_near(group(*new), group(*old)) is near
    assert is_too_near(group(*old), group(*new)) is near


def test_a_clash_names_what_was_told_before():
    old = Told(group(*range(20)), {"E1": group(*range(8))})
    same = Told(group(*range(20)), {"E1": group(*range(8))})
    moved = Told(group(*range(20)), {"E1": group(*range(9))})
    other = Told(group(*range(20)), {"E2": group(*range(8, 18))})
    within = Told(group(*range(9)), {})

    assert clash(same, [old]) is None
    assert clash(moved, [same, old]) is same
    assert clash(within, [old]) is old  # eight of nine told before: the ninth is known
    assert clash(other, [old]) is old  # what E1 leaves is E2 and two more
    assert clash(same, []) is None


rows_of = st.lists(
    st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(CATEGORIES)), min_size=0, max_size=40
)


def made(rows):
    return [Counted(str(n), country, category) for n, (country, category) in enumerate(rows)]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rows_of)
def test_whatever_is_added_up_nobody_stands_alone(rows):
    """Each shown cell, and what all of them leave, may be told by itself or is empty of cells."""
    counted_rows = made(rows)
    found = aggregate(counted_rows, CATEGORIES)
    by_name = {one.organisation: one for one in counted_rows}

    for cell in found.cells:
        if cell.is_shown:
            assert may_tell(by_name[name] for name in cell.group)
            assert cell.percent % 5 == 0
    hidden = [by_name[name] for cell in found.cells if not cell.is_shown for name in cell.group]
    if found.is_tellable and not all(cell.is_shown for cell in found.cells):
        assert may_tell(hidden)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(rows_of, st.lists(st.sets(st.integers(0, 39)), min_size=1, max_size=6))
def test_no_two_let_out_aggregates_differ_by_fewer_than_five(rows, choices):
    """Differencing: of any choices in any order, what is let out leaves no one to four apart."""
    every = made(rows)
    told = []
    for chosen in choices:
        some = [one for place, one in enumerate(every) if place not in chosen]
        found = aggregate(some, CATEGORIES)
        if found.is_tellable and clash(found.told(), told) is None:
            told.append(found.told())

    for one in told:
        for other in told:
            assert len(one.whole - other.whole) not in range(1, 5)
            for name in one.cells.keys() & other.cells.keys():
                assert len(one.cells[name] - other.cells[name]) not in range(1, 5)
            for left in one.groups():
                for right in other.groups():
                    assert not left > right or len(left - right) >= 5
