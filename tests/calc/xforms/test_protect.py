"""What others are told: the rule, what is hidden with it, rounding, and subtracting."""

import random
from fractions import Fraction

import pytest

from serai.calc.xforms.protect import (
    Contributor,
    Protected,
    differs_safely,
    is_safe,
    protect,
    rough,
    stepped,
    told_groups,
)
from serai.calc.xforms.tally import Kind, Record, Standing


def answers(text, *whose, group=""):
    """One answer of each organisation, written "country.organisation"; "yes/no" in turns."""
    texts = text.split("/")
    return [
        Record(texts[n % len(texts)], group=group, organisation=one, country=one.partition(".")[0])
        for n, one in enumerate(whose)
    ]


FIVE = ("a.1", "a.2", "b.1", "b.2", "c.1")


@pytest.mark.parametrize(
    ("whose", "expected"),
    [
        (FIVE, True),
        (FIVE[:4], False),  # four organisations
        (("a.1", "a.2", "a.3", "b.1", "b.2"), False),  # two countries
        ((*FIVE, "c.1", "c.1", "c.1", "c.1", "c.1"), False),  # one organisation gives 6 of 10
        ((*FIVE, "c.1", "c.1", "c.1", "c.1"), False),  # 5 of 9
        ((*FIVE, "c.1", "c.1", "c.1"), True),  # 4 of 8: half is not over half
        (("a.1", "a.2", "a.3", "a.4", "b.1", "c.1"), False),  # one country gives 4 of 6
        ((), False),
    ],
)
def test_the_rule(whose, expected):
    assert is_safe(answers("yes/no", *whose), kind=Kind.ONE) is expected


def test_what_does_not_count_widens_nothing():
    silent = Record("", Standing.NOT_APPLICABLE, organisation="d.1", country="d")

    assert not is_safe([*answers("yes/no", *FIVE[:4]), silent], kind=Kind.ONE)


def test_of_numbers_nobody_gives_more_than_half_of_the_sum():
    small = answers("10", *FIVE[:4])

    assert is_safe([*small, *answers("40", "c.1")], kind=Kind.NUMBER)
    assert not is_safe([*small, *answers("41", "c.1")], kind=Kind.NUMBER)
    assert is_safe(answers("0/1", *FIVE), kind=Kind.NUMBER)
    assert not is_safe(answers("0", *FIVE), kind=Kind.NUMBER)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.ONE, "yes", False),
        (Kind.ONE, "yes/no", True),
        (Kind.MANY, "a b/b c", False),
        (Kind.MANY, "a b/c", True),
        (Kind.RANK, "a b/a c", False),
        (Kind.RANK, "a b/b a", True),
        (Kind.NUMBER, "4/4.0", False),
        (Kind.NUMBER, "4/5", True),
    ],
)
def test_where_all_say_the_same_each_is_known(kind, text, expected):
    assert is_safe(answers(text, *FIVE), kind=kind) is expected


def test_one_hidden_group_takes_the_smallest_other_with_it():
    whole = [
        *answers("yes/no", *FIVE, "d.1", group="ministry"),
        *answers("yes/no", *(f"{one}x" for one in FIVE), group="agency"),
        *answers("no", "e.1", group="firm"),
    ]

    assert told_groups(whole, kind=Kind.ONE) == ("ministry",)
    assert protect(whole, choices=["yes", "no"], kind=Kind.ONE) == {
        "": Protected(12, {"yes": 0.5, "no": 0.5}, {}),
        "ministry": Protected(6, {"yes": 0.5, "no": 0.5}, {}),
    }


def test_two_hidden_groups_that_are_narrow_together_take_one_more():
    whole = [
        *answers("yes/no", *FIVE, group="ministry"),
        *answers("no", "d.1", group="agency"),
        *answers("no", "e.1", group="firm"),
    ]

    assert told_groups(whole, kind=Kind.ONE) == ()
    assert list(protect(whole, choices=["yes", "no"], kind=Kind.ONE)) == [""]


def test_too_narrow_a_whole_tells_nothing():
    assert protect(answers("yes/no", *FIVE[:4]), choices=["yes"], kind=Kind.ONE) == {}


def test_numbers_keep_least_and_most_to_themselves():
    whole = [
        Record(text, organisation=one, country=one[0])
        for text, one in zip(("101", "203", "305", "407", "509"), FIVE, strict=True)
    ]

    assert protect(whole, kind=Kind.NUMBER) == {
        "": Protected(5, {}, {}, lower=200.0, median=300.0, upper=410.0, mean=300.0)
    }


def test_ranks_tell_first_places_and_mean_places():
    whole = [*answers("a b", *FIVE[:3]), *answers("b a", *FIVE[3:])]

    assert protect(whole, choices=["a", "b", "c"], kind=Kind.RANK) == {
        "": Protected(5, {"a": 0.6, "b": 0.4, "c": 0.0}, {"a": 1.4, "b": 1.6})
    }


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, 0), (1 / 6, 0.15), (0.175, 0.2), (0.024, 0), (0.025, 0.05), (2 / 3, 0.65), (1, 1)],
)
def test_shares_go_to_five_percent(share, expected):
    assert stepped(share) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (1234, 1200), (-0.01567, -0.016), (99.6, 100), (7, 7)]
)
def test_numbers_go_to_two_digits(value, expected):
    assert rough(value) == expected


def rank_of(rows):
    """The number of independent rows, exactly."""
    rows, rank = [[Fraction(one) for one in row] for row in rows], 0
    for column in range(len(rows[0])):
        lead = next((row for row in rows[rank:] if row[column]), None)
        if lead is None:
            continue
        rows.remove(lead)
        rows.insert(rank, lead)
        for row in rows[rank + 1 :]:
            share = row[column] / lead[column]
            row[:] = [one - share * other for one, other in zip(row, lead, strict=True)]
        rank += 1
    return rank


def random_table(dice):
    groups = [f"g{n}" for n in range(dice.randint(1, 6))]
    return [
        Record(
            dice.choice(["yes", "no"]),
            dice.choice([*[Standing.ANSWERED] * 6, Standing.MISSING]),
            group=dice.choice(groups[: dice.randint(1, len(groups))]),
            organisation=f"{country}.{dice.randint(1, 6)}",
            country=country,
        )
        for country in (dice.choice("abcdefg") for _n in range(dice.randint(0, 60)))
    ]


def test_no_hidden_group_follows_from_what_is_told_in_random_tables():
    dice = random.Random(20260101)
    hidden_at_all = 0
    for _n in range(400):
        table = random_table(dice)
        counted = [one for one in table if one.counts]
        found = protect(table, choices=["yes", "no"], kind=Kind.ONE)
        names = sorted({one.group for one in counted})
        told = [name for name in found if name]
        hidden = [name for name in names if name not in told] if found else []
        hidden_at_all += bool(hidden)

        rest = [one for one in counted if one.group in hidden]
        assert all(
            is_safe([one for one in counted if one.group == name], kind=Kind.ONE) for name in told
        )
        assert not hidden or (len(hidden) > 1 and is_safe(rest, kind=Kind.ONE)) or not told
        # In the space of all sums of groups, none of the hidden lies in the span of the told.
        known = [[1] * len(names), *([int(n == t) for n in names] for t in told)]
        for name in hidden if len(names) > 1 else []:
            wanted = [int(n == name) for n in names]
            assert rank_of([*known, wanted]) == rank_of(known) + 1
    assert hidden_at_all > 100


def body(one, mark="1"):
    return Contributor(one, one, one.partition(".")[0], mark)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (FIVE, FIVE, True),
        ((), FIVE, True),
        (FIVE, (*FIVE, "d.1"), False),  # one came
        (FIVE, FIVE[:4], False),  # one left
        (FIVE, (*FIVE, "d.1", "d.2", "e.1", "f.1", "f.2"), True),
        (FIVE, (*FIVE, "d.1", "d.2", "d.3", "e.1", "e.2"), False),  # of two countries
    ],
)
def test_the_difference_of_two_tallies_is_a_tally(before, after, expected):
    found = differs_safely([body(one) for one in before], [body(one) for one in after])

    assert found is expected


def test_one_changed_answer_is_a_difference():
    after = [body("a.1", "2"), *(body(one) for one in FIVE[1:])]

    assert not differs_safely([body(one) for one in FIVE], after)
