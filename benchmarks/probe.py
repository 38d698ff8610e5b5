"""Four tests at 25 Mbit/s on one core of the probe; and how true its figures are on a slow line.

The probe is a process of its own. The slow line is a relay of this program: so many bits a second,
each byte so much later; small packets over UDP go by another that drops some, drawn by a seed. It
shows whether counting and closing are right; it has no queue of the network's kind, for which netem is
needed (said at the end where it is not there).

./serai bench probe, or as a part of ./serai bench readiness --only probe
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import asynccontextmanager, suppress
from itertools import count

import psutil
from benchmarks._figures import Board
from tests.base.probe.packet_client import COUNT, Browser, lossy_way
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from serai.base.probe import Ticket, read_packets, read_receipt, sign_ticket
from serai.base.probe.server import NDT7
from serai.calc.network import Count, quantile, rate_of

KEY = "a key of this bench"
HOST, PORT = "127.0.0.1", 8629
AT_ONCE, MBPS = 4, 25.0
LINES = tuple((mbps, rtt) for rtt in (50, 200, 600) for mbps in (2.0, 10.0, 25.0))
ECHOES, ECHO_EVERY_S = 20, 0.1
UDP_PORT = 8630
# Up to two in a hundred: of more, the client of this bench (aiortc) may stop sending for good, which
# browsers do not; at five a browser is tried in tests/journeys/test_small_packets.py.
LOSSES = (0.0, 0.01, 0.02)
UDP_LATER_S, MOST_OFF_POINTS = 0.025, 0.5
SIZE, BUFFER = 2**14, 2**16
PARTS = ("at_once", "lines", "packets")
_numbers = count(1)


def ticket(*, may_send_packets: bool = False) -> str:
    given = Ticket(str(next(_numbers)), 400_000_000, 10, time.time() + 600, {}, may_send_packets)
    return sign_ticket(given, KEY.encode())


def narrow() -> socket.socket:
    """Return a socket that holds little: what waits in it is neither sent nor received."""
    plug = socket.socket()
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    return plug


def door(way: str, port: int):
    plug = narrow()
    plug.connect((HOST, port))
    plug.setblocking(False)
    return connect(
        f"ws://{HOST}:{port}/ndt/v7/{way}?ticket={ticket()}&counts=1",
        sock=plug, subprotocols=[NDT7], compression=None, max_size=2**24, ping_interval=None, proxy=None,
    )  # fmt: skip


async def down(port: int, most_mbps: float) -> str:
    """Download, read no faster than said, count as the page does; return the receipt."""
    began, received, told = 0.0, 0, 0.0
    async with door("download", port) as line:
        with suppress(ConnectionClosed):
            async for message in line:
                now = time.monotonic()
                if isinstance(message, bytes):
                    began = began or now
                    received += len(message)
                    if now - told > 0.25:
                        told = now
                        await line.send(measured(now - began, received))
                    ahead = received * 8 / (most_mbps * 1e6) - (time.monotonic() - began)
                    if ahead > 0:
                        await asyncio.sleep(ahead)
                elif "Done" in message:
                    await line.send(measured(now - began, received, ', "Latest": true'))
                elif "Receipt" in message:
                    return json.loads(message)["Receipt"]
    return ""


def measured(seconds: float, received: int, more: str = "") -> str:
    app = json.dumps({"ElapsedTime": round(seconds * 1e6), "NumBytes": received})
    return f'{{"AppInfo": {app}{more}}}'


async def up(port: int, most_mbps: float) -> str:
    """Upload no faster than said; return the receipt."""
    told: dict[str, str] = {}
    content = os.urandom(SIZE)
    async with door("upload", port) as line:

        async def listen() -> None:
            nonlocal told
            with suppress(ConnectionClosed):
                async for message in line:
                    if "Receipt" in message:
                        told = told | json.loads(message)

        ear, began, sent = asyncio.create_task(listen()), time.monotonic(), 0
        with suppress(ConnectionClosed):
            while not told:
                await line.send(content)
                sent += SIZE
                ahead = sent * 8 / (most_mbps * 1e6) - (time.monotonic() - began)
                await asyncio.sleep(max(0.0, ahead))
        await ear
    return told.get("Receipt", "")


def tail_mbps(receipt: str) -> float:
    """Return the rate; 0 where the probe had to end the test hard."""
    if not receipt:
        return 0.0
    counts = read_receipt(receipt, KEY.encode()).counts
    found = rate_of([Count(at / 1000, had) for at, had in counts])
    return found.tail_mbps if found else 0.0


async def pump(reader, writer, mbps: float, later_s: float) -> None:
    """Hand bytes on at a rate, each some time later; read no further ahead than that."""
    due: asyncio.Queue = asyncio.Queue()

    async def hand_on() -> None:
        while (one := await due.get()) is not None:
            await asyncio.sleep(max(0.0, one[0] - time.monotonic()))
            writer.write(one[1])
            await writer.drain()
        writer.close()

    handing, free_at = asyncio.create_task(hand_on()), 0.0
    with suppress(ConnectionError):
        while piece := await reader.read(4096):
            free_at = max(free_at, time.monotonic()) + len(piece) * 8 / (mbps * 1e6)
            due.put_nowait((free_at + later_s, piece))
            await asyncio.sleep(max(0.0, free_at - time.monotonic() - 0.02))
    due.put_nowait(None)
    with suppress(ConnectionError):
        await handing


@asynccontextmanager
async def line_of(mbps: float, rtt_ms: float, to: int = PORT):
    """Open a line to a server of this machine, the probe if not told otherwise; give its port."""

    async def relay(reader, writer) -> None:
        plug = narrow()
        plug.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plug, (HOST, to))
        there = await asyncio.open_connection(sock=plug)
        later = rtt_ms / 2000
        await asyncio.gather(
            pump(reader, there[1], mbps, later), pump(there[0], writer, mbps, later),
            return_exceptions=True,
        )  # fmt: skip

    listening = narrow()
    listening.setblocking(False)
    listening.bind((HOST, 0))
    server = await asyncio.start_server(relay, sock=listening)
    try:
        yield listening.getsockname()[1]
    finally:
        server.close()


async def at_once(board: Board, probe: psutil.Process) -> None:
    """Four tests at 25 Mbit/s: all reach it, and the probe has time left on its core."""
    for name, run in (("down", down), ("up", up)):
        before, began = probe.cpu_times(), time.monotonic()
        receipts = await asyncio.gather(*(run(PORT, MBPS) for _ in range(AT_ONCE)))
        after, took = probe.cpu_times(), time.monotonic() - began
        used = after.user + after.system - before.user - before.system
        slowest = min(map(tail_mbps, receipts))
        board.say(
            f"{AT_ONCE} tests {name} at {MBPS:g}: slowest", slowest, "Mbit/s", least=0.95 * MBPS
        )
        board.say(f"{AT_ONCE} tests {name}: share of a core", 100 * used / took, "%", most=100)


async def echoes(port: int, bare_port: int) -> tuple[float, float]:
    """Return the median of echoes on a quiet line, ms: of the probe, and of a bare server beside it.

    What this machine and its relay take of their own is in both; they take turns.
    """
    took: tuple[list[float], list[float]] = ([], [])
    address = f"ws://{HOST}:{port}/echo?ticket={ticket()}"
    reader, writer = await asyncio.open_connection(HOST, bare_port)
    async with connect(address, compression=None, ping_interval=None, proxy=None) as line:
        for number in range(ECHOES):
            began = time.perf_counter()
            await line.send(str(number))
            await line.recv()
            between = time.perf_counter()
            writer.write(b"echo")
            await reader.readexactly(4)
            took[0].append(1000 * (between - began))
            took[1].append(1000 * (time.perf_counter() - between))
            await asyncio.sleep(ECHO_EVERY_S)
    writer.close()
    return quantile(took[0], 0.5), quantile(took[1], 0.5)


@asynccontextmanager
async def bare_echo():
    """Open a server that sends back what comes, and does nothing else; give its port."""

    async def answer(reader, writer) -> None:
        with suppress(ConnectionError):
            while content := await reader.read(64):
                writer.write(content)
        writer.close()

    server = await asyncio.start_server(answer, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def small_packets(board: Board) -> None:
    """Losses that are told against those that were made: in points of a hundred."""
    for share in LOSSES:
        async with lossy_way(UDP_PORT, later_s=UDP_LATER_S, seed=5) as (way, between):
            told = await one_by_udp(way, between, share)
        name = f"UDP, {100 * share:g} in 100 dropped: loss"
        board.say(f"{name} made", 100 * way.lost / COUNT, "%")
        board.say(
            f"{name} off by", 100 * abs(told - way.lost / COUNT), "points", most=MOST_OFF_POINTS
        )


async def one_by_udp(way, between: int, share: float) -> float:
    """Run one test with small packets; return the loss that its receipt tells, 0 to 1."""
    address = f"ws://{HOST}:{PORT}/udp?ticket={ticket(may_send_packets=True)}"
    async with connect(address, compression=None, ping_interval=None, proxy=None) as line:
        page = Browser(line)
        await page.offer()
        answer = await page.hear("Answer")
        way.loss_share = share
        await page.open(answer.replace(f" {HOST} {UDP_PORT} ", f" {HOST} {between} "))
        await page.send(wait_s=2)
        await page.say(Packets=page.told())
        receipt = read_packets(await page.hear("Receipt"), KEY.encode())
        await page.close()
    return sum(rtt is None for _at, rtt in receipt.packets) / COUNT


async def on_lines(board: Board) -> None:
    """One test each way on each line; what a frame and its head take is under half a percent."""
    for mbps, rtt in LINES:
        async with (
            bare_echo() as bare,
            line_of(mbps, rtt, bare) as bare_port,
            line_of(mbps, rtt) as port,
        ):
            ours, theirs = await echoes(port, bare_port)
            board.say(f"bare echo on {mbps:g} Mbit/s, {rtt} ms", theirs, "ms")
            off = 100 * abs(ours / theirs - 1)
            board.say(f"round trip on {mbps:g} Mbit/s, {rtt} ms: off by", off, "%", most=5)
            for name, run in (("down", down), ("up", up)):
                found = tail_mbps(await run(port, 1000))
                off = 100 * abs(found / mbps - 1)
                board.say(f"{name} on {mbps:g} Mbit/s, {rtt} ms: off by", off, "%", most=5)


def has_netem() -> bool:
    """Tell whether this machine can lose and queue packets for us, in a network of its own."""
    asked = ["unshare", "-n", "tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"]
    try:
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def judge(board: Board, only: str = "") -> None:
    """Measure a probe of our own, and say what cannot be measured here."""
    wanted = [one for one in only.split(",") if one] or PARTS
    if unknown := sorted({*wanted} - {*PARTS}):
        sys.exit(f"There is no part {', '.join(unknown)}. Choose from {', '.join(PARTS)}.")
    with tempfile.TemporaryDirectory() as folder:
        settings = {"SERAI_DATA": folder, "SERAI_PROBE_KEY": KEY, "SERAI_PROBE_PORT": str(PORT)}
        settings |= {"SERAI_PROBE_UDP": "yes", "SERAI_PROBE_UDP_PORTS": str(UDP_PORT)}
        given = os.environ | settings | {"DJANGO_SETTINGS_MODULE": "serai.config.settings"}
        with subprocess.Popen(
            [sys.executable, "-m", "django", "run_probe"], env=given, stdout=subprocess.DEVNULL
        ) as probe:
            try:
                wait_until_open()
                if "at_once" in wanted:
                    asyncio.run(at_once(board, psutil.Process(probe.pid)))
                if "lines" in wanted:
                    asyncio.run(on_lines(board))
                if "packets" in wanted:
                    asyncio.run(small_packets(board))
            finally:
                probe.terminate()
    if not has_netem():
        print("Losses and queues of a real line: not measured, this machine has no netem.")
    print(
        f"Other work on this machine: load {os.getloadavg()[0]:.1f}; by the clock it must be quiet."
    )
    print("Against m-lab/ndt-server: not measured, it is not part of this house.")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the probe of connection tests.")
    parser.add_argument("--only", default="", help=f"some of {', '.join(PARTS)}")
    board = Board()
    judge(board, parser.parse_args().only)
    board.end()


def wait_until_open() -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection((HOST, PORT), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("The probe did not open.")


if __name__ == "__main__":
    main()
