"""Tiers of vendors."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.sizing import CannotSize, Need, Stream
from serai.calc.network.tiers import Level, RefusedRow, Tier, highest_sustained, read_tiers

EVERY_TIME_ALIKE = settings(deadline=None, derandomize=True)

DAY = date(2022, 5, 1)


def tier(level, up, down):
    return Tier("Teams", "video meeting", level, up, down, "Prepare your network", DAY, True)


MINIMUM, RECOMMENDED, BEST = (
    tier(Level.MINIMUM, 150, 200),
    tier(Level.RECOMMENDED, 2500, 4000),
    tier(Level.BEST, 4000, 4000),
)
TEAMS = [BEST, MINIMUM, RECOMMENDED]
ROW = {
    "platform": "Zoom",
    "profile": "1080p",
    "level": "recommended",
    "up_kbps": "3800",
    "down_kbps": 3000,
    "source": "Zoom help",
    "dated_on": "2024-02-01",
}


@pytest.mark.parametrize(
    ("up", "down", "expected"),
    [
        (0.1, 50, None),
        (0.2, 0.27, MINIMUM),
        (50, 5.33, MINIMUM),
        (3.4, 5.34, RECOMMENDED),
        (5.4, 5.34, BEST),
        (1000, 1000, BEST),
    ],
)
def test_the_highest_tier_that_a_line_carries_both_ways(up, down, expected):
    assert highest_sustained(TEAMS, up_mbps=up, down_mbps=down) == expected


def test_what_else_must_pass_leaves_less():
    line = {"up_mbps": 5.4, "down_mbps": 5.34}

    assert highest_sustained(TEAMS, **line, background=Need(1, 0)) == RECOMMENDED
    assert highest_sustained(TEAMS, **line, background=Need(6, 0)) is None


def test_of_two_at_one_level_the_one_that_needs_more():
    two, ten = tier(Level.BEST, 3200, 2600), tier(Level.BEST, 3200, 4000)

    assert highest_sustained([ten, two], up_mbps=9, down_mbps=9) == ten
    assert highest_sustained([ten, two], up_mbps=9, down_mbps=4) == two


def test_no_tiers_none_sustained():
    assert highest_sustained([], up_mbps=9, down_mbps=9) is None


def test_a_line_that_cannot_be_is_refused():
    with pytest.raises(CannotSize) as refusal:
        highest_sustained(TEAMS, up_mbps=-1, down_mbps=9)

    assert str(refusal.value) == "The rate up -1 is not a number from 0 up."


def test_streams_of_a_tier():
    assert RECOMMENDED.stream(3) == Stream("Teams video meeting", 3, 2500, 4000)


@EVERY_TIME_ALIKE
@given(st.floats(0, 20), st.floats(0, 20), st.floats(0, 20), st.floats(0, 20))
def test_a_wider_line_never_sustains_a_lower_tier(up, down, more_up, more_down):
    order = [None, MINIMUM, RECOMMENDED, BEST]

    less = highest_sustained(TEAMS, up_mbps=up, down_mbps=down)
    more = highest_sustained(TEAMS, up_mbps=up + more_up, down_mbps=down + more_down)

    assert order.index(less) <= order.index(more)


def test_rows_are_read():
    noon = datetime(2024, 2, 1, 12, tzinfo=UTC)
    found = read_tiers([ROW, ROW | {"dated_on": noon, "is_copy": "Yes", "level": " best "}])

    first = Tier(
        "Zoom", "1080p", Level.RECOMMENDED, 3800, 3000, "Zoom help", date(2024, 2, 1), False
    )
    second = Tier("Zoom", "1080p", Level.BEST, 3800, 3000, "Zoom help", date(2024, 2, 1), True)
    assert (found.tiers, found.refused) == ((first, second), ())
    assert type(found.tiers[1].dated_on) is date


@pytest.mark.parametrize(
    ("is_copy", "expected"),
    [(None, False), ("", False), ("No", False), (False, False), (0, False), (True, True)],
)
def test_copies_are_told_apart(is_copy, expected):
    (found,) = read_tiers([ROW | {"is_copy": is_copy, "dated_on": DAY}]).tiers

    assert (found.is_copy, found.dated_on) == (expected, DAY)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"source": " "}, "source is missing."),
        ({"dated_on": None}, "dated_on is missing."),
        (
            {"dated_on": "1 May 2022"},
            "dated_on '1 May 2022' is not a day. Write it as 2026-11-30.",
        ),
        ({"level": "good"}, "'good' is not a level. Write minimum, recommended, best."),
        ({"up_kbps": "fast"}, "up_kbps 'fast' is not a rate in kbit/s."),
        ({"down_kbps": -1}, "down_kbps '-1' is not a rate in kbit/s."),
        ({"down_kbps": "nan"}, "down_kbps 'nan' is not a rate in kbit/s."),
        ({"platform": ""}, "platform is missing."),
    ],
)
def test_a_bad_row_is_refused_and_the_rest_is_read(said, sentence):
    found = read_tiers([ROW, ROW | said, ROW])

    assert len(found.tiers) == 2
    assert found.refused == (RefusedRow(3, f"Row 3: {sentence}"),)
