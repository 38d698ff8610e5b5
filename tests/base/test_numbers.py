from decimal import Decimal

import pytest
from django.utils import translation

from serai.base.numbers import plain_number


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, None, "0"),
        (1234, None, "1234"),
        (12345, None, "12,345"),
        (1234567.5, None, "1,234,567.5"),
        (Decimal("2.50"), None, "2.5"),
        (-3, None, "\u22123"),
        (-0.0000001, None, "0"),
        (2.5, 2, "2.50"),
        (66.66666, 1, "66.7"),
    ],
)
def test_plain_number_in_english(value, places, written):
    with translation.override("en"):
        assert plain_number(value, places) == written


def test_plain_number_in_russian():
    with translation.override("ru"):
        assert plain_number(1234567.5) == "1\xa0234\xa0567,5"
