import pytest

from serai.calc.xforms.tally import (
    Quartiles,
    Rank,
    Record,
    Standing,
    Tally,
    quartiles,
    ranks,
    tallies,
    tally,
)


def test_choices_are_counted_and_missing_ones_kept_apart():
    records = [
        Record("yes"), Record("yes"), Record("no"), Record("other"), Record(""),
        Record("nk", Standing.NO_INFORMATION), Record("", Standing.NOT_APPLICABLE),
        Record("", Standing.MISSING),
    ]  # fmt: skip

    assert tally(records, choices=["yes", "no", "never"]) == Tally(
        n=4, missing=2, not_applicable=1, no_information=1,
        counts={"yes": 2, "no": 1, "never": 0, "other": 1},
        shares={"yes": 0.5, "no": 0.25, "never": 0.0, "other": 0.25},
        quartiles=None,
    )  # fmt: skip


def test_many_choices_count_each_value_once_an_answer():
    found = tally([Record("a b a"), Record("b")], choices=["a", "b"], is_many=True)

    assert (found.counts, found.shares) == ({"a": 1, "b": 2}, {"a": 0.5, "b": 1.0})


def test_numbers_have_quartiles():
    found = tally([Record("1"), Record("2"), Record("4"), Record("many"), Record("nan")])

    assert found.quartiles == Quartiles(1, 1.5, 2, 3, 4, 7 / 3)
    assert (found.n, found.counts, found.shares) == (5, {}, {})


def test_nothing_answered_is_nothing_not_zero():
    assert tally([Record("", Standing.NOT_APPLICABLE)], choices=["a"]) == Tally(
        0, 0, 1, 0, {"a": 0}, {}, None
    )
    assert tally([]) == Tally(0, 0, 0, 0, {}, {}, None)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([7], Quartiles(7, 7, 7, 7, 7, 7)),
        ([1, 2], Quartiles(1, 1.25, 1.5, 1.75, 2, 1.5)),
        ([4, 1, 3, 2], Quartiles(1, 1.75, 2.5, 3.25, 4, 2.5)),
        ([], None),
    ],
)
def test_quartiles_by_definition_seven(numbers, expected):
    assert quartiles(numbers) == expected


def test_groups_are_counted_apart():
    found = tallies([Record("1", group="b"), Record("2", group="a"), Record("3", group="b")])

    assert [(name, one.n, one.quartiles.median) for name, one in found.items()] == [
        ("a", 1, 2.0), ("b", 2, 2.0),
    ]  # fmt: skip


def test_ranks_count_places_and_firsts_of_what_was_placed():
    records = [Record("a b c"), Record("b a"), Record("b b a"), Record("", Standing.MISSING)]

    assert ranks(records, choices=["a", "b", "c", "d"]) == {
        "a": Rank(3, 1, 5 / 3),
        "b": Rank(3, 2, 4 / 3),
        "c": Rank(1, 0, 3.0),
        "d": Rank(0, 0, None),
    }
