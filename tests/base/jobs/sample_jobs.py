"""Jobs for the tests; each leaves its effect in the audit, where a second one would be seen."""

import os
import time
from datetime import UTC, datetime

from serai.base import audit
from serai.base.jobs import Context, GiveUp, job

AT = datetime(2021, 6, 30, 12, tzinfo=UTC)
SEEN: list[object] = []


def leave(mark: str, verb: str = "effect") -> None:
    audit.record(by=None, verb=verb, thing=mark, at=AT)


@job("tests.effect")
def effect(context: Context, mark: str) -> None:
    with context.commit():
        leave(mark)


@job("tests.slow_effect", max_attempts=1000)
def slow_effect(context: Context, mark: str, seconds: float) -> None:
    """Work outside the commit, then a long commit: a kill may fall into either."""
    time.sleep(seconds)
    with context.commit():
        leave(mark, "first half")
        time.sleep(seconds)
        leave(mark, "second half")


@job("tests.nothing")
def nothing(context: Context) -> None:
    """Do nothing."""


@job("tests.breaks", max_attempts=3)
def breaks(context: Context, mark: str) -> None:
    SEEN.append(context.attempt)
    with context.commit():
        leave(mark)
        raise RuntimeError("the disk of anna@agency.example is full")


@job("tests.breaks_after", max_attempts=3)
def breaks_after(context: Context, mark: str) -> None:
    with context.commit():
        leave(mark)
    raise RuntimeError("after the commit")


@job("tests.gives_up")
def gives_up(context: Context) -> None:
    raise GiveUp("The file is empty. Send it again.")


@job("tests.steps", title="Counting members", tell=True)
def steps(context: Context, mark: str) -> None:
    for number in range(1, 4):
        context.progress("Reading the answers", number, 3, "members")
    with context.commit(result_address="/reports/abc/"):
        leave(mark)


@job("tests.stolen")
def stolen(context: Context, mark: str) -> None:
    """Lose the lease before the commit, as after a long pause of the machine."""
    from serai.base.models import Job

    Job.objects.filter(pk=context.started.pk).update(token="another")
    with context.commit():
        leave(mark)


@job("tests.held_once", max_attempts=1000)
def held_once(context: Context, folder: str, seconds: float) -> None:
    """Show that nobody else runs the same job: the file may not exist."""
    place = os.path.join(folder, context.id)  # noqa: PTH118
    handle = os.open(place, os.O_CREAT | os.O_EXCL)
    time.sleep(seconds)
    os.close(handle)
    os.unlink(place)  # noqa: PTH108
    with context.commit():
        leave(context.id)
