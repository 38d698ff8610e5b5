"""Figures typed in by hand."""

import math

import pytest

from serai.calc.network.entries import Entry, entry_faults


def test_sound_figures_pass():
    assert entry_faults([Entry(2, 20, 5.5, 120, 8, 0.4), Entry(3, 10_000, 0)]) == ()


def test_megabits_that_are_kilobits_are_asked():
    entries = [Entry(2, 20, 5), Entry(3, 100_000, 20_000)]

    assert entry_faults(entries) == ("Row 3: did you mean kbit/s?",)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (Entry(4, -1, 5), "Row 4: -1 is not a rate in Mbit/s."),
        (Entry(4, 1, math.inf), "Row 4: inf is not a rate in Mbit/s."),
        (Entry(4, 1, 5, rtt_ms=-2), "Row 4: -2 is not a time in ms."),
        (Entry(4, 1, 5, jitter_ms=math.nan), "Row 4: nan is not a time in ms."),
        (Entry(4, 1, 5, loss_percent=120), "Row 4: a loss of 120 % is outside 0 to 100."),
        (Entry(4, 1, 5, loss_percent=math.nan), "Row 4: a loss of nan % is outside 0 to 100."),
    ],
)
def test_figures_that_cannot_be_are_named(entry, sentence):
    assert entry_faults([entry]) == (sentence,)


def test_every_fault_is_said():
    assert len(entry_faults([Entry(2, -1, 20_000, -1, -1, -1)])) == 5
