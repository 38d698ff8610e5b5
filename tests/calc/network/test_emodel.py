"""The E-model: published vectors, worked values, every branch, and what must always hold."""

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.emodel import (
    DEFAULTS,
    PARAMETERS,
    CannotRate,
    Line,
    Rating,
    rate,
    rate_rows,
)

EVERY_TIME_ALIKE = settings(deadline=None, derandomize=True)

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT.parent / "shared" / "reference" / "emodel" / "vectors.json"
OURS = {
    "BurstR": "burst_r",
    "sT": "st",
    "mT": "mt",
    "Is": "i_s",
    "Id": "i_d",
    "Ieeff": "ie_eff",
    "GoB": "gob_percent",
    "PoW": "pow_percent",
}
TERMS = tuple(Rating.__dataclass_fields__)


def our(values: dict[str, float]) -> dict[str, float]:
    """Name the recommendation's symbols as we do."""
    return {OURS.get(name, name.lower()): value for name, value in values.items()}


def vectors() -> dict[str, Any]:
    if not VECTORS.exists():
        pytest.skip("The E-model's vectors (../shared/reference/emodel/vectors.json) are not here.")
    found: dict[str, Any] = json.loads(VECTORS.read_text("utf-8"))
    return found


def terms(rating: Rating) -> dict[str, Any]:
    return {name: getattr(rating, name) for name in TERMS}


def row(rating: Rating, at: int) -> dict[str, float]:
    return {name: float(getattr(rating, name)[at]) for name in TERMS}


def level(db: float) -> float:
    return 10 ** (db / 10)


def by_hand(p: dict[str, float]) -> dict[str, float]:
    """Follow the method's page line by line, branches as `if`: another hand than the code's."""
    pre = p["pr"] + 10 * math.log10(1 + level(10 - p["lstr"]))
    olr = p["slr"] + p["rlr"]
    nos = p["ps"] - p["slr"] - p["ds"] - 100 + 0.004 * (p["ps"] - olr - p["ds"] - 14) ** 2
    nor = p["rlr"] - 121 + pre + 0.008 * (pre - 35) ** 2
    no = 10 * math.log10(sum(map(level, (p["nc"], nos, nor, p["nfor"] + p["rlr"]))))
    ro = 15 - 1.5 * (p["slr"] + no)
    xolr = olr + 0.2 * (64 + no - p["rlr"])
    iolr = 20 * ((1 + (xolr / 8) ** 8) ** 0.125 - xolr / 8)
    stmro = -10 * math.log10(level(-p["stmr"]) + math.exp(-p["t"] / 4) * level(-p["telr"]))
    ist = 12 * (1 + ((stmro - 13) / 6) ** 8) ** (1 / 8)
    ist -= 28 * (1 + ((stmro + 1) / 19.4) ** 35) ** (1 / 35)
    ist += 29 - 13 * (1 + ((stmro - 3) / 33) ** 13) ** (1 / 13)
    q = 37 - 15 * math.log10(p["qdu"])
    g = 1.07 + 0.258 * q + 0.0602 * q**2
    iq = 15 * math.log10(1 + 10 ** ((ro - 100) / 15 + 46 / 8.4 - g / 9) + 10 ** (46 / 30 - g / 40))
    terv = p["telr"] + 6 * math.exp(-0.3 * p["t"] ** 2)
    terv -= 40 * math.log10((1 + p["t"] / 10) / (1 + p["t"] / 150))
    if p["stmr"] < 9:
        terv += ist / 2
    idte = 0.0
    if p["t"] >= 1:
        gap = -1.5 * (no - p["rlr"]) - (80 + 2.5 * (terv - 14))
        idte = (gap / 2 + math.sqrt(gap**2 / 4 + 100) - 1) * (1 - math.exp(-p["t"]))
    if p["stmr"] > 20:
        idte = math.sqrt(idte**2 + ist**2)
    gap = ro - 10.5 * (p["wepl"] + 7) * (p["tr"] + 1) ** -0.25
    idle = gap / 2 + math.sqrt(gap**2 / 4 + 169)
    idd = 0.0
    if p["ta"] > p["mt"]:
        x, s = math.log(p["ta"] / p["mt"]) / math.log(2), 6 * p["st"]
        idd = 25 * ((1 + x**s) ** (1 / s) - 3 * (1 + (x / 3) ** s) ** (1 / s) + 2)
    ie_eff = p["ie"] + (95 - p["ie"]) * p["ppl"] / (p["ppl"] / p["burst_r"] + p["bpl"])
    r = ro - (iolr + ist + iq) - (idte + idle + idd) - ie_eff + p["a"]
    return {"i_s": iolr + ist + iq, "i_d": idte + idle + idd, "idte": idte, "idd": idd, "r": r}


# Wider than the recommendation's own ranges, so that every branch is met.
LINES = st.fixed_dictionaries(
    {
        "slr": st.floats(-5, 20), "rlr": st.floats(-10, 20), "stmr": st.floats(3, 40),
        "lstr": st.floats(5, 30), "dr": st.floats(-3, 3), "ds": st.floats(-3, 3),
        "telr": st.floats(5, 70), "wepl": st.floats(5, 115), "t": st.floats(0, 1000),
        "tr": st.floats(0, 2000), "ta": st.floats(0, 2000), "qdu": st.floats(0.5, 20),
        "ie": st.floats(0, 60), "bpl": st.floats(1, 50), "ppl": st.floats(0, 100),
        "burst_r": st.floats(0.5, 8), "nc": st.floats(-90, -40), "nfor": st.floats(-70, -50),
        "ps": st.floats(20, 85), "pr": st.floats(20, 85), "a": st.floats(0, 20),
        "st": st.floats(0.4, 1), "mt": st.floats(20, 150),
    }
)  # fmt: skip


def test_all_published_vectors_hold():
    found = vectors()["vectors"]

    assert len(found) == 42
    for vector in found:
        expected = our(vector["out"])
        assert {name: pytest.approx(value, abs=1e-6) for name, value in expected.items()} == {
            name: getattr(rate(Line(**our(vector["in"]))), name) for name in expected
        }


def test_all_published_vectors_hold_as_columns():
    found = list(vectors()["vectors"])
    columns = {
        name: [our(vector["in"]).get(name, DEFAULTS[name]) for vector in found]
        for name in PARAMETERS
    }

    rated = rate_rows(columns)

    for name in our(found[0]["out"]):
        expected = [our(vector["out"])[name] for vector in found]
        assert list(getattr(rated, name)) == pytest.approx(expected, abs=1e-6)


def test_the_defaults_are_those_of_the_vectors():
    assert our(vectors()["defaults"]) == DEFAULTS


def test_defaults_give_the_worked_values():
    rating = rate(Line())

    assert {
        name: round(getattr(rating, name), 5)
        for name in ("pre", "nor", "nos", "no", "ro", "xolr", "iolr", "stmro", "ist", "iq")
    } == {
        "pre": 35.63892, "nor": -83.35781, "nos": -75.744, "no": -61.17921, "ro": 94.76882,
        "xolr": 10.16416, "iolr": 0.44018, "stmro": 14.99996, "ist": -0.00072, "iq": 0.97411,
    }  # fmt: skip
    assert [
        round(value, 5) for value in (rating.i_s, rating.idle, rating.i_d, rating.r, rating.mos)
    ] == [1.41357, 0.14905, 0.14905, 93.20621, 4.40941]
    assert round(rating.gob_percent, 3) == 98.102
    assert (rating.idte, rating.idd, rating.ie_eff) == (0, 0, 0)


@pytest.mark.parametrize(
    "said",
    [
        {"stmr": 8.9, "t": 50, "ta": 50, "tr": 100},
        {"stmr": 9, "t": 50, "ta": 50, "tr": 100},
        {"stmr": 20, "t": 50, "ta": 50, "tr": 100},
        {"stmr": 20.1, "t": 50, "ta": 50, "tr": 100},
        {"stmr": 25, "t": 0.5},
        {"stmr": 5, "t": 0.5},
        {"t": 0.999, "telr": 20},
        {"t": 1, "telr": 20},
        {"ta": 100},
        {"ta": 100.1},
        {"ta": 200, "st": 0.4, "mt": 120},
        {"ta": 2000},
        {"qdu": 14},
        {"ie": 40, "bpl": 40, "ppl": 100, "burst_r": 0.5},
    ],
)
def test_each_side_of_every_branch(said):
    expected = by_hand(DEFAULTS | said)

    single, column = rate(Line(**said)), row(rate_rows(said), 0)

    assert {name: getattr(single, name) for name in expected} == pytest.approx(expected, abs=1e-9)
    assert column == pytest.approx(terms(single), abs=1e-9)


def test_talker_echo_under_a_millisecond_costs_nothing_but_loud_sidetone_does():
    assert rate(Line(t=0.999, telr=20)).idte == 0
    assert rate(Line(t=1, telr=20)).idte > 3
    quiet = rate(Line(t=0.5, stmr=25))
    assert quiet.idte == abs(quiet.ist)


def test_delay_costs_nothing_up_to_the_delay_one_feels():
    assert [rate(Line(ta=ta)).idd for ta in (0, 50, 100)] == [0, 0, 0]
    assert rate(Line(ta=100, mt=50)).idd > 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"ppl": 100.5}, "ppl 100.5 is outside 0 to 100."),
        ({"ppl": -1}, "ppl -1 is outside 0 to 100."),
        ({"bpl": 0}, "bpl 0 must be above 0."),
        ({"burst_r": -2}, "burst_r -2 must be above 0."),
        ({"qdu": 0}, "qdu 0 must be above 0."),
        ({"st": 0}, "st 0 must be above 0."),
        ({"mt": 0}, "mt 0 must be above 0."),
        ({"t": -1}, "t -1 must not be below 0."),
        ({"ta": -0.5}, "ta -0.5 must not be below 0."),
        ({"tr": -3}, "tr -3 must not be below 0."),
        ({"slr": math.nan}, "slr nan is not a finite number."),
        ({"nc": -math.inf}, "nc -inf is not a finite number."),
        ({"ta": math.inf}, "ta inf is not a finite number."),
    ],
)
def test_a_value_out_of_bounds_is_refused_in_both_forms(said, sentence):
    (name,) = said

    with pytest.raises(CannotRate) as single:
        Line(**said)
    with pytest.raises(CannotRate) as several:
        rate_rows({name: [DEFAULTS[name], said[name]]})
    with pytest.raises(CannotRate) as one_for_all:
        rate_rows(said)

    assert (str(single.value), single.value.name, single.value.row) == (sentence, name, 0)
    assert (str(several.value), several.value.name) == (f"Row 2: {sentence}", name)
    assert several.value.row == 2
    assert str(one_for_all.value) == sentence


@pytest.mark.parametrize(
    "said",
    [
        {"stmr": -25},  # a root of a negative number, which would be complex
        {"stmr": 1e5, "t": 1e5},  # the logarithm of nothing
        {"nc": 1e6},
        {"ps": 1e200},
        {"slr": sys.float_info.max, "rlr": sys.float_info.max},
        {"ta": 2000, "st": 1000},
    ],
)
def test_what_has_no_value_is_refused_and_never_complex(said):
    sentence = (
        "The E-model has no value for these parameters together. Look for one far out of range."
    )

    with pytest.raises(CannotRate) as single:
        rate(Line(**said))
    with pytest.raises(CannotRate) as several:
        rate_rows({name: [DEFAULTS[name], DEFAULTS[name], value] for name, value in said.items()})

    assert (str(single.value), single.value.name) == (sentence, "")
    assert (str(several.value), several.value.row) == (f"Row 3: {sentence}", 3)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"delay": [1]}, "The E-model has no parameter delay."),
        ({"ta": ["soon"]}, "ta holds what is not a number."),
        ({"ta": [[1, 2]]}, "ta is a table; give one column."),
        ({"ta": [1, 2], "t": [1]}, "Columns have different lengths: [1, 2]."),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns, sentence):
    with pytest.raises(CannotRate) as refusal:
        rate_rows(columns)

    assert str(refusal.value) == sentence


def test_no_columns_give_one_row_of_defaults_and_empty_ones_none():
    assert row(rate_rows({}), 0) == pytest.approx(terms(rate(Line())), abs=1e-12)
    assert rate_rows({"ta": []}).r.shape == (0,)


def test_one_value_goes_with_a_column():
    rated = rate_rows({"ta": [0, 300], "ie": 5})

    assert list(rated.r) == pytest.approx(
        [rate(Line(ie=5)).r, rate(Line(ie=5, ta=300)).r], abs=1e-12
    )


def test_rows_agree_with_lines_over_many():
    rng = np.random.default_rng(7)
    columns = {"ta": rng.uniform(0, 900, 200), "ppl": rng.uniform(0, 20, 200)}

    rated = rate_rows(columns)

    for at in range(200):
        single = rate(Line(ta=columns["ta"][at], ppl=columns["ppl"][at]))
        assert row(rated, at) == pytest.approx(terms(single), abs=1e-9)


@EVERY_TIME_ALIKE
@given(LINES)
def test_both_forms_follow_the_formulas_anywhere(said):
    expected = by_hand(said)

    single, column = rate(Line(**said)), rate_rows(said)

    assert all(type(value) is float and math.isfinite(value) for value in terms(single).values())
    assert {name: getattr(single, name) for name in expected} == pytest.approx(expected, abs=1e-8)
    assert row(column, 0) == pytest.approx(terms(single), abs=1e-8)


@EVERY_TIME_ALIKE
@given(st.dictionaries(st.sampled_from(PARAMETERS), st.floats()))
def test_any_numbers_give_finite_figures_or_a_refusal(said):
    try:
        rating = rate(Line(**said))
    except CannotRate:
        return

    assert all(type(value) is float and math.isfinite(value) for value in terms(rating).values())


@EVERY_TIME_ALIKE
@given(LINES, st.floats(0, 500))
def test_r_never_rises_with_delay(said, more):
    assert rate(Line(**said | {"ta": said["ta"] + more})).r <= rate(Line(**said)).r + 1e-9


@EVERY_TIME_ALIKE
@given(LINES, st.floats(0, 1))
def test_r_never_rises_with_loss(said, part):
    more = said["ppl"] + part * (100 - said["ppl"])

    assert rate(Line(**said | {"ppl": more})).r <= rate(Line(**said)).r + 1e-9


@EVERY_TIME_ALIKE
@given(LINES, st.floats(0, 35))
def test_r_never_rises_with_the_codecs_impairment_where_loss_leaves_something(said, more):
    # Where bursts make the loss term exceed 1, the formula itself turns round: Ie,eff is over 95.
    if said["ppl"] > said["ppl"] / said["burst_r"] + said["bpl"]:
        said["burst_r"] = 1

    assert rate(Line(**said | {"ie": said["ie"] + more})).r <= rate(Line(**said)).r + 1e-9
