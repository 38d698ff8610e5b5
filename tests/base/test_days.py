from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from serai.base.days import plain_day

DAY = date(2021, 6, 30)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "30 June 2021"), ("ru", "30 июня 2021\N{NO-BREAK SPACE}г.")]
)
def test_a_day_is_written_as_its_language_writes_it(language, expected):
    with translation.override(language):
        assert plain_day(DAY) == expected
        assert plain_day(datetime(2021, 6, 30, 23, 59, tzinfo=UTC)) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "30 June"), ("ru", "30 июня")])
def test_a_day_without_its_year(language, expected):
    with translation.override(language):
        assert plain_day(DAY, year=False) == expected
