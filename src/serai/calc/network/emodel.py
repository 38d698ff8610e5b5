"""The E-model, narrowband: how a voice connection is rated from its parameters.

Names of parameters are those of the recommendation, in lower case. Levels are in dB, dBm0p or
dB(A), times in ms, losses in percent.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Generic, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from serai.calc.network.maths import ROWS, SINGLE, Array, Maths, N
from serai.calc.network.scale import good_or_better, opinion, poor_or_worse


class CannotRate(ValueError):
    """A line that the E-model cannot rate; the message is a sentence.

    Attributes:
        name: the parameter at fault; "" where several together are.
        row: its number from 1 where a column was given, else 0.
    """

    def __init__(self, said: str, *, name: str = "", row: int = 0) -> None:
        super().__init__(f"Row {row}: {said}" if row else said)
        self.name = name
        self.row = row


class _Bound(NamedTuple):
    """What a parameter must keep; outside it the formulas have no value or no meaning."""

    least: float
    most: float
    is_open: bool
    said: str

    def holds(self, value: float) -> bool:
        """Tell whether a value keeps it."""
        return self.least <= value <= self.most and not (self.is_open and value == self.least)


_FREE = _Bound(-math.inf, math.inf, False, "")
_POSITIVE = _Bound(0, math.inf, True, "must be above 0")
_TIME = _Bound(0, math.inf, False, "must not be below 0")
_BOUNDS = {
    "bpl": _POSITIVE,
    "burst_r": _POSITIVE,
    "qdu": _POSITIVE,
    "st": _POSITIVE,
    "mt": _POSITIVE,
    "t": _TIME,
    "ta": _TIME,
    "tr": _TIME,
    "ppl": _Bound(0, 100, False, "is outside 0 to 100"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One connection; what is not said has the recommendation's default.

    Attributes:
        slr, rlr: loudness of sending and receiving, dB.
        stmr, lstr: how much speakers hear of themselves and of their room, dB.
        dr, ds: the telephones' D-values, dB; `dr` acts through `lstr`, which is given by itself.
        telr, wepl: loudness of the talker's echo and loss of the listener's echo path, dB.
        t, tr, ta: mean one-way delay of the echo path, round trip, absolute one-way delay, ms.
        qdu: quantisation distortion units, above 0.
        ie, bpl: the codec's impairment and its robustness to loss, `bpl` above 0.
        ppl, burst_r: packets lost, 0 to 100 percent; how much they are lost in bursts, above 0.
        nc, nfor: noise of the circuit, dBm0p, and floor at the receiver, dBmp.
        ps, pr: noise of the rooms where one sends and receives, dB(A).
        a: advantage, what users forgive.
        st, mt: sensitivity to delay, and the delay from which it is felt, ms; both above 0.

    Raises:
        CannotRate: if a value is not a finite number or outside its bounds.
    Source: ITU-T G.107 (06/2015), table 2 for the defaults.
    """

    slr: float = 8
    rlr: float = 2
    stmr: float = 15
    lstr: float = 18
    dr: float = 3
    ds: float = 3
    telr: float = 65
    wepl: float = 110
    t: float = 0
    tr: float = 0
    ta: float = 0
    qdu: float = 1
    ie: float = 0
    bpl: float = 4.3
    ppl: float = 0
    burst_r: float = 1
    nc: float = -70
    nfor: float = -64
    ps: float = 35
    pr: float = 35
    a: float = 0
    st: float = 1
    mt: float = 100

    def __post_init__(self) -> None:
        # The quick questions are asked of every line; which value is at fault, of a bad one.
        if not _are_finite(_values(self)) or not _are_within(self):
            raise _faults(self)[0]


def _faults(line: Line) -> list[CannotRate]:
    values = dict(zip(PARAMETERS, _values(line), strict=True))
    endless = [
        CannotRate(f"{name} {value} is not a finite number.", name=name)
        for name, value in values.items()
        if not math.isfinite(value)
    ]
    return endless + [
        CannotRate(f"{name} {values[name]:g} {bound.said}.", name=name)
        for name, bound in _BOUNDS.items()
        if not bound.holds(values[name])
    ]


def _are_finite(values: Sequence[float]) -> bool:
    """Ask a sum, which is finite only where all are; where it overflows, ask each."""
    return math.isfinite(sum(values)) or all(map(math.isfinite, values))


def _are_within(line: Line) -> bool:
    return min(_positives(line)) > 0 and min(_times(line)) >= 0 and _BOUNDS["ppl"].holds(line.ppl)


PARAMETERS = tuple(one.name for one in fields(Line))
_values = attrgetter(*PARAMETERS)
_positives = attrgetter(*(name for name, bound in _BOUNDS.items() if bound is _POSITIVE))
_times = attrgetter(*(name for name, bound in _BOUNDS.items() if bound is _TIME))
DEFAULTS: dict[str, float] = dict(zip(PARAMETERS, map(float, _values(Line())), strict=True))


@dataclass(frozen=True, slots=True)
class Rating(Generic[N]):
    """The rating and every figure on the way, of one line or of a column of lines.

    Attributes:
        pre, nos, nor, no: noises referred to the 0 dBr point, and their sum, dBm0p.
        ro: what speech and noise leave, at best.
        xolr, iolr: loudness, and what too loud or too quiet costs.
        stmro, ist: sidetone, and what it costs.
        iq: what quantisation costs.
        i_s: all that comes together with the voice: iolr + ist + iq.
        idte, idle, idd: what talker echo, listener echo and delay itself cost.
        i_d: their sum.
        ie_eff: what the codec and lost packets cost.
        r: transmission rating, neither rounded nor clipped.
        mos: mean opinion score.
        gob_percent, pow_percent: users who would call it good or better, poor or worse.
    """

    pre: N
    nos: N
    nor: N
    no: N
    ro: N
    xolr: N
    iolr: N
    stmro: N
    ist: N
    iq: N
    i_s: N
    idte: N
    idle: N
    idd: N
    i_d: N
    ie_eff: N
    r: N
    mos: N
    gob_percent: N
    pow_percent: N


def rate(line: Line) -> Rating[float]:
    """Rate one line.

    Args:
        line: its parameters.
    Returns:
        R with all terms; every one a finite number.
    Raises:
        CannotRate: if the formulas have no value for these parameters together.
    Source: ITU-T G.107 (06/2015), clause 7; docs/methods/voice-quality.md.
    """
    given = dict(zip(PARAMETERS, map(float, _values(line)), strict=True))
    try:
        found = _rate(given, SINGLE)
    except (ValueError, OverflowError, ZeroDivisionError):
        raise CannotRate(_NO_VALUE) from None
    if not _are_finite(_terms(found)):
        raise CannotRate(_NO_VALUE)
    return found


def rate_rows(columns: Mapping[str, ArrayLike]) -> Rating[Array]:
    """Rate many lines at once.

    Args:
        columns: for each parameter that is not at its default one value or n values, under the
            names of `Line`.
    Returns:
        Columns of n values each; of one where every parameter is a single value.
    Raises:
        CannotRate: at the first value that `rate` would refuse, with its row.
    Source: ITU-T G.107 (06/2015), clause 7; docs/methods/voice-quality.md.
    """
    given = {name: np.asarray(value, dtype=np.float64) for name, value in DEFAULTS.items()}
    for name, column in columns.items():
        given[name] = _column(name, column)
    lengths = {len(column) for column in given.values() if column.ndim}
    if len(lengths) > 1:
        raise CannotRate(f"Columns have different lengths: {sorted(lengths)}.")
    with np.errstate(all="ignore"):
        found = _rate(given, ROWS)
    shape = (lengths.pop() if lengths else 1,)
    terms = {name: np.broadcast_to(getattr(found, name), shape) for name in _TERMS}
    sound = np.all([np.isfinite(term) for term in terms.values()], axis=0)
    if not sound.all():
        raise CannotRate(_NO_VALUE, row=int(np.argmin(sound)) + 1)
    return Rating(**terms)


_TERMS = tuple(one.name for one in fields(Rating))
_terms = attrgetter(*_TERMS)
_NO_VALUE = "The E-model has no value for these parameters together. Look for one far out of range."


def _column(name: str, given: ArrayLike) -> Array:
    """Return a column as numbers within the parameter's bounds."""
    if name not in DEFAULTS:
        raise CannotRate(f"The E-model has no parameter {name}.", name=name)
    try:
        column = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise CannotRate(f"{name} holds what is not a number.", name=name) from None
    if column.ndim > 1:
        raise CannotRate(f"{name} is a table; give one column.", name=name)
    bound = _BOUNDS.get(name, _FREE)
    above = column > bound.least if bound.is_open else column >= bound.least
    for sound, said in (
        (np.isfinite(column), "is not a finite number"),
        (above & (column <= bound.most), bound.said),
    ):
        if not sound.all():
            at = int(np.argmin(sound))
            value = column.flat[at]
            raise CannotRate(
                f"{name} {value:g} {said}.", name=name, row=at + 1 if column.ndim else 0
            )
    return column


# ---------------------------------------------------------------- the formulas
def _rate(given: Mapping[str, N], maths: Maths[N]) -> Rating[N]:
    """Carry the parameters through all of clause 7."""
    slr, rlr, t = given["slr"], given["rlr"], given["t"]
    pre = given["pr"] + 10 * maths.log10(1 + maths.power(10, (10 - given["lstr"]) / 10))
    nos = _sending_noise(given["ps"], slr, rlr, given["ds"])
    nor = rlr - 121 + pre + 0.008 * (pre - 35) * (pre - 35)
    no = _sum_of_levels(given["nc"], nos, nor, given["nfor"] + rlr, maths)
    ro = 15 - 1.5 * (slr + no)
    xolr = slr + rlr + 0.2 * (64 + no - rlr)
    iolr = 20 * (maths.power(1 + maths.power(xolr / 8, 8), 1 / 8) - xolr / 8)
    stmro = _sidetone(given["stmr"], given["telr"], t, maths)
    ist = _sidetone_impairment(stmro, maths)
    iq = _quantisation(given["qdu"], ro, maths)
    i_s = iolr + ist + iq
    idte = _talker_echo(no - rlr, given["telr"], given["stmr"], ist, t, maths)
    idle = _listener_echo(ro, given["wepl"], given["tr"], maths)
    idd = _delay(given["ta"], given["st"], given["mt"], maths)
    i_d = idte + idle + idd
    ie_eff = _equipment(given["ie"], given["bpl"], given["ppl"], given["burst_r"])
    r = ro - i_s - i_d - ie_eff + given["a"]
    return Rating(
        pre, nos, nor, no, ro, xolr, iolr, stmro, ist, iq, i_s, idte, idle, idd, i_d, ie_eff, r,
        opinion(r, maths), good_or_better(r, maths), poor_or_worse(r, maths),
    )  # fmt: skip


def _sending_noise(ps: N, slr: N, rlr: N, ds: N) -> N:
    over = ps - (slr + rlr) - ds - 14
    return ps - slr - ds - 100 + 0.004 * over * over


def _sum_of_levels(nc: N, nos: N, nor: N, nfo: N, maths: Maths[N]) -> N:
    """Add four noises by their powers."""
    powers = (
        maths.power(10, nc / 10)
        + maths.power(10, nos / 10)
        + maths.power(10, nor / 10)
        + maths.power(10, nfo / 10)
    )
    return 10 * maths.log10(powers)


def _sidetone(stmr: N, telr: N, t: N, maths: Maths[N]) -> N:
    """Return STMRo: an echo that comes at once is heard as sidetone."""
    echo = maths.exp(-t / 4) * maths.power(10, -telr / 10)
    return -10 * maths.log10(maths.power(10, -stmr / 10) + echo)


def _sidetone_impairment(stmro: N, maths: Maths[N]) -> N:
    return (
        12 * _bend((stmro - 13) / 6, 8, maths)
        - 28 * _bend((stmro + 1) / 19.4, 35, maths)
        - 13 * _bend((stmro - 3) / 33, 13, maths)
        + 29
    )


def _bend(x: N, order: float, maths: Maths[N]) -> N:
    """Return (1 + x^order)^(1/order), which goes from 1 to x with a bend."""
    return maths.power(1 + maths.power(x, order), 1 / order)


def _quantisation(qdu: N, ro: N, maths: Maths[N]) -> N:
    q = 37 - 15 * maths.log10(qdu)
    g = 1.07 + 0.258 * q + 0.0602 * q * q
    y = (ro - 100) / 15 + 46 / 8.4 - g / 9
    z = 46 / 30 - g / 40
    return 15 * maths.log10(1 + maths.power(10, y) + maths.power(10, z))


def _talker_echo(noise: N, telr: N, stmr: N, ist: N, t: N, maths: Maths[N]) -> N:
    """Return Idte; little sidetone masks less echo, and much sidetone adds what it costs itself."""
    terv = telr - 40 * maths.log10((1 + t / 10) / (1 + t / 150)) + 6 * maths.exp(-0.3 * t * t)
    terv = maths.below(stmr, 9, terv + ist / 2, terv)
    half = (-1.5 * noise - (80 + 2.5 * (terv - 14))) / 2
    felt = (half + maths.root(half * half + 100) - 1) * (1 - maths.exp(-t))
    idte = maths.below(t, 1, 0 * t, felt)
    return maths.below(-stmr, -20, maths.root(idte * idte + ist * ist), idte)


def _listener_echo(ro: N, wepl: N, tr: N, maths: Maths[N]) -> N:
    rle = 10.5 * (wepl + 7) * maths.power(tr + 1, -0.25)
    half = (ro - rle) / 2
    return half + maths.root(half * half + 169)


def _delay(ta: N, st: N, mt: N, maths: Maths[N]) -> N:
    """Return Idd; up to `mt` the ratio is 1, its logarithm 0 and so is Idd."""
    x = maths.log2(maths.larger(ta, mt) / mt)
    s = 6 * st
    near = maths.power(1 + maths.power(x, s), 1 / s)
    far = maths.power(1 + maths.power(x / 3, s), 1 / s)
    return 25 * (near - 3 * far + 2)


def _equipment(ie: N, bpl: N, ppl: N, burst_r: N) -> N:
    return ie + (95 - ie) * ppl / (ppl / burst_r + bpl)
