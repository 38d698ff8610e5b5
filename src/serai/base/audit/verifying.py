"""Read the whole chain again and name every line that was altered, removed or inserted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from serai.base.audit.chain import first_hash, next_hash
from serai.base.audit.sealing import SEAL_WITHIN, Head, entry_of
from serai.base.installation import installation
from serai.base.models import AuditEntry, AuditSeal

# No honest transaction is this long, so a line sealed this far behind later ones was put in.
LONGEST_TRANSACTION = timedelta(hours=1)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the chain.

    Attributes:
        kind: altered | removed | inserted | seal_altered | seal_missing | unsealed | other_head.
    """

    kind: str
    entry: int | None
    seal: int | None
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """What was read, what was found, and where the chain ends."""

    checked_count: int
    head: Head
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.faults


class _Reading:
    """Walks the seals in order, hash by hash."""

    def __init__(self, start: str) -> None:
        self.number = 0
        self.previous = start
        self.highest_id = 0
        self.latest_at: datetime | None = None

    def step(self, seal: AuditSeal, row: AuditEntry | None) -> Iterator[Fault]:
        """Compare one seal with its entry and with the seal before it."""
        if seal.number != self.number + 1:
            first, last = self.number + 1, seal.number - 1
            which = f"Seal {first}" if first == last else f"Seals {first} to {last}"
            yield Fault("seal_missing", None, first, f"{which} of the audit chain: removed.")
        elif seal.previous != self.previous:
            yield Fault(
                "seal_altered",
                seal.entry_id,
                seal.number,
                f"Seal {seal.number} does not follow the seal before it: altered.",
            )
        if row is None:
            yield Fault(
                "removed",
                seal.entry_id,
                seal.number,
                f"Entry {seal.entry_id} (seal {seal.number}): removed.",
            )
        else:
            yield from self._compare(seal, row)
        self.number, self.previous = seal.number, seal.hash

    def _compare(self, seal: AuditSeal, row: AuditEntry) -> Iterator[Fault]:
        if next_hash(seal.previous, entry_of(row).facts()) != seal.hash:
            yield Fault(
                "altered",
                row.pk,
                seal.number,
                f"Entry {row.pk} ({row.verb} {row.thing}, seal {seal.number}): altered.",
            )
        if (
            self.latest_at is not None
            and row.pk < self.highest_id
            and _written_by(row) < self.latest_at - LONGEST_TRANSACTION
        ):
            yield Fault(
                "inserted",
                row.pk,
                seal.number,
                f"Entry {row.pk} ({row.verb} {row.thing}): inserted among older entries.",
            )
        if row.pk > self.highest_id:
            self.highest_id = row.pk
            self.latest_at = max(self.latest_at or row.at, row.at)


def _written_by(row: AuditEntry) -> datetime:
    """Return until when a line was written: one without an hour, some time on its day."""
    at = row.at.astimezone(UTC)
    says_hour = row.by is not None or row.request_id or at.time() != time()
    return row.at if says_hour else row.at + timedelta(days=1)


def _unsealed(now: datetime) -> Iterator[Fault]:
    late = AuditEntry.objects.filter(seal__isnull=True, at__lt=now - SEAL_WITHIN).order_by("pk")
    for row in late.iterator():
        if _written_by(row) >= now - SEAL_WITHIN:
            continue
        yield Fault(
            "unsealed",
            row.pk,
            None,
            f"Entry {row.pk} ({row.verb} {row.thing}): inserted without a seal, "
            "or no worker has sealed for five minutes.",
        )


def verify(*, now: datetime, expected: Head | None = None) -> Verdict:
    """Read every seal and entry.

    Args:
        now: what is younger than five minutes may still wait for its seal.
        expected: a head noted earlier (mailed daily, printed in issued reports, kept in
            back-ups); shows that nothing was cut off or rewritten up to it.
    """
    start = first_hash(str(installation().uuid))
    reading, faults = _Reading(start), list[Fault]()
    known = expected is None or expected == Head(0, start)
    seals = AuditSeal.objects.order_by("number").select_related(None)
    batch: list[AuditSeal] = []

    def read(batch: list[AuditSeal]) -> None:
        rows = AuditEntry.objects.in_bulk([seal.entry_id for seal in batch])
        for seal in batch:
            faults.extend(reading.step(seal, rows.get(seal.entry_id)))

    for seal in seals.iterator(chunk_size=500):
        known = known or Head(seal.number, seal.hash) == expected
        batch.append(seal)
        if len(batch) == 500:
            read(batch)
            batch = []
    read(batch)
    if not known and expected is not None:
        faults.append(
            Fault(
                "other_head",
                None,
                expected.number,
                f"The chain does not contain the head {expected}: "
                f"it was cut off or written anew before seal {expected.number}.",
            )
        )
    faults.extend(_unsealed(now))
    return Verdict(reading.number, Head(reading.number, reading.previous), tuple(faults))
