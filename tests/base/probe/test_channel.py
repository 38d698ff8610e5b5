"""A channel over UDP on this machine, with a client by aiortc; a way between that loses packets."""

import asyncio
import json
import logging
import socket
import time
from contextlib import asynccontextmanager

import aioice.ice
import pytest
from tests.base.probe.packet_client import COUNT, HERE, Browser, lossy_way
from websockets.asyncio.client import connect

from serai.base.probe import End, Ticket, read_packets, sign_ticket
from serai.base.probe import channel as channels
from serai.base.probe.channel import DataChannels, Place, read_offer
from serai.base.probe.packets import NotTold
from serai.base.probe.server import Probe, Terms, listen
from serai.base.probe.spent import Spent

KEY = b"a key of this test"
OFFER = "\r\n".join(
    (
        "a=ice-ufrag:abcd",
        "a=ice-pwd:" + "p" * 22,
        "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
        "a=mid:0",
        "a=sctp-port:5000",
    )
)


@pytest.fixture(autouse=True)
def own_addresses(monkeypatch):
    """Put back what a client changes."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", aioice.ice.get_host_addresses)


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind((HERE, 0))
        return found.getsockname()[1]


def ticket(number="t1", *, may_send_packets=True):
    given = Ticket(number, 1, 1, time.time() + 60, {"office": "o1"}, may_send_packets)
    return sign_ticket(given, KEY)


@asynccontextmanager
async def point(port, **terms):
    spent = Spent()
    place = DataChannels(Place(HERE, HERE, range(port, port + 1)))
    server = await listen(Probe(Terms(key=KEY, **terms), spent, place), HERE, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
        spent.close()


@asynccontextmanager
async def browser(point_port, given):
    address = f"ws://{HERE}:{point_port}/udp?ticket={given}"
    async with connect(address, compression=None, proxy=None) as line:
        found = Browser(line)
        try:
            yield found
        finally:
            await found.close()


async def whole_test(page, count, *, way=None, own_port=0, loss_share=0.0, wait_s=0.3):
    """Offer, open, send, tell; return the receipt."""
    await page.offer()
    answer = await page.hear("Answer")
    if way is not None:
        answer = answer.replace(f" {HERE} {own_port} ", f" {HERE} {way[1]} ")
        way[0].loss_share = loss_share
    await page.open(answer)
    await page.send(count, wait_s=wait_s)
    await page.say(Packets=page.told())
    return read_packets(await page.hear("Receipt"), KEY)


def run(go):
    return asyncio.run(asyncio.wait_for(go(), 60))


@pytest.mark.slow
def test_500_packets_come_back_and_are_signed():
    async def go():
        async with point(free_port()) as at, browser(at, ticket()) as page:
            return await whole_test(page, COUNT)

    receipt = run(go)

    assert (receipt.number, receipt.end, receipt.about) == ("t1", End.DONE, {"office": "o1"})
    assert len(receipt.packets) == COUNT
    assert [rtt for _at, rtt in receipt.packets if rtt is None] == []


@pytest.mark.slow
def test_loss_on_the_way_is_told_within_half_a_point():
    # Of more than some percent aiortc's own sender, of this client, may stop sending for good
    # (aiortc/aiortc#1086): browsers do not, see tests/journeys/test_small_packets.py.
    loss_share = 0.02
    port = free_port()

    async def go():
        async with (
            point(port) as at,
            lossy_way(port, later_s=0.025, seed=7) as way,
            browser(at, ticket()) as page,
        ):
            receipt = await whole_test(
                page, COUNT, way=way, own_port=port, loss_share=loss_share, wait_s=1.5
            )
            return receipt, way[0].lost

    receipt, lost = run(go)
    told = sum(rtt is None for _at, rtt in receipt.packets)

    assert lost > 0
    assert abs(told - lost) / COUNT <= 0.005
    assert min(rtt for _at, rtt in receipt.packets if rtt is not None) >= 50


def test_who_stops_early_has_what_was_sent():
    async def go():
        async with point(free_port()) as at, browser(at, ticket()) as page:
            return await whole_test(page, 5)

    receipt = run(go)

    assert (receipt.end, len(receipt.packets)) == (End.STOPPED, 5)


def test_where_nothing_comes_through_the_receipt_says_so(monkeypatch):
    monkeypatch.setattr(channels, "SILENT_S", 0.3)

    async def go():
        async with point(free_port()) as at, browser(at, ticket()) as page:
            await page.offer()
            return read_packets(await page.hear("Receipt"), KEY)

    receipt = run(go)

    assert (receipt.end, receipt.packets) == (End.SILENT, ())


def test_where_the_channel_does_not_open_the_receipt_says_so(monkeypatch):
    monkeypatch.setattr(channels, "OPENED_WITHIN_S", 0.0)

    async def go():
        async with point(free_port()) as at, browser(at, ticket()) as page:
            await page.offer()
            answer = await page.hear("Answer")
            opening = asyncio.create_task(page.open(answer))
            receipt = read_packets(await page.hear("Receipt"), KEY)
            opening.cancel()
            return receipt

    assert run(go).end is End.SILENT


def test_a_ticket_without_consent_to_packets_opens_no_port():
    async def go():
        async with (
            point(free_port()) as at,
            browser(at, ticket(may_send_packets=False)) as page,
        ):
            return await page.hear("Refused")

    assert run(go) == "no_udp"


@pytest.mark.parametrize(
    "said",
    ["nonsense", "[]", '{"Offer": 1}', '{"Offer": "v=0"}', json.dumps({"Offer": "a" * 9_000})],
    ids=["nonsense", "a list", "a number", "no offer", "too long"],
)
def test_what_is_no_offer_is_refused(said):
    async def go():
        address = "ws://{}:{}/udp?ticket={}"
        async with (
            point(free_port()) as at,
            connect(address.format(HERE, at, ticket()), proxy=None) as line,
        ):
            await line.send(said)
            return json.loads(await line.recv())

    assert run(go) == {"Refused": "no_udp"}


def test_without_a_free_port_it_is_refused_and_not_called_blocked():
    async def go():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind((HERE, 0))
            async with (
                point(taken.getsockname()[1]) as at,
                browser(at, ticket()) as page,
            ):
                await page.offer()
                return await page.hear("Refused")

    assert run(go) == "no_udp"


def test_who_comes_second_waits_for_the_port_and_is_told(monkeypatch):
    monkeypatch.setattr(channels, "SILENT_S", 0.5)

    async def go():
        async with (
            point(free_port(), packets_at_once=1) as at,
            browser(at, ticket("a")) as first,
            browser(at, ticket("b")) as second,
        ):
            await first.offer()
            await first.hear("Answer")
            await second.offer()
            await second.hear("Receipt")
            return [text for text in second.texts if "Queue" in text]

    assert run(go)[0] == {"Queue": 1}


def test_the_answer_names_our_address_and_no_stranger():
    async def go():
        place = Place(HERE, "203.0.113.5", range(free_port(), 65_000))
        async with DataChannels(place).open(OFFER, lambda _message: None) as channel:
            return channel.answer

    answer = run(go)

    assert "a=candidate:1 1 udp 2130706431 203.0.113.5 " in answer
    assert (HERE in answer, answer.count("a=candidate")) == (False, 1)


def test_an_address_of_the_newer_kind_is_told_as_such():
    async def go():
        place = Place(HERE, "2001:db8::5", range(free_port(), 65_000))
        async with DataChannels(place).open(OFFER, lambda _message: None) as channel:
            return channel.answer

    assert "c=IN IP6 2001:db8::5" in run(go)


@pytest.mark.parametrize("line", OFFER.split("\r\n"), ids=lambda line: line[2:9])
def test_an_offer_that_lacks_a_line_is_none(line):
    with pytest.raises(NotTold):
        read_offer(OFFER.replace(line, ""))


def test_no_address_is_logged(caplog):
    caplog.set_level(logging.DEBUG)

    async def go():
        async with point(free_port()) as at, browser(at, ticket()) as page:
            return await whole_test(page, 3)

    run(go)
    ours = [one for one in caplog.records if not one.name.startswith(("websockets", "asyncio"))]

    assert ours == []
