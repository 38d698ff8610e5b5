"""What higher floors tell this room, plugged in once at start by `config`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from serai.base.access import Viewer
from serai.base.pages import Todo
from serai.members.queries.things import AudienceThing


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its code and its name in the reader's language."""

    code: str
    name: str


@dataclass
class Plugs:
    """Data that travels up: initiatives for scopes, things for "What others see of my country"."""

    initiatives: Callable[[Viewer], list[Choice]] = field(default=lambda _viewer: [])
    audience_things: list[Callable[[Viewer, str], list[AudienceThing]]] = field(
        default_factory=list
    )
    todos: list[Callable[[Viewer, datetime], list[Todo]]] = field(default_factory=list)


PLUGS = Plugs()
