"""What a package guarantees, what it costs."""

from decimal import Decimal

import pytest
from tests.calc.readiness.cases import office, preset

from serai.calc.readiness.facts import Fact, Grade, Scope, see
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.packages import (
    Effect,
    Package,
    Price,
    cost,
    package_faults,
    with_packages,
)

KEYS = preset().keys
MIC = Package("MIC", Lever.KIT, (Effect("kit.microphone", "cardioid"),))
LINE = Package("LINE", Lever.LINK, (Effect("link.down_p5", 25.0), Effect("link.loss_percent", 1.0)))


def test_cost_is_capex_by_factor_and_opex_by_years():
    price = Price("MIC", Decimal("1000.50"), Decimal("20.25"))

    assert cost(price, Decimal("1.2"), 3) == Decimal("1261.350")


@pytest.mark.parametrize(
    ("capex", "opex", "factor", "years"),
    [(-1, 0, 1, 1), (1, -1, 1, 1), (1, 1, 0, 1), (1, 1, 1, -1)],
)
def test_cost_refuses_what_cannot_be(capex, opex, factor, years):
    with pytest.raises(ValueError, match="MIC"):
        cost(Price("MIC", Decimal(capex), Decimal(opex)), Decimal(factor), years)


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, "cardioid"), ("omni", "cardioid"), ("gooseneck", "gooseneck")],
)
def test_a_package_betters_missing_and_worse_facts_alone(before, after):
    seen = see(office({"kit.microphone": before}), "hall", KEYS)

    assert with_packages(seen, [MIC], KEYS).facts["kit.microphone"].value == after


def test_a_promised_fact_is_declared_by_its_package():
    seen = see(office({"kit.microphone": "omni"}), "hall", KEYS)

    later = with_packages(seen, [MIC], KEYS)

    assert later.facts["kit.microphone"] == Fact(
        "kit.microphone", "cardioid", Grade.DECLARED, Scope.ROOM, "hall", source="MIC"
    )
    assert later.ranks["kit.microphone"] == 5.0
    assert seen.facts["kit.microphone"].value == "omni"


def test_less_is_better_is_kept_in_mind():
    seen = see(office({"link.down_p5": 60.0, "link.loss_percent": 3.0}), "hall", KEYS)

    later = with_packages(seen, [LINE], KEYS)

    assert (later.ranks["link.down_p5"], later.ranks["link.loss_percent"]) == (60.0, 1.0)


def test_package_faults_name_their_package():
    wrong = Package("X", Lever.KIT, (Effect("kit.sofa", 1.0), Effect("kit.microphone", "lapel")))

    assert list(package_faults([MIC, MIC, wrong], KEYS)) == [
        "package MIC: the code is there twice.",
        "package X: unknown fact key 'kit.sofa'.",
        "package X: kit.microphone: 'lapel' is not one of none, built_in, omni, ceiling, headset, "
        "cardioid, gooseneck.",
    ]
