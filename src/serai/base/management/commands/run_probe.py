"""Run the point that lines are tested against: `./serai probe`."""

import asyncio
import ssl
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from serai.base.probe.server import Probe, Terms, run
from serai.base.probe.spent import Spent


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
        probe = Probe(Terms(key=settings.PROBE_KEY, is_open=settings.PROBE_OPEN), store)
        self.stdout.write(f"The probe listens on {host}, port {port}.")
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
