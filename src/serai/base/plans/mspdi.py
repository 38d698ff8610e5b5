"""Names and numbers of Microsoft Project's XML (MSPDI), shared by writer and reader."""

from datetime import date, time
from enum import StrEnum

from serai.calc.schedule import LinkKind, Precision, Window

NAMESPACE = "http://schemas.microsoft.com/project"
MOST_BYTES = 10 * 1024 * 1024

LINK_TYPES = {
    LinkKind.FINISH_FINISH: 0,
    LinkKind.FINISH_START: 1,
    LinkKind.START_FINISH: 2,
    LinkKind.START_START: 3,
}
LINK_KINDS = {number: kind for kind, number in LINK_TYPES.items()}

DAY_BEGINS, NOON_BEGINS, NOON_ENDS, DAY_ENDS = time(8), time(12), time(13), time(17)
MINUTES_PER_WORKING_DAY = 480
WORKING_DAYS_PER_WEEK = 5
MINUTES_PER_DAY = 24 * 60
TENTHS = 10
ELAPSED_DAYS_FORMAT = 8
# Units of a lag counted round the clock: minutes, hours, days, weeks, months, and their "?" forms.
ELAPSED_FORMATS = frozenset({4, 6, 8, 10, 12, 36, 38, 40, 42, 44})
PERCENT_FORMATS = frozenset({19, 20, 51, 52})
DAYS_FORMAT = 7


class Text(StrEnum):
    """Our custom text fields, by the alias people see as the column's heading."""

    NUMBER = "Serai number"
    WORDS = "Serai words"
    DATES = "Serai dates"
    DONE_WORDS = "Serai completed"
    DONE_DATES = "Serai completed dates"
    OWNER = "Serai owner"
    COUNTRY = "Serai country"


# Text1 … Text30 of tasks.
TEXT_FIELD_IDS = (
    188743731, 188743734, 188743737, 188743740, 188743743, 188743746, 188743747, 188743748,
    188743749, 188743750, 188743997, 188743998, 188743999, 188744000, 188744001, 188744002,
    188744003, 188744004, 188744005, 188744006, 188744007, 188744008, 188744009, 188744010,
    188744011, 188744012, 188744013, 188744014, 188744015, 188744016,
)  # fmt: skip
TEXT_NUMBERS = {field: number for number, field in enumerate(Text, 1)}
FIRST_BASELINE_TEXT = 10


def baseline_alias(number: int) -> str:
    """Return the alias of the field that keeps a baseline's window and words."""
    return f"Serai baseline {number}"


def text_fields() -> dict[str, int]:
    """Return every alias of ours with its Text number."""
    ours = {field.value: number for field, number in TEXT_NUMBERS.items()}
    return ours | {baseline_alias(n): FIRST_BASELINE_TEXT + n for n in range(11)}


def pack(window: Window) -> str:
    """Write a window without its words: "third;2021-06-21/2021-06-30;/;"."""
    days = [window.end_earliest, window.end_latest, window.start_earliest, window.start_latest]
    end, until, start, latest = (day.isoformat() if day else "" for day in days)
    return f"{window.precision};{end}/{until};{start}/{latest};{'ongoing' * window.is_ongoing}"


def unpack(packed: str, words: str) -> Window | None:
    """Read what `pack` wrote; None if it was changed into something else."""
    try:
        precision, end, start, ongoing = packed.split(";")
        days = [date.fromisoformat(day) if day else None for day in (*_two(end), *_two(start))]
        end_earliest, end_latest, start_earliest, start_latest = days
        if end_latest is None:
            return None
        return Window(
            end_earliest=end_earliest,
            end_latest=end_latest,
            precision=Precision(precision),
            words=words,
            start_earliest=start_earliest,
            start_latest=start_latest,
            is_ongoing=ongoing == "ongoing",
        )
    except ValueError:
        return None


def _two(pair: str) -> tuple[str, str]:
    first, second = pair.split("/")
    return first, second
