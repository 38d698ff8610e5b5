"""What the sealed audit keeps of answers and signatures, and how it is worked out."""

import hashlib
from dataclasses import dataclass, field
from typing import Protocol

from serai.base.models import AuditEntry
from serai.surveys.models import Answer

SECOND = "2:"
"""Begins what is kept of a row since places and reasons are proved along with values."""
RECIPE = 2


class Proved(Protocol):
    """What is proved of a row of answers, stored or about to be."""

    @property
    def path(self) -> str: ...
    @property
    def entry(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def salt(self) -> str: ...


def digest(row: Proved) -> str:
    """Return what the audit keeps of a row: its salt, place, reason, way and value, hashed."""
    parts = (row.salt, row.path, row.entry, row.reason, row.source, row.value)
    return SECOND + _sha256("\x1f".join(parts))


def is_kept(row: Answer, kept: str) -> bool:
    """Tell whether a row is what the audit keeps of it, by the recipe of its day."""
    if kept.startswith(SECOND):
        return kept == digest(row)
    return kept == _sha256(f"{row.salt}{row.value}")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Kept:
    """What the audit keeps of one response.

    Attributes:
        answers: digest of each row, and who wrote its line.
        erased: digest of what is left of rows that were erased.
        signed: hash and recipe of each signature, and who signed.
        is_carried: a new version of the form took it over, and may have left places out.
        is_sample: it was made up; it may go with all its rows.
    """

    answers: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    erased: dict[int, str] = field(default_factory=dict)
    signed: dict[int, tuple[str, int, int | None]] = field(default_factory=dict)
    is_carried: bool = False
    is_sample: bool = False


def kept_of(response_pk: int) -> Kept:
    """Read what the audit keeps of a response; one query."""
    kept = Kept()
    lines = AuditEntry.objects.filter(thing=f"surveys.response:{response_pk}").order_by("pk")
    for verb, by, facts in lines.values_list("verb", "by", "after"):
        after = facts or {}
        for number, told in after.get("answers", {}).items():
            kept.answers[int(number)] = (told, by)
        if verb == "erase_answer":
            kept.erased |= {int(number): told for number, told in after["erased"].items()}
        elif verb == "sign":
            kept.signed[after["sign_off"]] = (after["hash"], after.get("recipe", 1), by)
        kept.is_carried |= verb == "migrate_response"
        kept.is_sample |= bool(after.get("sample"))
    return kept


def signed_total(response_pk: int, kept: Kept, through: int | None = None) -> tuple[str, int]:
    """Return the hash over all answers up to one, and the newest one's number.

    Over the newest row of each place, in order: place, number, and what the audit keeps of it. So
    a signature still verifies when personal data was erased.
    """
    rows = Answer.objects.filter(response=response_pk).order_by("pk")
    if through is not None:
        rows = rows.filter(pk__lte=through)
    places = {(path, entry): pk for path, entry, pk in rows.values_list("path", "entry", "pk")}
    parts = [
        f"{path}\x1f{entry}\x1f{pk}\x1f{kept.answers.get(pk, ('', None))[0]}"
        for (path, entry), pk in sorted(places.items())
    ]
    return _sha256("\x1e".join(parts)), max(places.values(), default=0)


def first_total(rows: dict[tuple[str, str], Answer]) -> str:
    """Return the hash as it was signed at first: places, numbers, reasons and values."""
    parts = [
        f"{path}\x1f{entry}\x1f{one.pk}\x1f{one.reason}\x1f{one.value}"
        for (path, entry), one in sorted(rows.items())
    ]
    return _sha256("\x1e".join(parts))
