from datetime import UTC

import pytest

from serai.calc.xforms.answers import as_answer, fits
from serai.calc.xforms.values import NAN, Moment, Profile, Rules

RULES = Rules(Profile.FORM, UTC)


@pytest.mark.parametrize(
    ("value", "sort", "text"),
    [
        (2.9, "int", "2"),
        ("2.9", "int", "2"),
        ("about 20", "int", "about 20"),
        (NAN, "int", ""),
        (2.5, "decimal", "2.5"),
        (True, "string", "true"),
        (Moment(20512.5, "2026-02-28T12:00:00.000+00:00"), "date", "2026-02-28"),
        ("2026-02-28T12:00:00Z", "date", "2026-02-28"),
        (20512.0, "date", "2026-02-28"),
        ("soon", "date", "soon"),
        (20512.5, "dateTime", "2026-02-28T12:00:00.000+00:00"),
        (1e300, "int", "1e+300"),
    ],
)
def test_as_answer(value, sort, text):
    assert as_answer(value, sort, RULES) == text


@pytest.mark.parametrize(
    ("sort", "good", "bad"),
    [
        ("int", ["12", "-3", "+4"], ["1.5", "1e3", "12,5", "x"]),
        ("decimal", ["1.5", "-.5", "2e3"], ["1,5", "x"]),
        ("date", ["2026-02-28"], ["2026-02-30", "2026-02-28T00:00:00", "soon"]),
        ("dateTime", ["2026-02-28T00:00:00Z"], ["2026-02-28", "2026-02-28T25:00:00"]),
        ("time", ["12:30", "12:30:01.5+04:00"], ["24:00", "12:60", "noon"]),
        ("boolean", ["true", "0"], ["yes"]),
        ("geopoint", ["41.7 44.8", "41.7 44.8 400 5"], ["41.7", "91 0", "1 1;2 2"]),
        ("geotrace", ["1 1;2 2"], ["1 1", ""]),
        ("geoshape", ["0 0;0 1;1 1;0 0"], ["0 0;0 1;1 1", "0 0;0 1;1 1;2 2"]),
        ("string", ["anything"], []),
    ],
)
def test_fits(sort, good, bad):
    assert [fits(text, sort, RULES) for text in good] == [True] * len(good)
    assert [fits(text, sort, RULES) for text in bad] == [False] * len(bad)
