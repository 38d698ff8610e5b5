"""What the sample lets out. Entered whole: test_round.py."""

from serai.setup.demo.people import cast
from serai.setup.demo.places import places
from serai.setup.demo.releasing import READERS, WAYS, WHERE
from serai.setup.demo.work import DAY


def test_releases_come_to_every_state_by_both_ways():
    ends = {way for one in WAYS for way in one}

    assert ends == {
        "asked", "granted", "members", "public", "public asked", "withdrawn", "declined",
    }  # fmt: skip
    assert len(WAYS) == sum(place.iso3 in WHERE for place in places())


def test_the_public_comes_after_members():
    assert all(one[0] == "members" for one in WAYS if len(one) > 1)


def test_readers_are_of_the_cast():
    assert {name for name, *_rest in READERS} <= {one.name for one in cast(DAY)}
