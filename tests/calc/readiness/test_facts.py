"""Facts age, the better known of two is believed, and halves are told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.calc.readiness.cases import DAY

from serai.calc.readiness.facts import (
    Contradiction,
    Fact,
    FactKey,
    Grade,
    Kind,
    OfficeFacts,
    Scope,
    UnknownValue,
    aged,
    believed,
    contradiction,
    gather,
    see,
    views,
)

LINK = FactKey("link.down_p5", "Mbit/s", is_link=True)
LOSS = FactKey("link.loss_percent", "%", is_link=True, less_is_better=True)
UPS = FactKey("continuity.ups_minutes", "min")
MIC = FactKey("kit.microphone", "", Scope.ROOM, Kind.CHOICE, ("none", "omni", "gooseneck"))
KEYS = {one.key: one for one in (LINK, LOSS, UPS, MIC)}


def known(key, value, grade=Grade.DECLARED, days=0, **more):
    return Fact(key.key, value, grade, known_on=DAY - timedelta(days), **more)


def test_rank_is_the_number_or_the_place_of_the_choice():
    assert LINK.rank(6.5) == 6.5
    assert MIC.rank("omni") == 1.0


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (LINK, "fast", "link.down_p5: 'fast' is not a number."),
        (LINK, float("nan"), "link.down_p5: 'nan' is not a number."),
        (LINK, float("inf"), "link.down_p5: 'inf' is not a number."),
        (MIC, "lapel", "kit.microphone: 'lapel' is not one of none, omni, gooseneck."),
    ],
)
def test_rank_refuses_what_is_not_on_the_scale(key, value, words):
    with pytest.raises(UnknownValue) as refused:
        key.rank(value)

    assert str(refused.value) == words


def test_is_better_follows_the_direction():
    assert LINK.is_better(5, 4)
    assert not LINK.is_better(4, 4)
    assert LOSS.is_better(1, 2)
    assert MIC.is_better("gooseneck", "omni")


@pytest.mark.parametrize(
    ("key", "grade", "days", "counts_as", "is_stale"),
    [
        (LINK, Grade.MEASURED, 180, Grade.MEASURED, False),
        (LINK, Grade.MEASURED, 181, Grade.DECLARED, True),
        (LINK, Grade.MEASURED, 360, Grade.DECLARED, True),
        (LINK, Grade.MEASURED, 361, Grade.MISSING, True),
        (LINK, Grade.DECLARED, 180, Grade.DECLARED, False),
        (LINK, Grade.DECLARED, 181, Grade.MISSING, True),
        (UPS, Grade.DECLARED, 730, Grade.DECLARED, False),
        (UPS, Grade.DECLARED, 731, Grade.MISSING, True),
        (UPS, Grade.MEASURED, 731, Grade.DECLARED, True),
    ],
)
def test_aged_counts_old_facts_for_less(key, grade, days, counts_as, is_stale):
    fact = known(key, 5.0, grade, days)

    assert aged(fact, key, DAY) == replace(fact, grade=counts_as, is_stale=is_stale)


def test_aged_leaves_what_has_no_day_or_no_value():
    undated = Fact(LINK.key, 5.0, Grade.MEASURED)
    missing = known(LINK, None, Grade.MISSING, 999)

    assert aged(undated, LINK, DAY) == undated
    assert aged(missing, LINK, DAY) == missing


def test_believed_takes_measured_then_declared_then_the_latest():
    measured = known(LINK, 3.0, Grade.MEASURED, 100)
    thin = known(LINK, 4.0, Grade.MEASURED, 1, is_thin=True)
    declared, older = known(LINK, 20.0), known(LINK, 10.0, days=5)
    missing = known(LINK, None, Grade.MISSING)

    assert believed([declared, thin, measured, missing]) == measured
    assert believed([declared, thin]) == thin
    assert believed([missing, older, declared]) == declared
    assert believed([missing]) == missing


def test_contradiction_is_below_half_of_what_was_declared():
    declared = known(LINK, 20.0)

    half = [declared, known(LINK, 10.0, Grade.MEASURED)]
    less = [declared, known(LINK, 9.9, Grade.MEASURED)]

    assert contradiction(half, LINK) is None
    assert contradiction(less, LINK) == Contradiction(LINK.key, "", 9.9, 20.0)


def test_contradiction_needs_both_and_more_to_be_better():
    assert contradiction([known(LINK, 20.0)], LINK) is None
    assert contradiction([known(LINK, 1.0, Grade.MEASURED)], LINK) is None
    both = [known(LOSS, 4.0), known(LOSS, 1.0, Grade.MEASURED)]
    assert contradiction(both, LOSS) is None
    assert contradiction([Fact(MIC.key, "omni", Grade.DECLARED)], MIC) is None


def test_gather_keeps_one_fact_a_key_and_room():
    facts = [
        known(LINK, 20.0),
        known(LINK, 8.0, Grade.MEASURED),
        known(UPS, 30.0, days=731),
        Fact(MIC.key, "omni", Grade.DECLARED, Scope.ROOM, "hall"),
    ]

    office, clashes = gather("O", "AAA", facts, KEYS, DAY)

    assert office == OfficeFacts(
        "O", "AAA",
        {LINK.key: facts[1], UPS.key: replace(facts[2], grade=Grade.MISSING, is_stale=True)},
        {"hall": {MIC.key: facts[3]}},
    )  # fmt: skip
    assert clashes == (Contradiction(LINK.key, "", 8.0, 20.0),)


def test_gather_keeps_a_fact_that_says_nothing_as_missing():
    missing = known(LINK, None, Grade.MISSING)

    office, clashes = gather("O", "AAA", [missing], KEYS, DAY)

    assert (office.facts, clashes) == ({LINK.key: missing}, ())


def test_gather_refuses_unknown_keys_and_values():
    with pytest.raises(UnknownValue, match=r"^link\.colour: no such fact key\.$"):
        gather("O", "AAA", [Fact("link.colour", 1.0, Grade.DECLARED)], KEYS, DAY)
    with pytest.raises(UnknownValue, match="'fast' is not a number"):
        gather("O", "AAA", [known(LINK, "fast")], KEYS, DAY)


def test_see_joins_the_rooms_facts_and_ranks_what_is_known():
    mic = Fact(MIC.key, "gooseneck", Grade.DECLARED, Scope.ROOM, "hall")
    stale = known(UPS, 30.0, Grade.MISSING)
    office = OfficeFacts("O", "AAA", {LINK.key: known(LINK, 8.0), UPS.key: stale},
                         {"hall": {MIC.key: mic}, "attic": {}})  # fmt: skip

    hall = see(office, "hall", KEYS)

    assert hall.facts == {**office.facts, MIC.key: mic}
    assert hall.ranks == {LINK.key: 8.0, MIC.key: 2.0}
    assert [one.room for one in views(office, KEYS)] == ["attic", "hall"]


def test_views_of_an_office_without_rooms_is_one():
    office = OfficeFacts("O", "AAA", {LINK.key: known(LINK, 8.0)})

    (only,) = views(office, KEYS)

    assert (only.room, only.ranks) == ("", {LINK.key: 8.0})
