import math
from datetime import datetime

import pytest
from tests.calc.xforms.functions.cases import got

from serai.calc.xforms.focus import CalendarNames
from serai.calc.xforms.functions.dates import formatted


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("string(date('2026-1-2'))", "2026-01-02"),
        ("string(date('  '))", ""),
        ("string(today())", "2026-11-22"),
        ("string(now())", "2026-11-22T00:06:03.000-07:00"),
        ("format-date('2026-01-02T03:04:05.678-07:00', '%Y-%n-%e %H.%h %M:%S:%3 %a%% %q%')",
         "2026-1-2 03.3 04:05:678 Fri% %q%"),
        ("format-date(0, '%d')", "31"),
        ("format-date(//e, '%d')", ""),
        ("decimal-time('2026-01-02T12:00:00-07:00')", 0.5),
        ("decimal-date-time(5)", 5.0),
        ("date('2026-01-02') - date('2026-01-01')", 1.0),
    ],
)  # fmt: skip
def test_date(expression, expected):
    assert got(expression) == expected


def test_bad_dates_are_nan():
    assert math.isnan(got("decimal-date-time('soon')"))
    assert math.isnan(got("decimal-time('soon')"))


def test_formatted_in_another_language():
    months = "იანვ თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ"
    names = CalendarNames((*months.split(),), (*["ორშ", "სამ", "ოთხ", "ხუთ", "პარ", "შაბ", "კვი"],))
    day = datetime(2026, 3, 1)  # noqa: DTZ001 - already local

    assert formatted(day, "%a %d %b", names) == "კვი 01 მარ"
