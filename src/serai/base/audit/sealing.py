"""Link new lines into the chain; one job does it each minute, so that no writer waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min

from serai.base.audit.chain import Entry, first_hash, next_hash
from serai.base.installation import installation
from serai.base.models import AuditEntry, AuditSeal

SEAL_WITHIN = timedelta(minutes=5)
AT_ONCE = 500
# A line written in a long transaction shows up behind later ones: look back this far each minute,
# and over the whole table once a day.
LOOK_BACK_ROWS = 50_000


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many lines are sealed, and the hash over all of them."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def entry_of(row: AuditEntry) -> Entry:
    """Return a row as it is sealed."""
    return Entry(
        id=row.pk,
        at=row.at,
        verb=row.verb,
        thing=row.thing,
        by=row.by,
        behalf_of=row.behalf_of,
        before=row.before,
        after=row.after,
        request_id=row.request_id,
    )


def head() -> Head:
    """Return the chain's end; number 0 and h₀ before the first seal."""
    latest = AuditSeal.objects.order_by("-number").first()
    if latest is None:
        return Head(0, first_hash(str(installation().uuid)))
    return Head(latest.number, latest.hash)


def links(start: Head, rows: Iterable[AuditEntry]) -> Iterator[AuditSeal]:
    """Yield the seals that follow a head."""
    number, previous = start.number, start.hash
    for row in rows:
        number += 1
        digest = next_hash(previous, entry_of(row).facts())
        yield AuditSeal(number=number, entry=row, previous=previous, hash=digest)
        previous = digest


def seal(*, whole_table: bool = False) -> int:
    """Seal what is not sealed yet, oldest first; return how many lines were sealed.

    Two at once do no harm: the second fails on the number of the first and is tried again.
    """
    sealed = 0
    while True:
        with transaction.atomic():
            rows = AuditEntry.objects.filter(seal__isnull=True)
            if not whole_table:
                highest = AuditSeal.objects.aggregate(highest=Max("entry_id"))["highest"] or 0
                rows = rows.filter(pk__gt=highest - LOOK_BACK_ROWS)
            found = list(rows.order_by("pk")[:AT_ONCE])
            AuditSeal.objects.bulk_create(links(head(), found))
        sealed += len(found)
        if len(found) < AT_ONCE:
            return sealed


@dataclass(frozen=True)
class SealedLine:
    """One line with its link of the chain: `hash` follows from `previous` and `facts`.

    Attributes:
        facts: what is hashed, as the canonical JSON holds it.
        seal: number of the link; none while it waits for its seal.
    """

    id: int
    verb: str
    facts: dict[str, object]
    seal: int | None
    previous: str
    hash: str


def lines_of(thing: str) -> list[SealedLine]:
    """Return the lines on a thing, oldest first, each with its seal."""
    rows = AuditEntry.objects.filter(thing=thing).select_related("seal").order_by("pk")
    found = []
    for row in rows:
        link = getattr(row, "seal", None)
        found.append(
            SealedLine(
                row.pk, row.verb, entry_of(row).facts(), link.number if link else None,
                link.previous if link else "", link.hash if link else "",
            )
        )  # fmt: skip
    return found


def unsealed_since() -> datetime | None:
    """Return when the oldest line was written that waits for its seal; None if none does."""
    found: datetime | None = AuditEntry.objects.filter(seal__isnull=True).aggregate(
        oldest=Min("at")
    )["oldest"]
    return found
