"""Work with bounds of time and memory."""

import time

import pytest

from serai.base import bounded as bounds
from serai.base.bounded import OutOfBounds, bounded


def for_ever(_given: object) -> None:
    while True:
        pass


def test_work_gives_its_result():
    assert bounded(sorted, [3, 1, 2]) == [1, 2, 3]


def test_work_that_never_ends_is_ended():
    began = time.monotonic()

    with pytest.raises(OutOfBounds):
        bounded(for_ever, None, seconds=0.2)

    assert time.monotonic() - began < 5


def test_work_that_wants_too_much_memory_is_ended(monkeypatch, capfd):
    monkeypatch.setattr(bounds, "MEMORY_BYTES", 100_000_000)

    with pytest.raises(OutOfBounds):
        bounded(bytes, 200_000_000)

    assert "MemoryError" in capfd.readouterr().err
