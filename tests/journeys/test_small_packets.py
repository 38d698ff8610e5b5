"""A connection test with small packets: a real browser, a real point, a way that loses some.

The point listens at 127.0.0.1 and tells browsers to send to 127.0.0.2, where the way stands between.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
from playwright.sync_api import expect
from tests.base.probe.packet_client import COUNT, LossyWay
from tests.journeys.house import ROOT, UNTIL_OPEN, environment, free_port, manage

HERE, BETWEEN = "127.0.0.1", "127.0.0.2"
LATER_S, LOSS_SHARE = 0.03, 0.05
# The sample has no office of its own yet.
OFFICE = """
from serai.members.models import Grant
from tests.factories.readiness import probe_point, probed_office
of = Grant.objects.filter(role="lead", until_on=None).order_by("id")
for one in of:
    probed_office(organisation=one.organisation, name="Tested office")
probe_point(name="Own point", url="http://127.0.0.1:{port}")
"""


class Between(threading.Thread):
    """The lossy way, in a loop of its own."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self._port = port
        self._loop = asyncio.new_event_loop()
        self.way = LossyWay(port, later_s=LATER_S, seed=11)

    def run(self):
        asyncio.set_event_loop(self._loop)
        opening = self._loop.create_datagram_endpoint(
            lambda: self.way, local_addr=(BETWEEN, self._port)
        )
        transport, _way = self._loop.run_until_complete(opening)
        self._loop.run_forever()
        transport.close()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def stop(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self.join(5)


@pytest.fixture(scope="module")
def point(house):
    """A point that takes small packets; its UDP port."""
    port, udp = free_port(), free_port()
    manage(house.folder, "shell", "-c", OFFICE.format(port=port))
    given = environment(house.folder, house.port) | {
        "SERAI_PROBE_PORT": str(port),
        "SERAI_PROBE_UDP": "yes",
        "SERAI_PROBE_UDP_ADDRESS": BETWEEN,
        "SERAI_PROBE_UDP_PORTS": str(udp),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "django", "run_probe"],
        cwd=ROOT,
        env=given,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as probe:
        until = time.monotonic() + UNTIL_OPEN
        while time.monotonic() < until:
            with socket.socket() as door:
                if not door.connect_ex((HERE, port)):
                    break
            time.sleep(0.1)
        yield udp
        os.killpg(probe.pid, signal.SIGTERM)


def run_a_test(visit, wired, script=""):
    """Agree, start, and wait for the result; return figures of the run.

    What is exactly as a moment ago would be asked back, so each test says something else of its wire.
    """
    page = visit.page
    if script:
        page.add_init_script(script)
    (office,) = visit.house.row(
        "SELECT o.public_id FROM readiness_office o JOIN members_grant g"
        " ON g.organisation_id = o.organisation_id AND g.role = 'lead' ORDER BY g.id"
    )
    visit.open(f"/en/readiness/offices/{office}/tests/new/")
    page.get_by_label("I agree to this test").check()
    page.get_by_label(wired).check()
    page.get_by_label("Also send 500 small packets").check()
    page.get_by_role("button", name="Go on to the test").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/readiness/runs/*/", timeout=120_000)
    return visit.house.row(
        "SELECT udp, source, loss_share, rtt_least_ms, jitter_p95_ms FROM readiness_proberun"
        " ORDER BY id DESC"
    )


def test_loss_on_the_way_is_told_within_half_a_point(visit, point):
    between = Between(point)
    between.way.loss_share = LOSS_SHARE
    between.start()
    lead = visit("lead")

    udp, source, loss_share, least_ms, jitter_ms = run_a_test(lead, "By cable")
    between.stop()

    assert (udp, source, between.way.lost > 0) == ("open", "probe", True)
    assert abs(loss_share - between.way.lost / COUNT) <= 0.005
    assert least_ms >= 2_000 * LATER_S
    assert jitter_ms > 0
    expect(lead.page.locator("main")).to_contain_text("Packets lost")


def test_a_way_that_is_closed_is_called_blocked(visit, point):
    udp, source, loss_share, *_others = run_a_test(visit("lead"), "By Wi-Fi")

    assert (udp, source, loss_share) == ("blocked", "probe", None)


def test_a_browser_without_webrtc_is_no_firewall(visit, point):
    lead = visit("lead")

    udp, source, *_others = run_a_test(lead, "Not known", "delete window.RTCPeerConnection")

    assert (udp, source) == ("not_measurable", "probe")
