"""How far an office comes by each package, alone and with those before it."""

from hypothesis import given
from hypothesis import strategies as st
from tests.calc.readiness.cases import office, preset

from serai.calc.readiness.facts import see
from serai.calc.readiness.ladder import Role
from serai.calc.readiness.outlook import Step, outlook, reached

KEYS, LADDER, PACKAGES = preset().keys, preset().ladder, preset().packages
ROWS = {one.code: one.rows(Role.HOST) for one in LADDER.events}
CODES = [one.code for one in LADDER.events]


def seen(changes=None):
    return see(office(changes), "hall", KEYS)


def steps(changes, *codes):
    return outlook(ROWS, seen(changes), [one for one in PACKAGES if one.code in codes], KEYS)


def test_a_ready_office_hosts_the_highest_event_and_needs_nothing():
    assert reached(ROWS, seen()) == "E5"
    assert not any(one.mends for one in outlook(ROWS, seen(), PACKAGES, KEYS))


def test_a_package_lifts_the_office_alone():
    assert reached(ROWS, seen({"continuity.ups_minutes": 0.0})) == "E1"
    assert steps({"kit.microphone": "omni"}, "MIC") == (Step("MIC", True, "E5", "E5"),)


def test_two_packages_lift_it_only_together():
    short = {"kit.microphone": "omni", "continuity.ups_minutes": 0.0}

    found = {one.package: one for one in steps(short, "MIC", "UPS")}

    assert [one.alone for one in found.values()] == ["E1", ""]
    assert [one.together for one in found.values()] == ["E1", reached(ROWS, seen())]


def test_nothing_is_reached_where_facts_are_missing_or_an_event_asks_nothing():
    assert reached(ROWS, see(office(), "", KEYS)) == ""
    assert reached({"E1": ()}, seen()) == ""


@given(st.sets(st.sampled_from(sorted(key for key in office().facts)), max_size=6))
def test_more_packages_never_take_an_event_away(lost):
    order = ["", *CODES]
    known = outlook(ROWS, seen(dict.fromkeys(lost)), PACKAGES, KEYS)

    places = [order.index(one.together) for one in known]
    assert places == sorted(places)
