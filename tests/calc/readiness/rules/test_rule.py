"""Triggers of three answers, the list of rules, and asking all of them."""

import string

import pytest
from tests.calc.readiness.cases import office, preset
from tests.calc.readiness.rules.cases import ask

from serai.calc.readiness.facts import Scope, see
from serai.calc.readiness.rules import RULES, advise
from serai.calc.readiness.rules.rule import (
    AllOf,
    Answer,
    AnyOf,
    AtMost,
    Below,
    Case,
    Interpreted,
    Not,
    Outcome,
    RowFails,
    Rule,
    Topic,
)

UPS = "continuity.ups_minutes"


class Says:
    """A trigger with a fixed answer."""

    def __init__(self, holds, *facts):
        self.answer = Answer(holds, frozenset(facts))

    def ask(self, case):
        return self.answer


YES, NO, OPEN = Says(True, "a"), Says(False, "b"), Says(None, "c")


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ((YES, YES), True, True),
        ((YES, NO), False, True),
        ((YES, OPEN), None, True),
        ((NO, OPEN), False, None),
        ((NO, NO), False, False),
        ((OPEN, OPEN), None, None),
    ],
)
def test_joined_answers(parts, every, some):
    assert AllOf(parts).ask(None).holds is every
    assert AnyOf(parts).ask(None).holds is some


def test_joined_triggers_name_all_facts():
    assert AllOf((YES, Not(OPEN))).ask(None) == Answer(None, frozenset({"a", "c"}))
    assert [Not(one).ask(None).holds for one in (YES, NO, OPEN)] == [False, True, None]


def test_the_rules_are_listed_once_each_with_all_they_need():
    ids = [one.id for one in RULES]
    packages = {one.code for one in preset().packages}

    assert ids == [
        *(f"CAP-{n}" for n in range(1, 5)), *(f"EQP-{n}" for n in range(1, 5)),
        *(f"SPC-{n}" for n in range(1, 4)), *(f"COL-{n}" for n in range(1, 5)),
        *(f"PLB-{n}" for n in range(1, 5)), *(f"SCL-{n}" for n in range(1, 4)),
        *(f"SEC-{n}" for n in range(1, 5)),
    ]  # fmt: skip
    assert {one.topic for one in RULES} == set(Topic)
    assert {one.package for one in RULES} - {""} <= packages
    assert all(one.text and one.source and one.version == 1 for one in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_every_gap_of_a_text_is_filled_from_a_fact(rule):
    named = {name for _, name, _, _ in string.Formatter().parse(rule.text) if name}

    assert named == set(rule.gaps or {})
    assert set((rule.gaps or {}).values()) <= set(preset().keys)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_every_fact_a_rule_looks_at_is_known_to_the_preset(rule):
    found = ask(rule, {}, "E5")

    assert set(found.facts) <= set(preset().keys)
    assert found.facts
    assert found.outcome is Outcome.QUIET


def test_advise_asks_rules_on_rooms_of_every_room():
    whole = office()
    rooms = {"hall": whole.rooms["hall"], "small": {}}
    two = type(whole)(whole.code, whole.country, whole.facts, rooms)

    found = advise(two, preset().ladder.event("E2"), preset().ladder, preset().keys)

    of_rooms = [one.id for one in RULES if one.scope is Scope.ROOM]
    assert len(found) == len(RULES) + len(of_rooms)
    assert [one.room for one in found if one.rule.id == "SPC-3"] == ["hall", "small"]
    assert [one.outcome for one in found if one.rule.id == "SPC-3"] == [
        Outcome.QUIET, Outcome.FACTS_MISSING,
    ]  # fmt: skip


def test_advise_takes_the_room_the_event_is_to_be_held_in():
    whole = office()
    rooms = {"attic": {}, "hall": whole.rooms["hall"]}
    two = type(whole)(whole.code, whole.country, whole.facts, rooms)
    (rule,) = [one for one in RULES if one.id == "EQP-2"]

    (found,) = advise(
        two, preset().ladder.event("E2"), preset().ladder, preset().keys, room="hall", rules=[rule]
    )

    assert (found.outcome, found.room) == (Outcome.QUIET, "")


def test_a_need_the_target_does_not_have_is_left_open():
    rule = Rule(
        "X-1", 1, Topic.SPACE, AtMost(UPS, 90), "Take {need} and {need_loss}.", "-",
        gaps={"need": UPS, "need_loss": "link.loss_percent", "have": UPS},
    )  # fmt: skip

    assert ask(rule, {UPS: 10.0}, "E1").gaps == (("need_loss", 2.0), ("have", 10.0))


def test_a_row_the_target_does_not_have_asks_nothing():
    event = preset().ladder.event("E1")
    case = Case(see(office(), "hall", preset().keys), preset().keys, event, event.requirements)

    assert RowFails((UPS,)).ask(case) == Answer(False, frozenset())
    assert Interpreted().ask(case) == Answer(False, frozenset())
    assert AtMost(UPS, 90).ask(case).holds is True
    assert Below(UPS, 90).ask(case).holds is False
