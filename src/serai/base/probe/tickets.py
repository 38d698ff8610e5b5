"""Tickets that the house gives and the probe takes; receipts that go the other way."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LONGEST = 16_000
# When a small packet was sent, ms since the first, and when it was answered, ms after; None: never.
Packet = tuple[int, float | None]
_SALT = b"serai.base.probe"


class Way(StrEnum):
    """Which way bytes flow."""

    DOWNLOAD = "download"
    UPLOAD = "upload"


class End(StrEnum):
    """How a test with small packets ended."""

    DONE = "done"
    SILENT = "silent"
    STOPPED = "stopped"


class NotSigned(ValueError):
    """A ticket or receipt that this installation has not signed."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to run one test: each way once.

    Attributes:
        number: by which it is known to have been used.
        most_bytes, most_seconds: what may flow each way.
        expires_at: seconds since 1970.
        about: what the issuer wants to read in the receipt; no person, no address.
        may_send_packets: the person agreed to small packets as well.
    """

    number: str
    most_bytes: int
    most_seconds: float
    expires_at: float
    about: Mapping[str, str] = field(default_factory=dict)
    may_send_packets: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was counted where bytes were received.

    Attributes:
        number, about: of the ticket.
        counts: milliseconds since the transfer began, and all bytes received by then.
        sent_bytes: what the probe sent, of a download; 0 of an upload.
        is_cut_short: it ended before its time and its bytes.
        at: when it ended, seconds since 1970.
    """

    number: str
    way: Way
    counts: tuple[tuple[int, int], ...]
    sent_bytes: int
    is_cut_short: bool
    at: float
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PacketReceipt:
    """What became of small packets.

    Attributes:
        number, about: of the ticket.
        end: silent where none came to the probe, stopped where fewer were sent than should be.
        packets: in the order they were sent; an answer stands only where the probe sent it.
        at: when it ended, seconds since 1970.
    """

    number: str
    end: End
    packets: tuple[Packet, ...]
    at: float
    about: Mapping[str, str] = field(default_factory=dict)


def probe_key(given: str, secret: str) -> bytes:
    """Return the key that tickets are signed with: the one given, else one made of the house's secret."""
    return given.encode() if given else hmac.digest(secret.encode(), _SALT, hashlib.sha256)


def sign_ticket(ticket: Ticket, key: bytes) -> str:
    """Return a ticket as it stands in an address."""
    return _sign(
        "ticket",
        [
            ticket.number,
            ticket.most_bytes,
            ticket.most_seconds,
            ticket.expires_at,
            {**ticket.about},
            ticket.may_send_packets,
        ],
        key,
    )


def read_ticket(text: str, key: bytes) -> Ticket:
    """Return what a ticket says; whether it has expired is for the reader to tell.

    Raises:
        NotSigned: if it is not ours.
    """
    return Ticket(*_read("ticket", text, key))


def sign_receipt(receipt: Receipt, key: bytes) -> str:
    """Return a receipt as it is handed on."""
    return _sign(
        "receipt",
        [
            receipt.number, receipt.way, receipt.counts, receipt.sent_bytes,
            receipt.is_cut_short, receipt.at, {**receipt.about},
        ],
        key,
    )  # fmt: skip


def read_receipt(text: str, key: bytes) -> Receipt:
    """Return what a receipt says.

    Raises:
        NotSigned: if our probe has not signed it.
    """
    number, way, counts, *rest = _read("receipt", text, key)
    return Receipt(number, Way(way), tuple((int(at), int(had)) for at, had in counts), *rest)


def claimed_receipt(text: str) -> Receipt | None:
    """Return what an unsigned receipt claims; None where it cannot be read at all."""
    try:
        number, way, counts, *rest = _told(text.partition(".")[0][:LONGEST])
        return Receipt(number, Way(way), tuple((int(at), int(had)) for at, had in counts), *rest)
    except (ValueError, TypeError, OverflowError):
        return None


def sign_packets(receipt: PacketReceipt, key: bytes) -> str:
    """Return a receipt of small packets as it is handed on."""
    return _sign(
        "packets",
        [receipt.number, receipt.end, receipt.packets, receipt.at, {**receipt.about}],
        key,
    )


def read_packets(text: str, key: bytes) -> PacketReceipt:
    """Return what a receipt of small packets says.

    Raises:
        NotSigned: if our probe has not signed it.
    """
    return _packets(_read("packets", text, key))


def claimed_packets(text: str) -> PacketReceipt | None:
    """Return what an unsigned receipt claims; None where it cannot be read at all."""
    try:
        return _packets(_told(text.partition(".")[0][:LONGEST]))
    except (ValueError, TypeError, OverflowError):
        return None


def _packets(told: list[Any]) -> PacketReceipt:
    number, end, packets, *rest = told
    found = tuple((int(at), None if rtt is None else float(rtt)) for at, rtt in packets)
    return PacketReceipt(number, End(end), found, *rest)


def _mark(kind: str, body: str, key: bytes) -> str:
    return _text(hmac.digest(key, f"{kind}.{body}".encode(), hashlib.sha256))


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _sign(kind: str, said: list[object], key: bytes) -> str:
    body = _text(json.dumps(said, separators=(",", ":")).encode())
    return f"{body}.{_mark(kind, body, key)}"


def _read(kind: str, text: str, key: bytes) -> list[Any]:
    body, _, mark = text.partition(".")
    # Compared as bytes: what is not ASCII must be refused, not fail.
    if len(text) > LONGEST or not hmac.compare_digest(
        mark.encode(), _mark(kind, body, key).encode()
    ):
        raise NotSigned(kind)
    return _told(body)


def _told(body: str) -> list[Any]:
    found: list[Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found
