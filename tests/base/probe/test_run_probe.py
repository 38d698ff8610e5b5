"""The command that opens a point."""

import asyncio
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from serai.base.management.commands import run_probe
from serai.base.probe.server import Probe, Terms


@pytest.fixture
def ran(monkeypatch, settings, tmp_path):
    """Run nothing; keep what would have been run."""
    settings.DATA_DIR = tmp_path
    found = SimpleNamespace(told=None)

    async def keep(probe, host, port, certificate):
        found.told = (probe, host, port, certificate)

    monkeypatch.setattr(run_probe, "run", keep)
    return found


def test_the_point_listens_where_it_is_told(ran, tmp_path, capsys):
    call_command("run_probe", host="127.0.0.1", port=9_001)

    probe, host, port, certificate = ran.told
    assert (host, port, certificate) == ("127.0.0.1", 9_001, None)
    assert isinstance(probe, Probe)
    assert (tmp_path / "probe.sqlite3").exists()
    assert capsys.readouterr().out == (
        "The probe listens on 127.0.0.1, port 9001.\n"
        "It takes no small packets (UDP): SERAI_PROBE_UDP=yes turns them on.\n"
    )


def test_small_packets_come_to_the_address_that_offices_reach(ran, settings, capsys):
    settings.PROBE_UDP, settings.PROBE_UDP_ADDRESS = True, "203.0.113.5"

    call_command("run_probe", host="127.0.0.1", port=9_001)

    assert capsys.readouterr().out.splitlines()[1] == (
        "It takes small packets (UDP) at 203.0.113.5, ports 3478 to 3481."
    )


def test_without_the_package_the_point_works_and_says_so(ran, settings, monkeypatch, capsys):
    settings.PROBE_UDP = True
    monkeypatch.setattr(run_probe, "find_spec", lambda _name: None)

    call_command("run_probe", host="127.0.0.1", port=9_001)

    assert ran.told[0]._channels is None
    assert "needs the packages of requirements-udp.lock" in capsys.readouterr().out


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "probe.example.org"])
def test_an_address_that_browsers_cannot_be_told_is_refused(ran, settings, host):
    settings.PROBE_UDP = True

    with pytest.raises(CommandError, match="SERAI_PROBE_UDP_ADDRESS=203.0.113.5"):
        call_command("run_probe", host=host, port=9_001)


def test_a_port_that_is_taken_is_said(ran, monkeypatch):
    async def taken(*_told):
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(run_probe, "run", taken)

    with pytest.raises(
        CommandError, match=r"port 9001 \(Address already in use\).*SERAI_PROBE_PORT"
    ):
        call_command("run_probe", host="127.0.0.1", port=9_001)


def test_a_certificate_that_cannot_be_read_is_said(ran, settings):
    settings.PROBE_CERTIFICATE = "/nowhere.pem"

    with pytest.raises(CommandError, match="SERAI_PROBE_CERTIFICATE"):
        call_command("run_probe", host="127.0.0.1", port=9_001)


def test_the_signal_to_stop_ends_it_quietly(ran, monkeypatch):
    async def stopped(*_told):
        raise KeyboardInterrupt

    monkeypatch.setattr(run_probe, "run", stopped)

    call_command("run_probe", host="127.0.0.1", port=9_001)


def test_expired_tickets_are_forgotten_as_it_runs(tmp_path):
    from serai.base.probe.spent import Spent

    spent = Spent()
    spent.take("t1", "/echo", most=1, until=1)

    async def go():
        task = asyncio.create_task(Probe(Terms(key=b"k"), spent).forget())
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(go())

    assert spent.take("t1", "/echo", most=1, until=1) is True
