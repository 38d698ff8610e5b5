"""Writers take turns, in the order in which they came, also between processes."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db.utils import OperationalError

from serai.base.sqlite.turns import Turns, turns_of

pytestmark = pytest.mark.either_engine

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

FORKS = """
import os, sys, time
from pathlib import Path
from serai.base.sqlite.turns import turns_of
turns_of(Path(sys.argv[1])).take(10)
print("taken", flush=True)
child = os.fork()
if not child:
    time.sleep(60)
    os._exit(0)
print(child, flush=True)
time.sleep(60)
"""


def whoever_takes(code, path):
    """Start another process; return it once it has the turn."""
    other = subprocess.Popen(
        [sys.executable, "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "taken\n"
    return other


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
    other = whoever_takes(HOLDS, path)
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
    other = whoever_takes(HOLDS, path)
    other.kill()
    other.communicate()

    turns = Turns(path)
    turns.take(5)

    turns.give_back()


def test_a_killed_parent_s_turn_is_not_kept_by_its_children(tmp_path):
    path = tmp_path / "a.sqlite3"
    other = whoever_takes(FORKS, path)
    child = int(other.stdout.readline())
    other.kill()
    other.wait()

    turns = Turns(path)
    turns.take(5)

    turns.give_back()
    os.kill(child, signal.SIGKILL)
    other.stdout.close()
    other.stdin.close()


@pytest.mark.parametrize("trouble", [errno.ENOSPC, errno.EACCES, errno.ENOLCK, errno.EMFILE])
def test_where_the_file_cannot_be_had_writing_goes_on(tmp_path, monkeypatch, caplog, trouble):
    turns = Turns(tmp_path / "a.sqlite3")

    def refuse(*_args):
        raise OSError(trouble, "no such luck")

    monkeypatch.setattr("serai.base.sqlite.turns.fcntl.flock", refuse)
    for _ in range(2):
        turns.take(1)
        with pytest.raises(OperationalError):
            turns.take(0.01)
        turns.give_back()

    assert caplog.messages == ["no turns between processes: no such luck"]


def test_the_file_is_as_open_as_the_database(tmp_path):
    path = tmp_path / "a.sqlite3"
    path.touch()
    path.chmod(0o664)
    turns = Turns(path)

    turns.take(1)
    turns.give_back()

    assert (tmp_path / "a.sqlite3-turn").stat().st_mode & 0o777 == 0o664


def test_who_leaves_the_line_in_alarm_leaves_nothing_behind(tmp_path, monkeypatch):
    turns = Turns(tmp_path / "a.sqlite3")
    turns.take(1)

    class Alarmed:
        def __init__(self):
            self.lock, self.count = threading.Lock(), 0

        def acquire(self, **_wait):
            self.count += 1
            if self.count == 2:
                raise KeyboardInterrupt
            return self.lock.acquire()

        def release(self):
            self.lock.release()

    with monkeypatch.context() as patched:
        patched.setattr("serai.base.sqlite.turns.Lock", Alarmed)
        with pytest.raises(KeyboardInterrupt):
            turns.take(1)
    turns.give_back()
    turns.take(0.01)

    turns.give_back()


def test_one_line_before_each_file(tmp_path):
    assert turns_of(tmp_path / "a") is turns_of(tmp_path / "a")
    assert turns_of(tmp_path / "a") is not turns_of(tmp_path / "b")
