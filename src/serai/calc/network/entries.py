"""Figures of other tools typed in by hand: what is likely a slip is asked, not swallowed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from serai.calc.network.runs import HIGHEST_MBPS


@dataclass(frozen=True, slots=True)
class Entry:
    """One test of another tool.

    Attributes:
        row: its row, as people count.
        down_mbps, up_mbps: Mbit/s.
        rtt_ms, jitter_ms: ms; None where not known.
        loss_percent: 0 to 100; None where not known.
    """

    row: int
    down_mbps: float
    up_mbps: float
    rtt_ms: float | None = None
    jitter_ms: float | None = None
    loss_percent: float | None = None


def entry_faults(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Say what is wrong with typed figures.

    Args:
        entries: in the order of the sheet.
    Returns:
        One sentence for every doubtful figure; empty where all may stand. A rate above 10 Gbit/s
        is taken for kbit/s.
    Source: docs/methods/line-sizing.md, "Typed figures".
    """
    return tuple(f"Row {entry.row}: {said}" for entry in entries for said in _said(entry))


def _said(entry: Entry) -> list[str]:
    rates = (entry.down_mbps, entry.up_mbps)
    said = [
        f"{rate} is not a rate in Mbit/s." for rate in rates if not math.isfinite(rate) or rate < 0
    ]
    if any(math.isfinite(rate) and rate > HIGHEST_MBPS for rate in rates):
        said.append("did you mean kbit/s?")
    said += [
        f"{value} is not a time in ms."
        for value in (entry.rtt_ms, entry.jitter_ms)
        if value is not None and (not math.isfinite(value) or value < 0)
    ]
    if entry.loss_percent is not None and not 0 <= entry.loss_percent <= 100:
        said.append(f"a loss of {entry.loss_percent} % is outside 0 to 100.")
    return said
