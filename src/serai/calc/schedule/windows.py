"""What a fuzzy date is: the days it allows, how exact it is, and the words people read."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    THIRD = "third"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SPAN = "span"
    BY = "by"
    ONGOING = "ongoing"


class Fault(StrEnum):
    """Why words are refused; the names are stable, sentences are made by who shows them."""

    EMPTY = "empty"
    NOT_UNDERSTOOD = "not_understood"
    AMBIGUOUS = "ambiguous"
    NO_SUCH_DAY = "no_such_day"
    NO_YEAR = "no_year"
    NO_END = "no_end"
    END_BEFORE_START = "end_before_start"
    WORDS_AND_DATE_DIFFER = "words_and_date_differ"


class NotUnderstood(ValueError):
    """Words that name no window.

    Attributes:
        fault: the stable code of the reason.
        words: what was written, unchanged.
        piece: the part that is wrong: a word, a day that does not exist, the first reading.
        other: the second reading or date where two contradict each other, else empty.
    """

    def __init__(self, fault: Fault, words: str, piece: str = "", other: str = "") -> None:
        self.fault, self.words, self.piece, self.other = fault, words, piece, other
        named = " / ".join(part for part in (piece, other) if part)
        super().__init__(f"{fault}: {words!r}" + (f" ({named})" if named else ""))


@dataclass(frozen=True, slots=True)
class Window:
    """The days within which something ends, and begins if it lasts.

    Attributes:
        end_earliest: first day it may end; None where only an upper bound is known ("by …").
        end_latest: last day it may end.
        precision: how exact the words are.
        words: the words people read, unchanged.
        start_earliest: first day it may begin; None where it does not last.
        start_latest: last day it may begin; None where it does not last.
        is_ongoing: a service that runs from start to end rather than a thing that is reached.
    """

    end_earliest: date | None
    end_latest: date
    precision: Precision
    words: str = ""
    start_earliest: date | None = None
    start_latest: date | None = None
    is_ongoing: bool = False

    def __post_init__(self) -> None:
        """Refuse days out of order.

        Raises:
            ValueError: if an earliest day is after its latest, or the start after the end.
        """
        if self.end_earliest is not None and self.end_earliest > self.end_latest:
            raise ValueError(f"Window ends {self.end_earliest} at the earliest, after its latest.")
        if self.start_earliest is None:
            if self.start_latest is not None:
                raise ValueError("Window has a latest start without an earliest one.")
            return
        if self.start_latest is None or self.start_earliest > self.start_latest:
            raise ValueError(f"Window starts {self.start_earliest}, after its latest start.")
        if self.start_earliest > self.end_latest:
            raise ValueError(f"Window starts {self.start_earliest}, after its latest end.")

    @property
    def first_day(self) -> date:
        """The earliest day the window touches; its last day where only that is known."""
        return self.start_earliest or self.end_earliest or self.end_latest

    @property
    def is_day(self) -> bool:
        """Whether the end is known to the day."""
        return self.end_earliest == self.end_latest

    @property
    def lasts(self) -> bool:
        """Whether it has a beginning of its own."""
        return self.start_earliest is not None

    def said(self, words: str) -> "Window":
        """Return the same days under other words."""
        return replace(self, words=words)


def on_day(day: date, words: str = "") -> Window:
    """Return the window of one known day."""
    return Window(day, day, Precision.DAY, words or day.isoformat())


def by_day(day: date, words: str = "") -> Window:
    """Return the window of which only the last day is known."""
    return Window(None, day, Precision.BY, words or f"by {day.isoformat()}")
