"""Work on what strangers wrote, in a process of its own that may take so long and no longer."""

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

SECONDS = 60.0
MEMORY_BYTES = 1_000_000_000  # above what the house itself takes
SIZE = Path("/proc/self/statm")  # first word: the process in pages; Linux alone has it


class OutOfBounds(Exception):
    """The work took too long or too much memory, and was ended."""


def bounded(work: Callable[[Given], Made], given: Given, *, seconds: float = SECONDS) -> Made:
    """Do pure work in a forked process; it touches neither database nor files.

    Args:
        work: what is done; its result is carried back pickled.
        given: what it is done with.
        seconds: by the clock on the wall, after which the process is killed.
    Raises:
        OutOfBounds: it was killed, or ended without a result for want of memory.
    """
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_do, args=(work, given, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise OutOfBounds
        made: Made = ours.recv()
    except EOFError as error:
        raise OutOfBounds from error
    finally:
        process.kill()
        process.join()
        ours.close()
    return made


def _do(work: Callable[[Given], Made], given: Given, to: Connection) -> None:
    _limit_memory()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    to.send(work(given))


def _limit_memory() -> None:
    if SIZE.exists():
        own = int(SIZE.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (own + MEMORY_BYTES, own + MEMORY_BYTES))
