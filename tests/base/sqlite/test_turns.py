"""Writers take turns, in the order in which they came, also between processes."""

import subprocess
import sys
import threading
import time

import pytest
from django.db.utils import OperationalError

from serai.base.sqlite.turns import Turns, turns_of

HOLDS = """
import sys, time
from pathlib import Path
from serai.base.sqlite.turns import Turns
turns = Turns(Path(sys.argv[1]))
turns.take(10)
print("taken", flush=True)
sys.stdin.readline()
turns.give_back()
print("given back", flush=True)
sys.stdin.readline()
"""


def wait_until(is_so) -> None:
    until = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.001)


def test_one_after_another_in_the_order_of_coming(tmp_path):
    turns, order, threads = Turns(tmp_path / "a.sqlite3"), [], []
    turns.take(10)

    def write(number):
        turns.take(10)
        order.append(number)
        turns.give_back()

    for number in range(12):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
        wait_until(lambda count=number + 1: len(turns._line) == count)
    assert order == []
    turns.give_back()
    for thread in threads:
        thread.join()

    assert order == list(range(12))


def test_never_two_at_once(tmp_path):
    turns, inside, most = Turns(tmp_path / "a.sqlite3"), [], []

    def write():
        for _ in range(25):
            turns.take(10)
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.0001)
            inside.pop()
            turns.give_back()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(most), max(most)) == (200, 1)


def test_whoever_waits_too_long_is_told_and_keeps_nobody_up(tmp_path):
    turns = Turns(tmp_path / "a.sqlite3")
    turns.take(1)

    with pytest.raises(OperationalError, match="database is locked"):
        turns.take(0.02)
    turns.give_back()
    turns.take(0.02)

    turns.give_back()


def test_another_process_waits_for_the_file(tmp_path):
    path = tmp_path / "a.sqlite3"
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout.readline() == "taken\n"
    turns = Turns(path)

    with pytest.raises(OperationalError, match="database is locked"):
        turns.take(0.05)
    other.stdin.write("\n")
    other.stdin.flush()
    assert other.stdout.readline() == "given back\n"
    turns.take(0.05)

    turns.give_back()
    other.communicate("\n")


def test_a_process_that_is_killed_leaves_its_turn(tmp_path):
    path = tmp_path / "a.sqlite3"
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout.readline() == "taken\n"
    other.kill()
    other.communicate()

    turns = Turns(path)
    turns.take(5)

    turns.give_back()


def test_one_line_before_each_file(tmp_path):
    assert turns_of(tmp_path / "a") is turns_of(tmp_path / "a")
    assert turns_of(tmp_path / "a") is not turns_of(tmp_path / "b")
