"""Small frozen things that components show: marks, links, figures, tabs, sorting, long jobs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SYMBOLS = {
    "done": "●", "good": "●", "part": "◐", "info": "◐", "open": "○", "planned": "○",
    "attention": "!", "wrong": "!",
}  # fmt: skip
SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 3, 15


@dataclass(frozen=True)
class Mark:
    """A state mark: symbol and word first, colour third.

    Attributes:
        tone: done | good | part | info | open | planned | attention | wrong.
        word: what the symbol means, translated.
    """

    tone: str
    word: str

    @property
    def symbol(self) -> str:
        """Return the sign drawn before the word."""
        return SYMBOLS[self.tone]

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True)
class Linked:
    """A table cell that leads somewhere."""

    text: str
    address: str
    is_sample: bool = False
    note: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Figure:
    """One number of a figures strip; the value is already in words ("5 of 11")."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Tab:
    """One tab: a page of its own."""

    title: str
    address: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Sort:
    """How a table is sorted.

    Attributes:
        key: the column it is sorted by; empty where it stands in its own order.
        query: what the links keep, without `sort`.
        columns: the keys of the heads that are links.
    """

    key: str
    is_descending: bool = False
    query: str = ""
    columns: Collection[str] = ()

    @property
    def value(self) -> str:
        """Return what the address says."""
        return f"-{self.key}" if self.is_descending else self.key

    def address(self, key: str) -> str:
        """Return the link of one head: again on the same column turns the order round."""
        turned = key == self.key and not self.is_descending
        sort = f"sort={'-' if turned else ''}{key}"
        return f"?{self.query}&{sort}" if self.query else f"?{sort}"


@dataclass(frozen=True)
class JobShown:
    """A long job as its watcher sees it.

    Attributes:
        step: what is being done now, in words.
        unit: what is counted ("members"); empty leaves the count out.
        remaining: a guess, or None.
        asked_count: how often the page asked already; the pause grows from 3 to 15 s.
        address: answers this same part; cancel_address shows a confirm page.
    """

    id: str
    step: str
    is_running: bool
    address: str
    done: int = 0
    total: int = 0
    unit: str = ""
    remaining: timedelta | None = None
    asked_count: int = 0
    cancel_address: str = ""
    result_address: str = ""
    error: str = ""

    @property
    def wait_seconds(self) -> int:
        """Return the pause before the next question: 3, 5, 7 … 15 s."""
        return min(LONGEST_WAIT_SECONDS, SHORTEST_WAIT_SECONDS + 2 * self.asked_count)

    @property
    def next_address(self) -> str:
        """Return the address htmx asks next, with the count of questions."""
        joint = "&" if "?" in self.address else "?"
        return f"{self.address}{joint}asked={self.asked_count + 1}"

    @property
    def words(self) -> str:
        """Return "3 of 11 members, about 2 minutes left"."""
        parts = []
        if self.total:
            parts.append(
                _("{done} of {total} {unit}")
                .format(done=self.done, total=self.total, unit=self.unit)
                .strip()
            )
        if self.remaining is not None:
            minutes = max(1, round(self.remaining.total_seconds() / 60))
            parts.append(
                ngettext("about {n} minute left", "about {n} minutes left", minutes).format(
                    n=minutes
                )
            )
        return ", ".join(parts)

    @property
    def quarter(self) -> int:
        """Return 0, 25, 50, 75 or 100: what a screen reader hears once."""
        return 25 * (4 * self.done // self.total) if self.total else 0

    @property
    def spoken(self) -> str:
        """Return the sentence for the live region; it changes each 25 %."""
        if not self.is_running:
            return self.error or _("Finished")
        return _("{percent} % done").format(percent=self.quarter) if self.quarter else self.step


class Marked(Protocol):
    """A row that may be sample data."""

    @property
    def sample(self) -> bool: ...


MarkedRow = TypeVar("MarkedRow", bound=Marked)


def counted(rows: Sequence[MarkedRow]) -> list[MarkedRow]:
    """Leave sample things out of what is counted, unless there is nothing else.

    A real thing of which only a fact is sample, as in a trial, is marked and still counted: such
    rows say `is_made_up` of the thing itself.
    """
    return [row for row in rows if not getattr(row, "is_made_up", row.sample)] or list(rows)


def leaves_out(rows: Sequence[Marked]) -> bool:
    """Tell whether `counted` leaves any of the rows out: the page then says so, once."""
    return len(counted(rows)) < len(rows)
