"""The protocol as a client sees it, on real sockets of this machine."""

import asyncio
import json
import logging
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from serai.base.probe import Ticket, Way, read_receipt, sign_ticket
from serai.base.probe.server import NDT7, Probe, Terms, listen
from serai.base.probe.spent import Spent

KEY = b"a key of this test"
ABOUT = {"office": "o1"}


@dataclass
class Heard:
    """What a client has from one test."""

    received: int = 0
    sizes: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    code: int = 0

    def said(self, word):
        return [text[word] for text in self.texts if word in text]

    @property
    def receipt(self):
        return read_receipt(self.said("Receipt")[0], KEY)


def ticket(number="t1", *, most_bytes=2_000_000, seconds=5.0, expires_in=60, key=KEY):
    return sign_ticket(Ticket(number, most_bytes, seconds, time.time() + expires_in, ABOUT), key)


@asynccontextmanager
async def point(**terms):
    spent = Spent()
    server = await listen(Probe(Terms(key=KEY, **terms), spent), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
        spent.close()


def door(port, path, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return connect(
        f"ws://127.0.0.1:{port}{path}?{query}",
        subprotocols=[NDT7] if path.startswith("/ndt") else None,
        compression=None,
        max_size=2**24,
        proxy=None,
    )


async def down(port, *, counts=False, **asked):
    """A small ndt7 client that downloads; with `counts` it tells what it has, as our page does."""
    heard, began = Heard(), time.monotonic()
    async with door(port, "/ndt/v7/download", **({"counts": 1} if counts else {}), **asked) as line:
        try:
            while True:
                message = await line.recv()
                if isinstance(message, bytes):
                    heard.received += len(message)
                    heard.sizes.append(len(message))
                    continue
                heard.texts.append(json.loads(message))
                if counts and "Done" in heard.texts[-1]:
                    at = round((time.monotonic() - began) * 1e6)
                    app = {"ElapsedTime": at, "NumBytes": heard.received}
                    await line.send(json.dumps({"AppInfo": app, "Latest": True}))
        except ConnectionClosed as closed:
            heard.code = closed.rcvd.code if closed.rcvd else 0
    return heard


async def up(port, size=2**13, pause=0.0, **asked):
    """A small ndt7 client that uploads until the other side closes."""
    heard = Heard()
    async with door(port, "/ndt/v7/upload", **asked) as line:

        async def listen_():
            async for message in line:
                heard.texts.append(json.loads(message))

        ear = asyncio.create_task(listen_())
        try:
            while True:
                await line.send(bytes(size))
                heard.received += size
                await asyncio.sleep(pause)
        except ConnectionClosed as closed:
            heard.code = closed.rcvd.code if closed.rcvd else 0
        await ear
    return heard


def run(go):
    return asyncio.run(asyncio.wait_for(go(), 30))


def test_a_download_stops_at_its_bytes_and_closes_cleanly():
    async def go():
        async with point() as port:
            return await down(port, ticket=ticket(), counts=True)

    heard = run(go)

    assert (heard.received, heard.code) == (2_000_000, 1000)
    assert (heard.sizes[0], max(heard.sizes) <= 2**20) == (2**13, True)
    assert (heard.receipt.way, heard.receipt.sent_bytes) == (Way.DOWNLOAD, 2_000_000)
    assert heard.receipt.counts[-1][1] == 2_000_000
    assert (heard.receipt.is_cut_short, heard.receipt.about) == (False, ABOUT)


def test_a_download_stops_at_its_seconds_and_tells_at_most_ten_times_a_second():
    async def go():
        async with point(seconds=1.0) as port:
            return await down(port, ticket=ticket(most_bytes=10**12))

    heard = run(go)
    told = heard.said("AppInfo")

    assert heard.code == 1000
    assert 1 <= len(told) <= 10
    assert set(told[0]) == {"ElapsedTime", "NumBytes"}
    assert heard.receipt.counts == ()


def test_random_bytes_do_not_repeat_within_what_is_compressed():
    import zlib

    from serai.base.probe.transfers import RANDOM

    assert len(zlib.compress(bytes(RANDOM[: 2**17]), 9)) > 2**17


def test_an_upload_is_counted_by_the_probe_and_stops_at_its_bytes():
    async def go():
        async with point() as port:
            return await up(port, ticket=ticket(most_bytes=500_000))

    heard = run(go)
    counted = heard.receipt.counts[-1][1]

    assert heard.code == 1000
    assert 500_000 <= counted < 500_000 + 2**13
    assert (heard.receipt.way, heard.receipt.is_cut_short) == (Way.UPLOAD, False)


def test_an_upload_stops_at_its_seconds():
    async def go():
        async with point(seconds=0.6) as port:
            return await up(port, ticket=ticket(), pause=0.02)

    heard = run(go)

    assert heard.code == 1000
    assert 500 <= heard.receipt.counts[-1][0] <= 700
    assert len(heard.said("AppInfo")) in {1, 2}


def test_large_messages_of_other_clients_are_taken():
    async def go():
        async with point() as port:
            return await up(port, size=2**24, ticket=ticket(most_bytes=2**24))

    assert run(go).receipt.counts[-1][1] == 2**24


def test_what_hangs_is_ended_hard():
    async def go():
        async with (
            point(seconds=5, hard_stop_s=0.3) as port,
            door(port, "/ndt/v7/upload", ticket=ticket()) as line,
        ):
            try:
                while True:
                    await line.recv()
            except ConnectionClosed as ended:
                return ended.rcvd

    assert run(go) is None


def test_a_person_may_stop():
    async def go():
        async with point() as port, door(port, "/ndt/v7/upload", ticket=ticket()) as line:
            await line.send(bytes(2**13))
            await line.send('{"Stop":true}')
            async for message in line:
                if "Receipt" in message:
                    return json.loads(message)["Receipt"]
        return None

    receipt = read_receipt(run(go), KEY)

    assert (receipt.is_cut_short, receipt.counts[-1][1]) == (True, 2**13)


def test_a_person_may_stop_a_download():
    async def go():
        async with (
            point() as port,
            door(port, "/ndt/v7/download", ticket=ticket(most_bytes=10**12)) as line,
        ):
            await line.send('{"Stop":true}')
            async for message in line:
                if isinstance(message, str) and "Receipt" in message:
                    return json.loads(message)["Receipt"]
        return None

    assert read_receipt(run(go), KEY).is_cut_short is True


@pytest.mark.parametrize(
    ("at_us", "count"),
    [(10_000, 10**9), (10**9, 0), (-5_000_000, 10), ("x", 10), (10_000, None)],
    ids=["more than sent", "in the future", "before", "words", "nothing"],
)
def test_a_count_that_cannot_be_is_left_out(at_us, count):
    async def go():
        async with point() as port:
            asked = {"ticket": ticket(), "counts": 1}
            async with door(port, "/ndt/v7/download", **asked) as line:
                async for message in line:
                    if isinstance(message, str) and "Done" in message:
                        app = {"ElapsedTime": at_us, "NumBytes": count}
                        await line.send(json.dumps({"AppInfo": app, "Latest": True}))
                    if isinstance(message, str) and "Receipt" in message:
                        return json.loads(message)["Receipt"]
        return None

    assert read_receipt(run(go), KEY).counts == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ticket(expires_in=-1), "expired"),
        (ticket(key=b"another"), "forged"),
        ("nonsense", "forged"),
    ],
    ids=["expired", "another key", "nonsense"],
)
def test_a_bad_ticket_moves_no_bytes(given, said):
    async def go():
        async with point() as port:
            return await down(port, ticket=given)

    heard = run(go)

    assert (heard.received, heard.texts, heard.code) == (0, [{"Refused": said}], 1008)


def test_a_ticket_is_good_once_each_way():
    async def go():
        async with point() as port:
            first = await down(port, ticket=ticket())
            other_way = await up(port, ticket=ticket())
            again = await down(port, ticket=ticket())
        return first, other_way, again

    first, other_way, again = run(go)

    assert (first.code, other_way.code) == (1000, 1000)
    assert (again.received, again.said("Refused")) == (0, ["used"])


def test_a_client_without_a_ticket_is_refused_in_words():
    async def go():
        async with point() as port:
            await down(port)

    with pytest.raises(InvalidStatus) as refused:
        run(go)

    response = refused.value.response
    assert response.status_code == 403
    assert response.body == b"This point tests with a ticket only. Ask its secretariat for one.\n"


def test_a_client_without_a_ticket_completes_at_an_open_point():
    async def go():
        async with point(is_open=True, seconds=0.3) as port:
            return await down(port), await up(port)

    first, other = run(go)

    assert (first.code, other.code) == (1000, 1000)
    assert (first.received > 0, first.said("Receipt"), other.said("Receipt")) == (True, [], [])


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/other", 404)], ids=["the point itself", "no such page"]
)
def test_other_addresses_are_answered_plainly(path, status):
    async def go():
        async with point() as port, door(port, path):
            pass

    with pytest.raises(InvalidStatus) as answered:
        run(go)

    assert answered.value.response.status_code == status


def test_without_the_subprotocol_nothing_runs():
    async def go():
        async with (
            point() as port,
            connect(f"ws://127.0.0.1:{port}/ndt/v7/download", proxy=None),
        ):
            pass

    with pytest.raises(InvalidStatus) as answered:
        run(go)

    assert answered.value.response.status_code == 400


def test_small_packets_are_refused_where_they_are_not_taken():
    async def go():
        async with point() as port, door(port, "/udp", ticket=ticket()) as line:
            return json.loads(await line.recv())

    assert run(go) == {"Refused": "no_udp"}


def test_no_compression_is_agreed():
    async def go():
        async with point() as port:
            address = f"ws://127.0.0.1:{port}/echo?ticket={ticket()}"
            async with connect(address, compression="deflate", proxy=None) as line:
                return line.response.headers.get("Sec-WebSocket-Extensions")

    assert run(go) is None


def test_short_words_come_back_and_long_ones_end_it():
    async def go():
        async with point() as port, door(port, "/echo", ticket=ticket()) as line:
            await line.send("1")
            answer = await line.recv()
            await line.send("x" * 65)
            with pytest.raises(ConnectionClosed):
                await line.recv()
        return answer

    assert run(go) == "1"


def test_the_fifth_waits_and_is_told():
    async def go():
        async with point(at_once=1, seconds=0.5) as port:
            first = asyncio.create_task(down(port, ticket=ticket("a", most_bytes=10**12)))
            await asyncio.sleep(0.1)
            return await down(port, ticket=ticket("b")), await first

    second, first = run(go)

    assert (first.said("Queue"), second.said("Queue")) == ([], [1])
    assert (second.code, second.received) == (1000, 2_000_000)


def test_a_full_queue_is_told():
    async def go():
        async with point(at_once=1, most_waiting=0, seconds=0.5) as port:
            first = asyncio.create_task(down(port, ticket=ticket("a", most_bytes=10**12)))
            await asyncio.sleep(0.1)
            second = await down(port, ticket=ticket("b"))
            await first
        return second

    second = run(go)

    assert (second.said("Refused"), second.code, second.received) == (["busy"], 1013, 0)


def test_no_address_is_logged_or_stored(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    kept = tmp_path / "probe.sqlite3"

    async def go():
        spent = Spent(str(kept))
        server = await listen(Probe(Terms(key=KEY), spent), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        heard = await down(port, ticket=ticket(), counts=True)
        broken = await asyncio.open_connection("127.0.0.1", port)
        broken[1].write(b"no request at all\r\n\r\n")
        await broken[0].read()
        broken[1].close()
        server.close()
        await server.wait_closed()
        spent.close()
        return heard

    heard = run(go)
    ours = [
        one for one in caplog.records if not one.name.startswith(("websockets.client", "asyncio"))
    ]

    assert ours == []
    assert b"127.0.0.1" not in kept.read_bytes()
    assert "127.0.0.1" not in json.dumps(heard.texts) + str(heard.receipt)
