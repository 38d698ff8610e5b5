"""Receipts of small packets: what they say of UDP, and what counts for figures."""

import pytest

from serai.base.probe import End, PacketReceipt, sign_packets
from serai.calc.network import Probe
from serai.readiness.actions.small_packets import FEWEST_PACKETS, Heard, heard
from serai.readiness.states import UdpPath

KEY = b"a key of this test"
EVERY_MS = 20


def receipt(answers, *, end=End.DONE, number="t1", key=KEY):
    packets = tuple((at * EVERY_MS, rtt) for at, rtt in enumerate(answers))
    return sign_packets(PacketReceipt(number, end, packets, 1_000, {}), key)


def hear(text, *, is_missing=False):
    return heard(text, is_missing=is_missing, number="t1", key=KEY)


@pytest.mark.parametrize(
    ("text", "is_missing", "udp"),
    [
        ("", False, UdpPath.NOT_TRIED),
        ("", True, UdpPath.NOT_MEASURABLE),
        (receipt([], end=End.SILENT), False, UdpPath.BLOCKED),
        # A receipt is worth more than what the browser says.
        (receipt([], end=End.SILENT), True, UdpPath.BLOCKED),
        (receipt([None] * 500), False, UdpPath.BLOCKED),
        (receipt([2_001.0] * 500), False, UdpPath.BLOCKED),
        (receipt([50.0] * 500), False, UdpPath.OPEN),
        (receipt([50.0, None], end=End.STOPPED), False, UdpPath.OPEN),
        (receipt([], end=End.STOPPED), False, UdpPath.NOT_TRIED),
        (receipt([None] * 249, end=End.STOPPED), False, UdpPath.NOT_TRIED),
        (receipt([None] * 250, end=End.STOPPED), False, UdpPath.BLOCKED),
    ],
    ids=[
        "nothing", "browser cannot", "silent", "silent, and a word", "none answered",
        "all too late", "answered", "stopped, one answered", "stopped at once", "stopped early",
        "stopped after five seconds",
    ],
)  # fmt: skip
def test_what_is_said_of_udp(text, is_missing, udp):
    found = hear(text, is_missing=is_missing)

    assert (found.udp, found.is_ours) == (udp, True)


def test_packets_become_probes_in_seconds():
    found = hear(receipt([50.0] * 499 + [None]))

    assert len(found.probes) == 500
    assert found.probes[:2] == (Probe(0.0, 50.0), Probe(0.02, 50.0))
    assert found.series[-1] == (499 * EVERY_MS, None)


def test_too_few_are_kept_and_not_counted():
    found = hear(receipt([50.0] * (FEWEST_PACKETS - 1), end=End.STOPPED))

    assert (found.probes, len(found.series)) == ((), FEWEST_PACKETS - 1)


@pytest.mark.parametrize(
    "told", [{"key": b"another"}, {"number": "anothers"}], ids=["another key", "another ticket"]
)
def test_what_is_not_signed_for_this_ticket_is_not_ours(told):
    found = hear(receipt([50.0] * 500, **told))

    assert (found.is_ours, found.udp, len(found.probes)) == (False, UdpPath.OPEN, 500)


def test_nonsense_says_nothing():
    assert hear("nonsense") == Heard(UdpPath.NOT_TRIED, is_ours=False)
