"""What the sample has besides offices and deliveries: events, help, releases.

A function here is given the sample's people by name and the moment; it enters what its topic has
to show, each in a job of its own once the deliveries are entered, and stands in `LATER`.
"""

from collections.abc import Callable
from datetime import datetime

from serai.base.access import Viewer
from serai.setup.demo.events import Events
from serai.setup.demo.helping import Help
from serai.setup.demo.releasing import Releases

People = dict[str, Viewer]


def events(people: People, now: datetime) -> None:
    """Enter meetings planned as events."""
    Events(people, now).run()


def helping(people: People, now: datetime) -> None:
    """Enter the help desk; after the events, which requests name."""
    Help(people, now).run()


def releasing(people: People, now: datetime) -> None:
    """Enter what was let out, and who read it."""
    Releases(people, now).run()


LATER: tuple[Callable[[People, datetime], None], ...] = (events, helping, releasing)
