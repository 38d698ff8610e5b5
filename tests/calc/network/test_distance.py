import math

import pytest

from serai.calc.network import distance_km

TBILISI, TASHKENT = (41.7, 44.8), (41.3, 69.3)


def test_two_capitals():
    assert distance_km(TBILISI, TASHKENT) == pytest.approx(2037, rel=0.01)


@pytest.mark.parametrize(
    ("here", "there", "share"),
    [
        ((0, 0), (0, 180), 0.5),
        ((90, 0), (-90, 0), 0.5),
        ((0, 0), (0, 90), 0.25),
        ((5, 5), (5, 5), 0),
    ],
    ids=["half round", "pole to pole", "a quarter", "the same"],
)
def test_shares_of_the_way_round(here, there, share):
    assert distance_km(here, there) == pytest.approx(share * 2 * math.pi * 6371)


def test_the_way_back_is_as_long():
    assert distance_km(TBILISI, TASHKENT) == distance_km(TASHKENT, TBILISI)


@pytest.mark.parametrize("place", [(91, 0), (math.nan, 0), (0, math.inf)])
def test_what_is_no_place_is_refused(place):
    with pytest.raises(ValueError, match="not a place"):
        distance_km(place, TBILISI)
