"""What the round leads to. Entered whole: test_round.py."""

import tomllib

from serai.setup.demo.provision import FACTORS, PRICES, RAISED, SCENARIOS, STATES, WHERE
from serai.setup.loading import PRESETS


def test_every_package_of_the_preset_has_a_price():
    document = tomllib.loads((PRESETS / "carec" / "readiness.toml").read_text("utf-8"))

    assert set(PRICES) == {one["code"] for one in document["packages"]}


def test_three_budgets_rise_and_one_wish_cannot_be_met():
    solved = [budget for _name, budget, _where, event in SCENARIOS if event != "E2"]

    assert solved == sorted(solved)
    assert len(solved) == 3


def test_deliveries_come_to_every_state_that_somebody_moves_them_to():
    assert set(STATES) == {
        "proposed", "agreed", "ordered", "delivered", "installed", "cancelled",
    }  # fmt: skip
    assert set(FACTORS) == set(RAISED)
    assert len(WHERE) == 3
