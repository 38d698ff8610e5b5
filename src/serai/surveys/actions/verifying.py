"""Hold stored answers against what the audit keeps of them."""

from collections.abc import Iterator

from serai.base.models import AuditEntry
from serai.surveys.actions.saving import digest
from serai.surveys.models import Answer

AT_ONCE = 500


def altered_answers() -> list[int]:
    """Return the numbers of answers that are gone or differ from their line in the audit.

    An answer whose value and salt were erased together is no longer compared: its line still
    verifies in the chain.
    """
    found: list[int] = []
    batch: dict[int, str] = {}
    for number, kept in _kept():
        batch[number] = kept
        if len(batch) >= AT_ONCE:
            found += _altered(batch)
            batch = {}
    return [*found, *_altered(batch)]


def _kept() -> Iterator[tuple[int, str]]:
    rows = AuditEntry.objects.filter(thing__startswith="surveys.response:").order_by("id")
    for after in rows.values_list("after", flat=True).iterator(chunk_size=AT_ONCE):
        for number, kept in (after or {}).get("answers", {}).items():
            yield int(number), kept


def _altered(batch: dict[int, str]) -> list[int]:
    stored = {
        pk: (value, salt)
        for pk, value, salt in Answer.objects.filter(pk__in=batch).values_list(
            "pk", "value", "salt"
        )
    }
    return [
        number
        for number, kept in batch.items()
        if number not in stored
        or (stored[number] != ("", "") and digest(stored[number][1], stored[number][0]) != kept)
    ]
