"""Currencies are codes of ISO 4217."""

from serai.readiness.states.currencies import CURRENCIES


def test_a_currency_is_three_capitals():
    assert all(len(one) == 3 and one.isupper() for one in CURRENCIES)
    assert len(set(CURRENCIES)) == len(CURRENCIES)
