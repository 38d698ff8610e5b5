"""Run the point that lines are tested against: `./serai probe`."""

import asyncio
import ssl
from argparse import ArgumentParser
from importlib.util import find_spec
from ipaddress import ip_address

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from serai.base.probe.packets import Channels
from serai.base.probe.server import Probe, Terms, run
from serai.base.probe.spent import Spent

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  # refused below, not bound


class Command(BaseCommand):
    """One process on one core; the database is never asked."""

    help = "Run the probe of connection tests until stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to listen, if not as the settings say."""
        parser.add_argument("--host", default=settings.PROBE_HOST)
        parser.add_argument("--port", type=int, default=settings.PROBE_PORT)

    def handle(self, *args: object, host: str, port: int, **options: object) -> None:
        """Listen until the signal to stop."""
        store = Spent(str(settings.DATA_DIR / "probe.sqlite3"))
        channels, said = small_packets(host)
        terms = Terms(
            key=settings.PROBE_KEY,
            is_open=settings.PROBE_OPEN,
            packets_at_once=len(settings.PROBE_UDP_PORTS),
        )
        probe = Probe(terms, store, channels)
        self.stdout.write(f"The probe listens on {host}, port {port}.\n{said}")
        try:
            asyncio.run(run(probe, host, port, certificate()))
        except OSError as error:
            raise CommandError(
                f"The probe cannot listen on {host}, port {port} ({error.strerror}). "
                "Name another: SERAI_PROBE_PORT=9000 ./serai probe"
            ) from error
        except KeyboardInterrupt:
            pass
        finally:
            store.close()


def small_packets(host: str) -> tuple[Channels | None, str]:
    """Return what takes small packets, None where it is off or its package is missing, and a word.

    Raises:
        CommandError: if it is not known which address browsers are to send to.
    """
    if not settings.PROBE_UDP:
        return None, "It takes no small packets (UDP): SERAI_PROBE_UDP=yes turns them on."
    if find_spec("aiortc") is None:
        return None, (
            "It takes no small packets (UDP): that needs the packages of requirements-udp.lock, which "
            "./serai installs when it finds SERAI_PROBE_UDP=yes in the environment or in .env."
        )
    # Slow to load, and not on every machine.
    from serai.base.probe.channel import DataChannels, Place  # noqa: PLC0415

    ports, address = settings.PROBE_UDP_PORTS, settings.PROBE_UDP_ADDRESS or host
    if address in EVERYWHERE or not is_address(address):
        raise CommandError(
            f"Browsers cannot be told to send to {address}. Name the address in numbers that offices "
            "reach this machine at: SERAI_PROBE_UDP_ADDRESS=203.0.113.5"
        )
    channels = DataChannels(Place(host, address, ports))
    return channels, f"It takes small packets (UDP) at {address}, ports {ports[0]} to {ports[-1]}."


def is_address(text: str) -> bool:
    """Tell whether this is an address in numbers."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def certificate() -> ssl.SSLContext | None:
    """Return what the probe shows browsers of an https site; None where none is named.

    Raises:
        CommandError: if the named files cannot be read.
    """
    if not settings.PROBE_CERTIFICATE:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.PROBE_CERTIFICATE, settings.PROBE_CERTIFICATE_KEY or None)
    except OSError as error:
        raise CommandError(
            f"SERAI_PROBE_CERTIFICATE: it cannot be used ({error}). "
            "Name a file in PEM form and its key in SERAI_PROBE_CERTIFICATE_KEY."
        ) from error
    return context
