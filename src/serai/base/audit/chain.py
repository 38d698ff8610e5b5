"""The hash chain of docs/methods/audit-chain.md: pure, without a database."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import rfc8785

PREFIX = "serai-audit-v1:"


@dataclass(frozen=True)
class Entry:
    """One line of the audit, as it is sealed."""

    id: int
    at: datetime
    verb: str
    thing: str
    by: int | None = None
    behalf_of: int | None = None
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    request_id: str = ""

    def facts(self) -> dict[str, object]:
        """Return what is hashed: every field that says something, times in UTC."""
        all_of_them: dict[str, object] = {
            "id": self.id,
            "at": self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "verb": self.verb,
            "thing": self.thing,
            "by": self.by,
            "behalf_of": self.behalf_of,
            "before": self.before,
            "after": self.after,
            "request_id": self.request_id,
        }
        return {name: value for name, value in all_of_them.items() if value not in (None, "")}


def canonical(facts: Mapping[str, object]) -> bytes:
    """Write facts as RFC 8785 JSON: one form only, whoever writes it."""
    return rfc8785.dumps(dict(facts))  # type: ignore[arg-type]


def first_hash(installation: str) -> str:
    """Return h₀ = SHA-256("serai-audit-v1:" + uuid) as 64 hexadecimal digits."""
    return hashlib.sha256(f"{PREFIX}{installation}".encode()).hexdigest()


def next_hash(previous: str, facts: Mapping[str, object]) -> str:
    """Return hₙ = SHA-256(hₙ₋₁ as 32 bytes, then the canonical JSON of the entry)."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(facts)).hexdigest()
