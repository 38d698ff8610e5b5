import math
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.calc.xforms.tree import parse_xml, root_element
from serai.calc.xforms.values import (
    NAN,
    Days,
    Moment,
    Profile,
    Rules,
    number_to_text,
    written,
)

FORM = Rules(Profile.FORM, ZoneInfo("America/Phoenix"))
NATIVE = Rules(Profile.NATIVE, UTC)
TBILISI = Rules(Profile.FORM, ZoneInfo("Asia/Tbilisi"))


def nodes(*texts):
    document = parse_xml("<d>" + "".join(f"<n>{text}</n>" for text in texts) + "</d>")
    return root_element(document).elements()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (123456789012345680000.0, "123456789012345680000"),
        (1.5e300, "1.5e+300"),
        (1e-6, "0.000001"),
        (1.25e-7, "1.25e-7"),
        (-0.1, "-0.1"),
        (1e-5, "0.00001"),
        (18962.291666666668, "18962.291666666668"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (NAN, ""),
        (Days(-0.71), "-1"),
    ],
)
def test_number_to_text_is_as_in_ecmascript(number, text):
    assert number_to_text(number) == text


def test_number_to_text_names_nan_in_xpath():
    assert number_to_text(NAN, Profile.NATIVE) == "NaN"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" 1.5 ", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("+5", 5.0),
        ("1970-01-01T00:00:00Z", 0.0),
        ("1970-01-02T00:00:00+00:00", 1.0),
    ],
)
def test_text_number_reads(text, number):
    assert FORM.number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "1,5", "0x10", "nan", "inf", "1_000", "٣", "1970-1-2", "1970-02-30",
     "1970-01-01T24:00:00Z", "1970-01-01T00:00:00+15:00", "1970-01-01T00:00:00+10:60"],
)  # fmt: skip
def test_text_number_is_nan(text):
    assert math.isnan(FORM.number(text))


def test_native_numbers_have_no_exponent_and_no_dates():
    assert math.isnan(NATIVE.number("1e3"))
    assert math.isnan(NATIVE.number("1970-01-01"))
    assert NATIVE.number("-1.5") == -1.5


def test_moment_keeps_a_date_and_writes_a_time_with_offset():
    assert TBILISI.moment("2026-3-1") == Moment(20512.833333333332, "2026-03-01")
    assert TBILISI.moment("2026-03-01T10:00:00Z").text == "2026-03-01T14:00:00.000+04:00"
    assert TBILISI.moment(0.0).text == "1970-01-01T04:00:00.000+04:00"
    assert TBILISI.moment("17.5").text == "1970-01-18T16:00:00.000+04:00"


@pytest.mark.parametrize("value", ["soon", True, NAN, 1e12, "2026-02-30", []])
def test_moment_is_invalid(value):
    moment = TBILISI.moment(value)

    assert moment.text == "Invalid Date"
    assert math.isnan(moment.days)
    assert TBILISI.boolean(moment) is False


def test_date_alone_survives_a_midnight_that_the_clock_skipped():
    # Beirut put its clocks forward at midnight on this day.
    beirut = Rules(Profile.FORM, ZoneInfo("Asia/Beirut"))

    assert beirut.moment("2022-03-27").text == "2022-03-27"


def test_at_gives_now_and_today():
    now = datetime(2026, 1, 31, 21, 30, tzinfo=UTC)

    assert TBILISI.at(now).text == "2026-02-01T01:30:00.000+04:00"
    assert TBILISI.at(now, day_only=True).text == "2026-02-01"


def test_written_names_negative_half_hours():
    newfoundland = datetime(2026, 1, 31, 12, tzinfo=ZoneInfo("America/St_Johns"))

    assert written(newfoundland) == "2026-01-31T12:00:00.000-03:30"


def test_day_share_moves_into_the_zone():
    now = datetime(2026, 1, 31, tzinfo=UTC)

    assert TBILISI.day_share("12:00:00Z", now) == 16 / 24
    assert TBILISI.day_share("12:00", now) == 0.5
    assert math.isnan(TBILISI.day_share("25:00", now))
    assert math.isnan(TBILISI.day_share("12:00:00+20:00", now))


@pytest.mark.parametrize(
    ("left", "right", "is_equal", "is_unequal"),
    [
        ("1", 1.0, True, False),
        ("1", "1.0", False, True),
        (nodes("1", "2"), 2.0, True, True),
        (nodes("1", "2"), "2", True, True),
        (nodes(), "2", False, False),
        (nodes(), False, True, False),
        (nodes(""), True, True, False),
        (nodes("1"), nodes("1"), True, False),
        (nodes("1", "2"), nodes("2"), True, True),
        (nodes("1"), nodes(), False, False),
        (2.0, nodes("2"), True, False),
        (NAN, NAN, False, True),
        (Moment(0.0, "1970-01-01T00:00:00.000Z"), "1970-01-01T00:00:00Z", True, False),
    ],
)
def test_equal_and_unequal(left, right, is_equal, is_unequal):
    assert (FORM.equal(left, right), FORM.unequal(left, right)) == (is_equal, is_unequal)


@pytest.mark.parametrize(
    ("left", "name", "right", "expected"),
    [
        ("2", "<", "10", True),
        ("2018-06-25", "<", "2018-06-25T00:00:00.001-07:00", True),
        (nodes("1", "5"), ">", nodes("4"), True),
        (nodes("1", "5"), "<", nodes("1"), False),
        (4.0, "<=", nodes("1", "5"), True),
        (nodes("0"), "<", True, True),
        (nodes(), "<", True, False),
        ("x", ">=", "x", False),
    ],
)
def test_ordered(left, name, right, expected):
    assert FORM.ordered(name, left, right) is expected


def test_text_of_each_kind():
    assert FORM.text(True) == "true"
    assert FORM.text(nodes("a", "b")) == "a"
    assert FORM.text([]) == ""
    assert FORM.text(1.5) == "1.5"
    assert FORM.text(Moment(0.0, "x")) == "x"


def test_truth_of_each_kind():
    assert [FORM.boolean(value) for value in ("", "0", 0.0, NAN, 2.0, [], nodes(""))] == [
        False, True, False, False, True, False, True,
    ]  # fmt: skip


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_is_written_in_the_fewest_digits_that_read_back(number):
    text = number_to_text(number)

    assert float(text) == number
    assert text != "-0"
    digits = re.sub(r"e.*|[-.]", "", text).strip("0")
    assert len(digits) <= 17
    is_plain = number == 0 or 1e-6 <= abs(number) < 1e21
    assert ("e" not in text) is is_plain


@given(st.integers(-(2**53), 2**53))
def test_whole_numbers_are_written_whole(number):
    assert number_to_text(float(number)) == str(number)
