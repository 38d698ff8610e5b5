"""The probe's door: who may test, whose turn it is, and a signed receipt at the end.

No address of anybody is read, kept or logged here.
"""

import asyncio
import json
import logging
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from serai.base.probe import packets, transfers
from serai.base.probe.packets import Channels
from serai.base.probe.spent import Spent
from serai.base.probe.tickets import (
    NotSigned,
    PacketReceipt,
    Receipt,
    Ticket,
    Way,
    read_ticket,
    sign_packets,
    sign_receipt,
)
from serai.base.probe.turns import Crowded, Turns

NDT7 = "net.measurementlab.ndt.v7"
WAYS = {"/ndt/v7/download": Way.DOWNLOAD, "/ndt/v7/upload": Way.UPLOAD}
ECHO, UDP = "/echo", "/udp"
SECONDS, HARD_STOP_S = 10.0, 13.0
OPEN_BYTES = 40_000_000
LARGEST_MESSAGE = 2**24
ECHOES_A_TICKET = 4
# What has been written and not sent yet would count as time of the line: a browser sees bytes in
# bursts, and the close waits behind them.
UNSENT_BYTES = 2**17
FORGET_EVERY_S = 600.0
POLICY, TRY_AGAIN = 1008, 1013


@dataclass(frozen=True)
class Terms:
    """What a point allows.

    Attributes:
        key: of tickets and receipts.
        is_open: anybody may test, without a ticket; nobody gets a receipt then.
        at_once, most_waiting: transfers that run and that wait.
        packets_at_once: tests with small packets that run; each takes a UDP port.
        seconds, hard_stop_s: of one transfer.
    """

    key: bytes
    is_open: bool = False
    at_once: int = 4
    most_waiting: int = 24
    packets_at_once: int = 4
    seconds: float = SECONDS
    hard_stop_s: float = HARD_STOP_S


class Refusal(Exception):
    """Why a test does not run, in one word that our page knows."""


class Probe:
    """One point.

    Args:
        channels: for small packets over UDP; None where they are not taken here.
    """

    def __init__(self, terms: Terms, spent: Spent, channels: Channels | None = None) -> None:
        self._terms = terms
        self._spent = spent
        self._turns = Turns(terms.at_once, terms.most_waiting)
        self._channels = channels
        self._packet_turns = Turns(terms.packets_at_once, terms.most_waiting)

    def admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer what is no test in plain words; let all else become a WebSocket."""
        path = urlsplit(request.path)
        if path.path == "/":
            return connection.respond(HTTPStatus.OK, "A point for connection tests.\n")
        if path.path not in {ECHO, UDP, *WAYS}:
            return connection.respond(HTTPStatus.NOT_FOUND, "There is nothing here.\n")
        if path.path in WAYS and NDT7 not in request.headers.get("Sec-WebSocket-Protocol", ""):
            return connection.respond(HTTPStatus.BAD_REQUEST, f"Ask for the subprotocol {NDT7}.\n")
        if "ticket" not in parse_qs(path.query) and not self._terms.is_open:
            return connection.respond(
                HTTPStatus.FORBIDDEN,
                "This point tests with a ticket only. Ask its secretariat for one.\n",
            )
        return None

    async def answer(self, connection: ServerConnection) -> None:
        """Run one test, or say why not."""
        path = urlsplit(connection.request.path if connection.request else "")
        asked = parse_qs(path.query)
        _keep_short(connection)
        with suppress(ConnectionClosed):
            try:
                ticket = self._ticket(asked, path.path)
                if path.path == ECHO:
                    await transfers.echo(connection)
                    return
                if path.path == UDP:
                    await self._small_packets(connection, ticket)
                    return
                await self._in_turn(
                    connection, WAYS[path.path], ticket, is_counted="counts" in asked
                )
            except Refusal as refusal:
                await connection.send(json.dumps({"Refused": str(refusal)}))
                await connection.close(POLICY, str(refusal))
            except Crowded:
                await connection.send(json.dumps({"Refused": "busy"}))
                await connection.close(TRY_AGAIN, "busy")

    def _ticket(self, asked: dict[str, list[str]], path: str) -> Ticket | None:
        """Return the ticket, used from now on; None at an open point."""
        if "ticket" not in asked:
            return None
        try:
            ticket = read_ticket(asked["ticket"][0], self._terms.key)
        except NotSigned as error:
            raise Refusal("forged") from error
        if ticket.expires_at < time.time():
            raise Refusal("expired")
        most = ECHOES_A_TICKET if path == ECHO else 1
        if not self._spent.take(ticket.number, path, most=most, until=ticket.expires_at):
            raise Refusal("used")
        return ticket

    async def _in_turn(
        self, connection: ServerConnection, way: Way, ticket: Ticket | None, *, is_counted: bool
    ) -> None:
        await self._turns.enter(_telling(connection))
        try:
            async with asyncio.timeout(self._terms.hard_stop_s):
                await self._transfer(connection, way, ticket, is_counted=is_counted)
        except TimeoutError:
            connection.transport.abort()
        finally:
            self._turns.leave()

    async def _transfer(
        self, connection: ServerConnection, way: Way, ticket: Ticket | None, *, is_counted: bool
    ) -> None:
        seconds = min(self._terms.seconds, ticket.most_seconds if ticket else SECONDS)
        most_bytes = ticket.most_bytes if ticket else OPEN_BYTES
        if way is Way.DOWNLOAD:
            done = await transfers.download(
                connection, seconds=seconds, most_bytes=most_bytes, is_counted=is_counted
            )
        else:
            done = await transfers.upload(connection, seconds=seconds, most_bytes=most_bytes)
        if ticket is not None:
            receipt = Receipt(
                ticket.number, way, tuple(done.counts), done.sent_bytes, done.is_cut_short,
                round(time.time()), ticket.about,
            )  # fmt: skip
            await connection.send(json.dumps({"Receipt": sign_receipt(receipt, self._terms.key)}))
        await connection.close()

    async def _small_packets(self, connection: ServerConnection, ticket: Ticket | None) -> None:
        """Exchange small packets over UDP, which this connection only arranges."""
        if self._channels is None or ticket is None or not ticket.may_send_packets:
            raise Refusal("no_udp")
        await self._packet_turns.enter(_telling(connection))
        try:
            async with asyncio.timeout(packets.HARD_STOP_S):
                end, found = await packets.exchange(connection, self._channels)
        except (packets.NotTold, TimeoutError, OSError) as error:
            # What fails on our side says nothing of the line.
            raise Refusal("no_udp") from error
        finally:
            self._packet_turns.leave()
        receipt = PacketReceipt(ticket.number, end, found, round(time.time()), ticket.about)
        await connection.send(json.dumps({"Receipt": sign_packets(receipt, self._terms.key)}))
        await connection.close()

    async def forget(self) -> None:
        """Forget expired tickets now and then, for ever."""
        while True:
            self._spent.forget(time.time())
            await asyncio.sleep(FORGET_EVERY_S)


def _telling(connection: ServerConnection) -> Callable[[int], Awaitable[None]]:
    """Return what tells a person how many are before them."""

    async def tell(before: int) -> None:
        await connection.send(json.dumps({"Queue": before + 1}))

    return tell


def _keep_short(connection: ServerConnection) -> None:
    """Let the system hold little that is not on its way yet, where it knows how."""
    plug = connection.transport.get_extra_info("socket")
    if plug is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)


def _subprotocol(_connection: object, offered: object) -> Subprotocol | None:
    return Subprotocol(NDT7) if NDT7 in (offered or ()) else None  # type: ignore[operator]


async def listen(
    probe: Probe, host: str, port: int, *, certificate: ssl.SSLContext | None = None
) -> Server:
    """Open the point; the library's own log is off, for it names addresses."""
    silent = logging.getLogger("serai.probe.connections")
    silent.disabled = True
    return await serve(
        probe.answer,
        host,
        port,
        ssl=certificate,
        process_request=probe.admit,
        select_subprotocol=_subprotocol,
        compression=None,
        max_size=LARGEST_MESSAGE,
        max_queue=4,
        write_limit=2**16,
        ping_interval=None,
        open_timeout=10,
        close_timeout=3,
        server_header=None,
        logger=silent,
    )


async def run(probe: Probe, host: str, port: int, certificate: ssl.SSLContext | None) -> None:
    """Serve until the process is stopped."""
    async with await listen(probe, host, port, certificate=certificate):
        await probe.forget()
