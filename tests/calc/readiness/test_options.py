"""Which option passes which lever rows, and that a bought package gives what it promised."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calc.readiness.cases import office, preset

from serai.calc.readiness.attainment import attain
from serai.calc.readiness.facts import Fact, Grade, OfficeFacts, Scope, see
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Role, Sensitivity
from serai.calc.readiness.optimise import optimise
from serai.calc.readiness.options import (
    events_passed,
    lever_rows,
    office_options,
    planning_room,
    problem_of,
    shared_items,
)
from serai.calc.readiness.packages import with_packages
from serai.calc.readiness.problem import Limits

KEYS, LADDER, PACKAGES = preset().keys, preset().ladder, preset().packages
ALL = frozenset({"E1", "E2", "E3", "E4", "E5"})
PRICES = {
    "LINK": 6, "QOS": 2, "MIC": 3, "ROOM": 7, "TRAIN": 1, "UPS": 2, "PATH2": 4, "LOAN": 9,
    "RENT": 5, "CAST": 3, "LICENCE": 2, "HEADSET": 1,
}  # fmt: skip


def cost_of(package, country):
    return Decimal(PRICES[package]) if package in PRICES else None


def levers_of(one, sensitivity=Sensitivity.LOW):
    found = office_options(one, LADDER, PACKAGES, KEYS, cost_of, sensitivity=sensitivity)
    return {lever.lever: lever for lever in found.levers}


def test_lever_rows_sort_every_hosts_row_once():
    rows = lever_rows(LADDER, Sensitivity.HIGH)

    count = sum(len(needed) for events in rows.values() for needed in events.values())
    assert set(rows) == set(Lever)
    assert count == sum(
        len(LADDER.rows(event, Role.HOST, Sensitivity.HIGH)) for event in LADDER.events
    )


def test_an_office_that_is_ready_needs_nothing():
    for lever in levers_of(office()).values():
        assert (lever.today, lever.options) == (ALL, ())


def test_a_lever_without_rows_of_an_event_passes_it():
    space = levers_of(office({"continuity.backup_room": "no"}))[Lever.SPACE]

    assert (space.today, space.options) == (ALL - {"E5"}, ())


def test_a_ladder_without_rows_of_a_lever_has_no_such_lever():
    low = replace(LADDER, events=LADDER.events[:1], security=())

    assert set(lever_rows(low, Sensitivity.HIGH)) == {Lever.LINK, Lever.KIT, Lever.CONTINUITY}


def test_options_tell_which_events_they_pass():
    link = levers_of(office({"link.down_p5": 5.0, "link.jitter_ms": 50.0}))[Lever.LINK]

    assert link.today == {"E1"}
    assert [(one.code, one.cost, one.passes) for one in link.options] == [
        ("A1/link/LINK+QOS", Decimal(8), ALL),
    ]  # fmt: skip


def test_bundles_are_offered_where_they_pass_more_than_their_parts():
    kit = levers_of(office({"kit.microphone": "omni", "kit.cameras": 1.0, "kit.dsp": "no"}))

    assert [(one.packages, sorted(one.passes)) for one in kit[Lever.KIT].options] == [
        (("MIC",), ["E1", "E2"]),
        (("MIC", "ROOM"), ["E1", "E2", "E3"]),
        (("MIC", "ROOM", "RENT"), sorted(ALL)),
    ]


def test_packages_without_a_price_are_not_offered():
    found = office_options(
        office({"kit.microphone": "omni"}), LADDER, PACKAGES, KEYS, lambda *_: None
    )

    assert [lever.options for lever in found.levers if lever.options] == []


def test_missing_facts_pass_only_where_a_package_guarantees_them():
    levers = levers_of(office({"link.down_p5": None, "people.technicians": None}))

    assert [(one.packages, one.passes) for one in levers[Lever.LINK].options] == [(("LINK",), ALL)]
    assert (levers[Lever.PEOPLE].today, levers[Lever.PEOPLE].options) == ({"E1", "E2"}, ())


def test_the_planning_room_is_the_best_one():
    whole = office()
    poor = {key: replace(fact, room="attic") for key, fact in whole.rooms["hall"].items()}
    poor["kit.microphone"] = Fact("kit.microphone", "omni", Grade.DECLARED, Scope.ROOM, "attic")
    two = replace(whole, rooms={"attic": poor, **whole.rooms})
    only_poor = replace(whole, rooms={"attic": poor, "empty": {}})

    assert planning_room(two, LADDER, KEYS) == "hall"
    assert planning_room(only_poor, LADDER, KEYS) == "empty"
    assert planning_room(replace(whole, rooms={}), LADDER, KEYS) == ""


def test_shared_items_serve_each_office_of_their_country():
    first = office({"kit.microphone": "omni"})
    second = replace(office({"kit.displays": 0.0, "applications.webcast": "no"}), code="A2")
    other = replace(office(), code="B1", country="BBB")

    found = shared_items([first, second, other], LADDER, PACKAGES, KEYS, cost_of)

    assert [(one.code, one.cost, one.package) for one in found] == [
        ("AAA/kit/LOAN", 9, "LOAN"), ("BBB/kit/LOAN", 9, "LOAN"),
    ]  # fmt: skip
    assert found[0].passes == {"A1": ALL, "A2": {"E1", "E2", "E3"}}
    assert shared_items([first], LADDER, PACKAGES, KEYS, lambda *_: None) == ()


def test_problem_of_carries_values_and_weights():
    found = problem_of([office()], LADDER, PACKAGES, KEYS, cost_of, weights={"A1": Decimal(3)})

    assert found.values == {"E0": 0, "E1": 2, "E2": 4, "E3": 8, "E4": 12, "E5": 15}
    assert found.offices[0].weight == 3


WORSE = {
    "link.down_p5": 3.0, "link.jitter_ms": 60.0, "kit.microphone": "omni", "kit.cameras": 0.0,
    "kit.displays": None, "kit.dsp": "no", "applications.webcast": "no", "people.operators": None,
    "continuity.second_line": "none", "continuity.ups_minutes": 5.0, "link.dedicated": "shared",
    "kit.spare_encoder": None, "plan.power_months": 40.0, "continuity.generator": "no",
}  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.sampled_from(sorted(WORSE))), min_size=1, max_size=3),
       st.integers(0, 60))  # fmt: skip
def test_bought_packages_give_the_promised_events(worse, budget):
    made = [
        replace(office({name: WORSE[name] for name in names}), code=f"O{number}")
        for number, names in enumerate(worse)
    ]
    problem = problem_of(made, LADDER, PACKAGES, KEYS, cost_of)

    plan = optimise(problem, Limits(Decimal(budget)))

    packages = {one.code: one for one in PACKAGES}
    named = {
        option.code: option.packages
        for each in problem.offices
        for lever in each.levers
        for option in lever.options
    } | {item.code: (item.package,) for item in problem.shared}
    for one in made:
        codes = [
            code for bought in plan.bought for code in named[bought]
            if bought.startswith((f"{one.code}/", f"{one.country}/"))
        ]  # fmt: skip
        room = planning_room(one, LADDER, KEYS)
        later = with_packages(see(one, room, KEYS), [packages[code] for code in codes], KEYS)
        installed = OfficeFacts(one.code, one.country, later.facts)
        reached = {each.event for each in attain(installed, LADDER, KEYS, Role.HOST)
                   if each.is_attained}  # fmt: skip
        assert plan.events[one.code] in reached | {"E0"}


def test_events_passed_names_all_that_pass():
    rows = lever_rows(LADDER, Sensitivity.LOW)[Lever.LINK]

    assert events_passed(rows, see(office({"link.up_p5": 7.0}), "hall", KEYS)) == {"E1", "E2"}
