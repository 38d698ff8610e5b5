"""Write one line of the audit, in the transaction of the act itself."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

from serai.base import receipts
from serai.base.bulk import insert_rows
from serai.base.models import AuditEntry

ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+\.[^\s<>\"'(),;:]+")
LARGEST_EXACT = 2**53 - 1

# The request's number, set by base.middleware; jobs and commands have none.
request_number: ContextVar[str] = ContextVar("request_number", default="")
_GATHERED: ContextVar[list[AuditEntry] | None] = ContextVar("gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Write the lines of one act in one statement, at its end and in their order.

    What fails in between writes none. To be used within the act's transaction.
    """
    if _GATHERED.get() is not None:  # an act within an act
        yield
        return
    lines: list[AuditEntry] = []
    token = _GATHERED.set(lines)
    try:
        yield
    finally:
        _GATHERED.reset(token)
    insert_rows(lines)


def plain(value: object) -> object:
    """Turn a value into JSON that hashes alike everywhere; e-mail addresses are taken out."""
    if type(value) is str:
        return _without_addresses(value)
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, int):
        return value if abs(value) <= LARGEST_EXACT else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(plain(name)): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(part) for part in value), key=str)
    return _without_addresses(str(value))


def _without_addresses(text: str) -> str:
    # Looked for only where there is one: a long hash is searched again from each of its letters.
    return ADDRESS.sub("<e-mail>", text) if "@" in text else text


def _facts(values: Mapping[str, object] | None) -> dict[str, object] | None:
    return {name: plain(value) for name, value in values.items()} if values is not None else None


def record(
    *,
    by: int | None,
    verb: str,
    thing: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    at: datetime,
    behalf_of: int | None = None,
    request_id: str = "",
) -> AuditEntry:
    """Leave a line: who (None: the house itself), what, to which thing ("surveys.survey:3").

    `before` and `after` hold numbers, codes and names of fields, no personal values. The line has
    its number at once, but within `together`.
    """
    receipts.stamp()
    line = AuditEntry(
        at=at,
        by=by,
        behalf_of=behalf_of,
        verb=verb,
        thing=thing,
        before=_facts(before),
        after=_facts(after),
        request_id=request_id or request_number.get(),
    )
    gathered = _GATHERED.get()
    if gathered is None:
        insert_rows([line])
    else:
        gathered.append(line)
    return line
