"""What higher floors tell this room, plugged in once at start by `config`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from serai.base.access import Viewer
from serai.base.pages import Todo
from serai.members.states import Audience

Row = Mapping[str, object]


@dataclass(frozen=True)
class AudienceThing:
    """A thing of a member and who reads it.

    Attributes:
        thing: label and number, such as `programme.response:12`.
        title: what the reader calls it.
        address: where it is shown.
        audience: who reads it now.
        kind: its kind in a word, such as "Answer" or "Paper".
        owner: whose it is, an agency or the country.
        since: from when this audience reads it.
        may_take_back: whether the viewer may narrow the audience on its own page.
    """

    thing: str
    title: str
    address: str
    audience: Audience
    kind: str = ""
    owner: str = ""
    since: datetime | None = None
    may_take_back: bool = False
    is_sample: bool = False


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its code and its name in the reader's language."""

    code: str
    name: str


@dataclass(frozen=True)
class OwnPart:
    """One part of the copy of what is kept about a person.

    Attributes:
        name: what the rows are, as the file calls it; once in the whole house.
        rows: facts by name, as JSON writes them; days and moments as they are.
    """

    name: str
    rows: Sequence[Row]


@dataclass
class Plugs:
    """Data that travels up: initiatives for scopes, things for "What others see of my country"."""

    initiatives: Callable[[Viewer], list[Choice]] = field(default=lambda _viewer: [])
    audience_things: list[Callable[[Viewer, str], list[AudienceThing]]] = field(
        default_factory=list
    )
    todos: list[Callable[[Viewer, datetime], list[Todo]]] = field(default_factory=list)
    # What is kept about a person, by number, for the copy of their data.
    own_parts: list[Callable[[int], list[OwnPart]]] = field(default_factory=list)
    # The page of a proposed release, by the room whose thing it is; else the programme's.
    release_pages: dict[str, str] = field(default_factory=dict)
    # What people, by number, are reminded of on a day, in the language that is on.
    reminders: list[Callable[[date, datetime], dict[int, list[Todo]]]] = field(default_factory=list)


PLUGS = Plugs()
