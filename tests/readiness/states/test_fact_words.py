"""Facts, choices and profiles in words: the framework that ships leaves none without."""

from tests.factories import readiness as make

from serai.readiness.states import result_words
from serai.readiness.states.fact_words import CARRIED, CHOICES, NAMES, PROFILES, profile_words
from serai.readiness.states.plan_words import VALUES


def test_every_fact_has_a_name():
    keys = {one["key"] for one in make.document()["facts"]}

    assert keys - set(NAMES) - set(result_words.FACTS) == set()
    assert set(NAMES) - keys == set()


def test_every_choice_has_words():
    choices = {word for one in make.document()["facts"] for word in one.get("choices", [])}

    assert {one for one in choices if not one.isdecimal()} - set(VALUES) - set(CHOICES) == set()


def test_every_profile_of_a_tier_has_words_and_one_added_later_is_as_written():
    profiles = {one["profile"] for one in make.tiers_document()["tiers"]}

    assert set(PROFILES) == profiles
    assert [profile_words(one) for one in ("audio", "robot")] == ["sound", "robot"]


def test_what_is_carried_names_the_profile():
    assert [str(one) % {"profile": "sound"} for one in CARRIED.values()] == [
        "sound at its best", "sound as recommended", "sound at the least",
    ]  # fmt: skip
