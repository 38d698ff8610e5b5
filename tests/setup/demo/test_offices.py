"""How far the round's assessments have come. The round itself: test_round.py."""

from collections import Counter

from serai.setup.demo.offices import POOR_MBPS, RAISED, Stage, profile_of, stage_of
from serai.setup.demo.places import places


def test_most_assessments_are_confirmed_and_every_other_stage_is_there():
    found = Counter(stage_of(number, place) for number, place in enumerate(places()))

    assert found.most_common(1)[0][0] == Stage.CONFIRMED
    assert found[Stage.CONFIRMED] >= 30
    assert set(found) == set(range(5))


def test_offices_whose_line_was_raised_had_a_poor_one_and_are_confirmed():
    for number, place in enumerate(places()):
        if place.seed in RAISED:
            assert (profile_of(place).down_mbps, profile_of(place).up_mbps) == POOR_MBPS
            assert stage_of(number, place) == Stage.CONFIRMED
