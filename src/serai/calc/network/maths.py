"""One set of formulas for single numbers and for columns: what differs stands here.

The `math` functions are quick for one row, NumPy's for many; a formula takes either set.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
N = TypeVar("N", float, Array)

_ROOT_2 = math.sqrt(2)


@dataclass(frozen=True, slots=True)
class Maths(Generic[N]):
    """The functions a formula may use; none of them gives a complex number.

    Attributes:
        log10, log2, exp, root: as named; `root` is the square root.
        power: base and exponent, both of the same kind.
        larger: the larger of two.
        below: value, limit, then, otherwise: `then` where value < limit.
        normal: the normal distribution's share below a value.
    """

    log10: Callable[[N], N]
    log2: Callable[[N], N]
    exp: Callable[[N], N]
    root: Callable[[N], N]
    power: Callable[[N | float, N | float], N]
    larger: Callable[[N, N], N]
    below: Callable[[N, N | float, N, N | float], N]
    normal: Callable[[N], N]


def _below(value: float, limit: float, then: float, otherwise: float) -> float:
    return then if value < limit else otherwise


def _normal(value: float) -> float:
    return 0.5 * math.erfc(-value / _ROOT_2)


def _rows_below(value: Array, limit: Array | float, then: Array, otherwise: Array | float) -> Array:
    return np.where(value < limit, then, otherwise)


def _rows_normal(values: Array) -> Array:
    from scipy.special import ndtr  # noqa: PLC0415  takes longer to load than NumPy itself

    found: Array = ndtr(values)
    return found


SINGLE: Maths[float] = Maths(
    log10=math.log10,
    log2=math.log2,
    exp=math.exp,
    root=math.sqrt,
    power=math.pow,
    larger=max,
    below=_below,
    normal=_normal,
)
ROWS: Maths[Array] = Maths(
    log10=np.log10,
    log2=np.log2,
    exp=np.exp,
    root=np.sqrt,
    power=np.power,
    larger=np.maximum,
    below=_rows_below,
    normal=_rows_normal,
)
