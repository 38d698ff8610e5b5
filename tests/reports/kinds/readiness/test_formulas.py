"""How figures are made: each formula in words."""

from serai.reports.kinds.readiness.formulas import FORMULAS


def test_every_formula_has_a_name_of_its_own_and_says_how():
    names = [name() for name, _how in FORMULAS.values()]

    assert len(set(names)) == len(names)
    assert all(how().endswith(".") for _name, how in FORMULAS.values())
