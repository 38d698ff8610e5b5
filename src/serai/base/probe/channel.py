"""A data channel to a browser over UDP: without order and repeats, from a port of our own.

Only this file knows aiortc, an optional package; the probe imports it where it is to take small
packets. Nobody else's server is asked (no STUN, no TURN): the browser comes to our one address, and
where it comes from is learnt from its packets, used while they last, and kept nowhere.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aioice import Candidate, Connection
from aioice.candidate import candidate_foundation, candidate_priority
from aioice.ice import StunProtocol
from aiortc import (
    RTCCertificate,
    RTCDataChannel,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
    RTCSctpCapabilities,
    RTCSctpTransport,
)

from serai.base.probe.packets import Answering, NotTold

# A firewall that drops packets says nothing: what has not come by then is taken for stopped.
SILENT_S, OPENED_WITHIN_S = 5.0, 15.0
SCTP_PORT, LARGEST_MESSAGE = 5000, 65536
_OFFERED = {
    "user": re.compile(r"^a=ice-ufrag:([\w+/-]{4,256})\s*$", re.MULTILINE | re.ASCII),
    "password": re.compile(r"^a=ice-pwd:([\w+/-]{22,256})\s*$", re.MULTILINE | re.ASCII),
    "fingerprint": re.compile(
        r"^a=fingerprint:sha-256 ((?:[\dA-F]{2}:){31}[\dA-F]{2})\s*$",
        re.MULTILINE | re.IGNORECASE | re.ASCII,
    ),
    "mid": re.compile(r"^a=mid:(\w{1,16})\s*$", re.MULTILINE | re.ASCII),
    "port": re.compile(r"^a=sctp-port:(\d{1,5})\s*$", re.MULTILINE | re.ASCII),
}
ANSWER = """v=0
o=- 1 1 IN {family} {address}
s=-
t=0 0
a=group:BUNDLE {mid}
m=application {port} UDP/DTLS/SCTP webrtc-datachannel
c=IN {family} {address}
a=candidate:1 1 udp {priority} {address} {port} typ host
a=end-of-candidates
a=mid:{mid}
a=ice-ufrag:{user}
a=ice-pwd:{password}
a=fingerprint:sha-256 {fingerprint}
a=setup:active
a=sctp-port:{sctp_port}
a=max-message-size:{largest}
"""


@dataclass(frozen=True)
class Place:
    """Where packets come to.

    Attributes:
        host: the address of this machine that is listened at.
        address: the one that browsers are told; another where a router stands between.
        ports: each holds one test.
    """

    host: str
    address: str
    ports: range


class _OnePort(Connection):
    """The way packets find: our one address, the first port that is free."""

    def __init__(self, place: Place) -> None:
        super().__init__(ice_controlling=False)
        self._place = place

    async def get_component_candidates(
        self,
        component: int,
        addresses: list[str],  # all of this machine's, which we do not tell
        timeout: int = 5,  # nobody is asked
    ) -> list[Candidate]:
        loop = asyncio.get_running_loop()
        for port in self._place.ports:
            try:
                _transport, protocol = await loop.create_datagram_endpoint(
                    lambda: StunProtocol(self), local_addr=(self._place.host, port)
                )
            except OSError:
                continue
            protocol.local_candidate = Candidate(
                foundation=candidate_foundation("host", "udp", self._place.address),
                component=component,
                transport="udp",
                priority=candidate_priority(component, "host"),
                host=self._place.address,
                port=protocol.transport.get_extra_info("sockname")[1],
                type="host",
            )
            self._protocols.append(protocol)
            return [protocol.local_candidate]
        return []


class _Gatherer(RTCIceGatherer):
    """Gathers our one way, instead of asking a stranger's server for ours."""

    def __init__(self, line: Connection) -> None:
        super().__init__(iceServers=[])
        self._connection = line


def read_offer(text: str) -> dict[str, str]:
    """Return what is needed of a browser's offer.

    Raises:
        NotTold: if it lacks something.
    """
    found = {name: line.search(text) for name, line in _OFFERED.items()}
    if missing := [name for name, one in found.items() if one is None]:
        raise NotTold(f"offer: {missing}")
    return {name: one.group(1) for name, one in found.items() if one}


class DataChannel:
    """One browser's."""

    def __init__(
        self,
        place: Place,
        certificate: RTCCertificate,
        offered: dict[str, str],
        answering: Answering,
    ) -> None:
        self._offered = offered
        self._answering = answering
        self._has_channel = asyncio.Event()
        self._gatherer = _Gatherer(_OnePort(place))
        self._ice = RTCIceTransport(self._gatherer)
        self._dtls = RTCDtlsTransport(self._ice, [certificate])
        self._sctp = RTCSctpTransport(self._dtls, SCTP_PORT)
        self._sctp.on("datachannel", self._echo)
        self.answer = ""

    async def listen(self) -> None:
        """Take a port and say what the browser needs.

        Raises:
            OSError: if none is free.
        """
        await self._gatherer.gather()
        candidates = self._gatherer.getLocalCandidates()
        if not candidates:
            raise OSError("No UDP port is free.")
        ours = self._gatherer.getLocalParameters()
        prints = self._dtls.getLocalParameters().fingerprints
        self.answer = ANSWER.format(
            family="IP6" if ":" in candidates[0].ip else "IP4",
            address=candidates[0].ip, port=candidates[0].port, priority=candidates[0].priority,
            mid=self._offered["mid"], user=ours.usernameFragment, password=ours.password,
            fingerprint=next(one.value for one in prints if one.algorithm == "sha-256"),
            sctp_port=SCTP_PORT, largest=LARGEST_MESSAGE,
        ).replace("\n", "\r\n")  # fmt: skip

    async def connect(self) -> bool:
        """Wait for the browser's packets and its channel; False where they do not come."""
        theirs = RTCIceParameters(self._offered["user"], self._offered["password"])
        seal = RTCDtlsFingerprint("sha-256", self._offered["fingerprint"])
        try:
            async with asyncio.timeout(SILENT_S):
                await self._ice.start(theirs)
            async with asyncio.timeout(OPENED_WITHIN_S):
                if self._ice.state != "completed":
                    return False
                await self._dtls.start(RTCDtlsParameters([seal]))
                if self._dtls.state != "connected":
                    return False
                await self._sctp.start(
                    RTCSctpCapabilities(LARGEST_MESSAGE), int(self._offered["port"])
                )
                await self._has_channel.wait()
        except TimeoutError:
            return False
        return True

    def _echo(self, channel: RTCDataChannel) -> None:
        def send_back(message: object) -> None:
            answer = self._answering(message)
            if answer is not None and channel.readyState == "open":
                channel.send(answer)

        channel.on("message", send_back)
        self._has_channel.set()

    async def close(self) -> None:
        """Give the port back."""
        await self._sctp.stop()
        await self._dtls.stop()
        await self._ice.stop()


class DataChannels:
    """Opens channels at one place."""

    def __init__(self, place: Place) -> None:
        # The packages' own log names addresses.
        for name in ("aioice", "aiortc"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._place = place
        self._certificate = RTCCertificate.generateCertificate()

    @asynccontextmanager
    async def open(self, offer: str, answering: Answering) -> AsyncIterator[DataChannel]:
        """Open a channel for as long as the context lasts.

        Raises:
            NotTold: if the offer is none.
            OSError: if no port is free.
        """
        channel = DataChannel(self._place, self._certificate, read_offer(offer), answering)
        try:
            await channel.listen()
            yield channel
        finally:
            await channel.close()
