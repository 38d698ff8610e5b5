"""The point that lines are tested against: a process of its own, speaking ndt7.

It knows no database: a ticket says what may flow, a receipt says what was counted, both signed with
the installation's key. Only the process itself imports `server`.
"""

from serai.base.probe.tickets import (
    NotSigned,
    Receipt,
    Ticket,
    Way,
    claimed_receipt,
    probe_key,
    read_receipt,
    read_ticket,
    sign_receipt,
    sign_ticket,
)

__all__ = [
    "NotSigned",
    "Receipt",
    "Ticket",
    "Way",
    "claimed_receipt",
    "probe_key",
    "read_receipt",
    "read_ticket",
    "sign_receipt",
    "sign_ticket",
]
