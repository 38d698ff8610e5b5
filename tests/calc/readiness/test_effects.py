"""Whether an office shows what a package promised."""

from dataclasses import replace
from datetime import date

import pytest

from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.effects import effects_seen, is_shown
from serai.calc.readiness.facts import Fact, FactKey, Grade, Kind, OfficeFacts, see
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.packages import Effect, Package

DAY = date(2021, 6, 30)
KEYS = {
    "link.rate": FactKey("link.rate", "Mbit/s", is_link=True),
    "link.loss": FactKey("link.loss", "%", less_is_better=True, is_link=True),
    "kit.camera": FactKey("kit.camera", kind=Kind.CHOICE, choices=("no", "yes")),
}
LINE = Package("LINK", Lever.LINK, (Effect("link.rate", 20), Effect("link.loss", 1)))
CAMERA = Package("ROOM", Lever.KIT, (Effect("kit.camera", "yes"),))
RATE = Fact("link.rate", 20, Grade.MEASURED, known_on=DAY)
LOSS = Fact("link.loss", 1, Grade.MEASURED, known_on=DAY)


def held(package, *facts):
    office = OfficeFacts("one", "GEO", {fact.key: fact for fact in facts})
    return effects_seen(package, see(office, "", KEYS), KEYS, DAY)


def test_what_is_just_reached_is_shown():
    found = held(LINE, RATE, LOSS)

    assert [one.verdict for one in found] == [Verdict.PASSES, Verdict.PASSES]
    assert is_shown(found) is Verdict.PASSES


@pytest.mark.parametrize(
    ("fact", "verdict"),
    [
        (replace(RATE, value=25), Verdict.PASSES),
        (replace(RATE, value=19.9), Verdict.FAILS),
        (replace(RATE, grade=Grade.DECLARED), Verdict.UNKNOWN),
        (replace(RATE, is_thin=True), Verdict.UNKNOWN),
        (replace(RATE, known_on=date(2021, 6, 29)), Verdict.UNKNOWN),
        (replace(RATE, known_on=None), Verdict.UNKNOWN),
        (replace(RATE, grade=Grade.MISSING), Verdict.UNKNOWN),
        (replace(RATE, value=None), Verdict.UNKNOWN),
    ],
)
def test_a_line_is_shown_by_a_later_full_measurement_alone(fact, verdict):
    assert held(LINE, fact, LOSS)[0].verdict is verdict


def test_less_is_better_where_the_key_says_so():
    assert held(LINE, RATE, replace(LOSS, value=1.5))[1].verdict is Verdict.FAILS


def test_of_other_things_a_later_answer_is_enough():
    yes = Fact("kit.camera", "yes", Grade.DECLARED, known_on=DAY)

    assert is_shown(held(CAMERA, yes)) is Verdict.PASSES
    assert is_shown(held(CAMERA, replace(yes, value="no"))) is Verdict.FAILS
    assert held(CAMERA)[0].have is None


def test_one_that_fails_fails_and_none_is_unknown():
    assert is_shown(held(LINE, replace(RATE, value=1))) is Verdict.FAILS
    assert is_shown(held(LINE, RATE)) is Verdict.UNKNOWN
    assert is_shown([]) is Verdict.UNKNOWN
