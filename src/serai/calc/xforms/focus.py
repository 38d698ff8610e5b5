"""What an expression sees while it is evaluated, and how its functions are declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Protocol

from serai.calc.xforms.tree import Node
from serai.calc.xforms.values import Rules, Value


class CannotEvaluate(ValueError):
    """An expression reached a function, name or instance that does not exist."""


@dataclass(frozen=True, slots=True)
class CalendarNames:
    """Short names of months (January first) and weekdays (Monday first) in one language."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]


ENGLISH_NAMES = CalendarNames(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)


@dataclass(frozen=True, slots=True)
class Env:
    """The outside world of a calculation.

    Attributes:
        now: the instant, with a time zone.
        zone: where dates without an offset are read and written.
        language: tag of the active translation; "" for the form's default.
        random: returns a number from 0 to below 1.
        new_uuid: returns a new UUID's text.
        user: preloaded properties: username, email, phonenumber, deviceid …
        names: calendar names of the language.
    """

    now: datetime
    zone: tzinfo
    language: str
    random: Callable[[], float]
    new_uuid: Callable[[], str]
    user: Mapping[str, str]
    names: CalendarNames = ENGLISH_NAMES


class Host(Protocol):
    """What surrounds the tree: further instances, translations, choices' labels."""

    def instance(self, name: str) -> Node | None: ...

    def rows_by(self, name: str, column: str) -> Mapping[str, Node] | None: ...

    def texts(self, name: str, language: str) -> list[Node]: ...

    def choice_label(self, value: str, path: str, focus: "Focus") -> str: ...


class Focus:
    """The context of XPath 1.0, section 1, with what our functions need besides."""

    __slots__ = ("current", "env", "host", "node", "position", "root", "rules", "scope", "size")

    def __init__(
        self, node: Node, *, root: Node, rules: Rules, env: Env, host: Host, scope: Any = None
    ) -> None:
        self.node = self.current = node
        self.root = root
        self.rules = rules
        self.env = env
        self.host = host
        self.scope = scope
        self.position = self.size = 1

    def inner(self) -> "Focus":
        """Return a focus for the nodes of a step or predicate."""
        inner = Focus.__new__(Focus)
        inner.node, inner.current, inner.root = self.node, self.current, self.root
        inner.rules, inner.env, inner.host = self.rules, self.env, self.host
        inner.scope, inner.position, inner.size = self.scope, 1, 1
        return inner


Code = Callable[[Focus], Any]


@dataclass(frozen=True, slots=True)
class Function:
    """A function as expressions may call it.

    Attributes:
        takes: one letter an argument: n number, s text, b truth, v any value, x node-set;
            "?" after it: may be missing; "*": any number more.
        gives: n, s, b, x or v.
        run: called with the focus and the arguments.
        core: whether XPath 1.0 itself has it.
        volatile: whether it may give another result although nothing changed.
    """

    takes: str
    gives: str
    run: Callable[..., Value]
    core: bool = False
    volatile: bool = False

    def kinds(self, count: int) -> str | None:
        """Return a letter per argument for so many arguments, None where the count is wrong."""
        kinds, least, rest = "", 0, ""
        for place, letter in enumerate(self.takes):
            mark = self.takes[place + 1 : place + 2]
            if letter in "?*":
                continue
            if mark == "*":
                rest = letter
                continue
            kinds += letter
            if mark != "?":
                least = len(kinds)
        if count < least or (count > len(kinds) and not rest):
            return None
        return (kinds + rest * max(0, count - len(kinds)))[:count]
