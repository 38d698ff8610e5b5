"""A small client of the probe's small packets, by aiortc, and a way between that loses some."""

import asyncio
import json
import random
import time
from contextlib import asynccontextmanager

import aioice.ice
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

HERE = "127.0.0.1"
# A packet of 172 bytes travels in 250 or so, several together in more; what only confirms is smaller.
# What arranges the channel is larger, and comes before the first packet.
LEAST_WITH_PACKET, MOST_ALONE = 220, 280
COUNT, EVERY_S = 500, 0.02


class LossyWay(asyncio.DatagramProtocol):
    """Hands packets on, later and not all: what is lost is drawn by a seed.

    Attributes:
        lost: how many that held a small packet it has dropped.
        loss_share: of those on the way to the probe, from the first on.
    """

    def __init__(self, port, *, later_s=0.0, seed=1):
        self._there = (HERE, port)
        self._later_s = later_s
        self._dice = random.Random(seed)
        self._here = None
        self._has_begun = False
        self.loss_share = 0.0
        self.lost = 0

    def connection_made(self, transport):
        self._transport = transport

    def datagram_received(self, content, address):
        if address == self._there:
            self._send(content, self._here)
            return
        self._here = address
        is_packet = len(content) >= LEAST_WITH_PACKET
        self._has_begun |= is_packet and len(content) <= MOST_ALONE
        if self._has_begun and is_packet and self._dice.random() < self.loss_share:
            self.lost += 1
            return
        self._send(content, self._there)

    def _send(self, content, address):
        loop = asyncio.get_running_loop()
        loop.call_later(self._later_s, self._hand_on, content, address)

    def _hand_on(self, content, address):
        if not self._transport.is_closing():
            self._transport.sendto(content, address)


@asynccontextmanager
async def lossy_way(port, **kind):
    loop = asyncio.get_running_loop()
    transport, way = await loop.create_datagram_endpoint(
        lambda: LossyWay(port, **kind), local_addr=(HERE, 0)
    )
    try:
        yield way, transport.get_extra_info("sockname")[1]
    finally:
        transport.close()


class Browser:
    """What the page does, in Python."""

    def __init__(self, line):
        self._line = line
        # Of all addresses of this machine only this one; and no stranger's server is asked.
        aioice.ice.get_host_addresses = lambda **_wanted: [HERE]
        self._peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._channel = self._peer.createDataChannel("packets", ordered=False, maxRetransmits=0)
        self._opened = asyncio.Event()
        self._channel.on("open", self._opened.set)
        self._channel.on("message", self._hear)
        self.back = {}
        self.sent = []
        self.texts = []

    async def say(self, **said):
        await self._line.send(json.dumps(said))

    async def offer(self):
        await self._peer.setLocalDescription(await self._peer.createOffer())
        lines = self._peer.localDescription.sdp.split("\r\n")
        await self.say(Offer="\r\n".join(one for one in lines if "candidate" not in one))

    async def hear(self, word):
        async for message in self._line:
            self.texts.append(json.loads(message))
            if word in self.texts[-1]:
                return self.texts[-1][word]
        return None

    async def open(self, answer):
        await self._peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        await self._opened.wait()

    def _ms(self):
        return (time.perf_counter() - self._began) * 1000

    def _hear(self, message):
        number, token = (int.from_bytes(message[at : at + 2], "big") for at in (0, 2))
        self.back[number] = (self._ms() - self.sent[number], token)

    async def send(self, count=COUNT, *, wait_s=0.3):
        self._began = time.perf_counter()
        for number in range(count):
            await asyncio.sleep(max(0.0, number * EVERY_S - self._ms() / 1000))
            self.sent.append(self._ms())
            self._channel.send(number.to_bytes(2, "big") + bytes(170))
        await asyncio.sleep(wait_s)

    def told(self):
        return [[at, *self.back.get(number, (None, None))] for number, at in enumerate(self.sent)]

    async def close(self):
        await self._peer.close()
