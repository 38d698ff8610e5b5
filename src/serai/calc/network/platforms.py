"""What is known of a platform beside its tiers: fallback, languages, dial-in, nine questions of NSA."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Known(StrEnum):
    """An answer about a platform; unknown is never taken for yes or no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


NSA_CRITERIA = (
    "end_to_end",
    "encryption_standards",
    "multi_factor",
    "control_of_joining",
    "no_sharing_with_third_parties",
    "secure_deletion",
    "open_source",
    "certified",
    "no_foreign_jurisdiction",
)
"""The nine criteria in their order, each worded so that yes is the safer answer.

Source: NSA, "Selecting and Safely Using Collaboration Services for Telework" (2020).
"""
PROPERTIES = ("tcp_fallback", "interpretation", "dial_in")


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform.

    Attributes:
        code, name: such as "teams", "Microsoft Teams".
        properties: by name, `PROPERTIES` and `NSA_CRITERIA`.
        source, dated_on: where it was read, and of what day that is.
        is_copy: whether it was read in another's copy, not at the vendor.
    """

    code: str
    name: str
    properties: Mapping[str, Known]
    source: str
    dated_on: date
    is_copy: bool = False


def read_platforms(rows: Iterable[Mapping[str, object]]) -> tuple[tuple[Platform, ...], list[str]]:
    """Read platforms from rows; a property left out is unknown.

    Args:
        rows: code, name, source, dated_on (a day or YYYY-MM-DD), is_copy, and properties.
    Returns:
        The platforms that are understood, and a sentence for each fault, with its row.
    """
    found: dict[str, Platform] = {}
    faults: list[str] = []
    for number, row in enumerate(rows, 1):
        code = str(row.get("code") or "").strip()
        wrong = list(_faults(row, code, found))
        faults += [f"platforms row {number} ({code or '?'}): {said}" for said in wrong]
        if not wrong:
            found[code] = Platform(
                code,
                str(row.get("name") or code),
                {name: Known(str(row.get(name, "unknown"))) for name in names()},
                str(row["source"]),
                _day(row.get("dated_on")) or date.min,
                row.get("is_copy") is True,
            )
    return tuple(found.values()), faults


def names() -> tuple[str, ...]:
    """Return the names of all properties, in their order."""
    return PROPERTIES + NSA_CRITERIA


def _faults(row: Mapping[str, object], code: str, found: Mapping[str, Platform]) -> Iterable[str]:
    """Yield what is wrong with one row."""
    if not code:
        yield "code is missing."
    if code in found:
        yield "the code is there twice."
    if not str(row.get("source") or "").strip():
        yield "source is missing."
    if _day(row.get("dated_on")) is None:
        yield f"dated_on '{row.get('dated_on') or ''}' is not a day. Write it as 2026-11-30."
    for name in names():
        if row.get(name, "unknown") not in list(Known):
            yield f"{name} '{row[name]}' is not one of {', '.join(Known)}."
    for name in row:
        if name not in {"code", "name", "source", "dated_on", "is_copy", *names()}:
            yield f"'{name}' is not known here."


def _day(value: object) -> date | None:
    """Read a day; None where it is none."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None
