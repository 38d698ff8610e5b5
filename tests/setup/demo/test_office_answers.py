"""What the sample's offices answer: the same each time, and true to how far each has come."""

from collections import Counter
from datetime import date

import pytest

from serai.setup.demo.office_answers import SHARES, LineTests, Writer, begun, profile
from serai.setup.demo.places import places

DAY = date(2021, 6, 30)


def test_an_office_is_drawn_the_same_each_time():
    place = places()[3]

    of = profile(place)

    assert of == profile(place)
    assert Writer(of, DAY).office() == Writer(of, DAY).office()
    assert Writer(of, DAY).rooms() == Writer(of, DAY).rooms()


def test_offices_stand_at_every_step_of_the_ladder():
    drawn = [profile(place) for place in places()]

    assert {one.step for one in drawn} == set(range(len(SHARES)))
    assert {one.tests for one in drawn} == set(LineTests)


@pytest.mark.parametrize(
    ("step", "kinds"),
    [(0, {"gooseneck": 22, "omni": 9, "cardioid": 7, "headset": 6}), (5, {"gooseneck": 44})],
)
def test_equipment_follows_the_step(step, kinds):
    drawn = Counter(
        Writer(profile(place, step=step), DAY).room(0)["/data/room/microphone_type"]
        for place in places()
    )

    assert drawn == kinds


def test_an_office_that_has_begun_answers_two_sections():
    said = begun(profile(places()[0]), DAY)

    assert {path.split("/")[2] for path in said} == {"about_office", "events"}


def test_no_day_lies_ahead():
    for place in places():
        said = Writer(profile(place), DAY).office()
        days = [value for path, value in said.items() if path.endswith("_on")]
        assert all(date.fromisoformat(value) < DAY for value in days)
