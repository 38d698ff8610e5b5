"""What a test with small packets over UDP says: its receipt, read and judged."""

from dataclasses import dataclass

from serai.base.probe import End, NotSigned, PacketReceipt, claimed_packets, read_packets
from serai.calc.network import Probe
from serai.readiness.states import UdpPath

# Five seconds: of fewer packets a share of losses says little.
FEWEST_PACKETS = 250


@dataclass(frozen=True)
class Heard:
    """What came of small packets.

    Attributes:
        udp: whether they come through.
        probes: what figures are counted of; none where too few were sent.
        is_ours: our probe signed it for this ticket, or nothing was handed in.
        series: sent, ms since the first; answered after, ms, or None.
    """

    udp: UdpPath
    probes: tuple[Probe, ...] = ()
    is_ours: bool = True
    series: tuple[tuple[int, float | None], ...] = ()


def heard(text: str, *, is_missing: bool, number: str, key: bytes) -> Heard:
    """Read a receipt of small packets.

    Args:
        text: as the browser hands it in; "" where there is none.
        is_missing: the browser says that it can send none: then nothing is known of the line.
        number: of the ticket.
        key: of the probe's receipts.
    """
    if not text:
        return Heard(UdpPath.NOT_MEASURABLE if is_missing else UdpPath.NOT_TRIED)
    receipt, is_ours = _receipt(text, number, key)
    if receipt is None:
        return Heard(UdpPath.NOT_TRIED, is_ours=False)
    probes = tuple(Probe(sent_ms / 1000, rtt_ms) for sent_ms, rtt_ms in receipt.packets)
    is_enough = len(probes) >= FEWEST_PACKETS
    return Heard(
        _path(receipt.end, probes, is_enough=is_enough),
        probes if is_enough else (),
        is_ours,
        receipt.packets,
    )


def _receipt(text: str, number: str, key: bytes) -> tuple[PacketReceipt | None, bool]:
    try:
        receipt = read_packets(text, key)
    except NotSigned:
        return claimed_packets(text), False
    return receipt, receipt.number == number


def _path(end: End, probes: tuple[Probe, ...], *, is_enough: bool) -> UdpPath:
    """Say whether packets come through; of a test stopped too early nothing is said."""
    if any(one.is_answered for one in probes):
        return UdpPath.OPEN
    return UdpPath.BLOCKED if end is End.SILENT or is_enough else UdpPath.NOT_TRIED
