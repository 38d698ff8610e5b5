"""The point that lines are tested against: a process of its own, speaking ndt7.

It knows no database: a ticket says what may flow, a receipt says what was counted, both signed with
the installation's key. Only the process itself imports `server`.
"""

from serai.base.probe.tickets import (
    End,
    NotSigned,
    Packet,
    PacketReceipt,
    Receipt,
    Ticket,
    Way,
    claimed_packets,
    claimed_receipt,
    probe_key,
    read_packets,
    read_receipt,
    read_ticket,
    sign_packets,
    sign_receipt,
    sign_ticket,
)

__all__ = [
    "End",
    "NotSigned",
    "Packet",
    "PacketReceipt",
    "Receipt",
    "Ticket",
    "Way",
    "claimed_packets",
    "claimed_receipt",
    "probe_key",
    "read_packets",
    "read_receipt",
    "read_ticket",
    "sign_packets",
    "sign_receipt",
    "sign_ticket",
]
