"""The rows of a page of questions, as templates read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serai.base.days import plain_day
from serai.base.forms.fields import read_number
from serai.base.numbers import in_notation
from serai.calc.xforms import Issue, IssueKind
from serai.surveys.models import AnswerRequest


@dataclass(frozen=True)
class ChoiceRow:
    """One choice of a question, and whether it stands."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Proposal:
    """A text that waits beside an answer."""

    public_id: str
    value: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Theirs:
    """What another wrote meanwhile."""

    words: str
    who: str
    at: datetime | None


@dataclass
class QuestionRow:
    """One question as it stands.

    Attributes:
        ref: names its answer on the page: the path, and "@" with the entry's key inside a repeat.
        widget: text, long, number, date, moment, time, place, one, many, rank, file, tick,
            note (no answer), result (calculated).
        base: number of the answer that stands, 0 for none.
        broken: what the form says where the constraint does not hold.
        why, theirs: why what was typed is not saved, and what stands instead.
        requests: what the secretariat asks about it.
    """

    ref: str
    path: str
    entry: str
    widget: str
    label: str
    hint: str
    value: str
    type: str
    base: int = 0
    reason: str = ""
    is_relevant: bool = True
    is_required: bool = False
    is_locked: bool = False
    is_narrow: bool = False
    broken: str = ""
    choices: list[ChoiceRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    requests: list[AnswerRequest] = field(default_factory=list)
    remarks: int = 0
    appearances: tuple[str, ...] = ()
    why: str = ""
    theirs: "Theirs | None" = None
    kind: str = "question"

    @property
    def anchor(self) -> str:
        """Return the id of the question's block."""
        return self.ref

    @property
    def place(self) -> str:
        """Return the question's name as addresses carry it."""
        return self.ref.removeprefix("/")

    @property
    def takes_answer(self) -> bool:
        """Tell whether a person answers it."""
        return self.widget not in {"result", "note"} and not self.is_locked

    @property
    def is_wrong(self) -> bool:
        """Tell whether what stands breaks a rule; that it is missing is no fault yet."""
        return any(issue.kind is not IssueKind.REQUIRED for issue in self.issues)

    @property
    def words(self) -> str:
        """Return the answer as a reader knows it: of choices, their labels."""
        chosen = [one.label for one in self.choices if one.is_chosen]
        if self.choices and chosen:
            return ", ".join(chosen)
        # The script writes a result anew as it is stored: a day must not change its form then.
        write = number_words if self.widget == "result" else told_words
        return write(self.value, self.type)

    @property
    def typed(self) -> str:
        """Return the answer as its field shows it: a number with the reader's decimal sign."""
        words = number_words(self.value, self.type)
        try:
            return words if words == self.value or read_number(words) else self.value
        except ValidationError:  # 1,234 could mean two numbers: it keeps its point
            return self.value

    @property
    def fits(self) -> str:
        """Return what a number looks like while it is typed; "" where any text will do."""
        return NUMBERS[self.type] if self.widget == "number" and self.type in NUMBERS else ""

    @property
    def unfit(self) -> str:
        """Return what is said of a text that is no number."""
        return str(NOT_NUMBERS[self.type])

    @property
    def ranked(self) -> list[str]:
        """Return the choice at each place of a ranking."""
        given = self.value.split()
        return given + [""] * (len(self.choices) - len(given))

    @property
    def sentences(self) -> list[str]:
        """Return what is wrong with the answer, in words."""
        if self.why:
            return [self.why]
        return [
            wrong_words(issue, self.value, self.type)
            for issue in self.issues
            if issue.kind is not IssueKind.REQUIRED
        ]

    def retype(self, value: str) -> None:
        """Show what was typed in place of what stands."""
        self.value = value
        chosen = value.split() if self.widget in {"many", "rank"} else [value]
        self.choices = [replace(one, is_chosen=one.value in chosen) for one in self.choices]

    @property
    def chosen_count(self) -> range:
        """Return the places of a ranking, from 1."""
        return range(1, len(self.choices) + 1)


@dataclass
class GroupRow:
    """A group of questions under a heading."""

    ref: str
    label: str
    rows: "list[Row]"
    is_relevant: bool = True
    kind: str = "group"


@dataclass
class EntryRow:
    """One entry of a repeat on the page."""

    key: str
    number: int
    rows: "list[Row]"


@dataclass
class RepeatRow:
    """A repeat on the page: its entries one after another."""

    ref: str
    path: str
    label: str
    entries: list[EntryRow]
    parent: str = ""
    may_change: bool = False
    is_relevant: bool = True
    kind: str = "repeat"


Row = QuestionRow | GroupRow | RepeatRow


def questions_of(rows: Iterable[Row]) -> Iterator[QuestionRow]:
    """Yield the questions of some rows, those inside groups and entries too."""
    for row in rows:
        if isinstance(row, QuestionRow):
            yield row
        elif isinstance(row, GroupRow):
            yield from questions_of(row.rows)
        else:
            for entry in row.entries:
                yield from questions_of(entry.rows)


def number_words(value: str, sort: str) -> str:
    """Write a number with the reader's decimal sign; any other answer as it is."""
    return in_notation(value) if sort in NUMBERS else value


def told_words(value: str, sort: str) -> str:
    """Write an answer as it is read: a number or a day in the reader's notation, else as it is."""
    if sort not in DAYS or not value:
        return number_words(value, sort)
    try:
        at = datetime.fromisoformat(value)
    except ValueError:  # what is no day stands with its issue, as it was typed
        return value
    if sort == "date":
        return plain_day(at.date())
    clock = at.isoformat(timespec="minutes").partition("T")[2]
    zone = f" UTC{clock[len(CLOCK) :]}" if at.tzinfo else ""
    return f"{plain_day(at.date())}, {clock[: len(CLOCK)]}{zone}"


def wrong_words(issue: Issue, value: str, sort: str) -> str:
    """Say what is wrong with an answer and what to do; the form's own words come first."""
    if issue.message:
        return issue.message
    if issue.kind is IssueKind.TYPE and sort in NUMBERS:
        try:
            read_number(value)
        except ValidationError as error:
            return " ".join(error.messages)
        return str(NOT_NUMBERS[sort])
    return str(WRONG[issue.kind])


DAYS = frozenset({"date", "dateTime"})
CLOCK = "00:00"
NUMBERS = {"int": r"^[-−]?\d+(,\d{3})*$", "decimal": r"^[-−]?[\d,]+(\.\d*)?$"}
NOT_NUMBERS = {
    "int": _("Write a whole number, such as 50."),
    "decimal": _("Write a number in digits, such as 50."),
}
WRONG = {
    IssueKind.REQUIRED: _("This question needs an answer, or a reason why there is none."),
    IssueKind.CONSTRAINT: _("This answer does not fit the rule of the question. Check it."),
    IssueKind.TYPE: _("This is not written as the question expects it. Write it anew."),
    IssueKind.CHOICE: _("This choice is not offered now. Choose again."),
    IssueKind.UNKNOWN: _("The form does not know this answer any more."),
}
