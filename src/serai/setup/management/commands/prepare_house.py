"""Bring the house into order before it opens: tables, words, files, and at first the preset."""

from argparse import ArgumentParser
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from serai.base.checks import DOORS
from serai.base.first_tables import make_first_tables
from serai.base.installation import describe
from serai.setup.demo.loading import missing_ground

FIRST_START = "first-start"
# The address that commands name without a setting.
PLAIN = "http://localhost:8474"


def is_new() -> bool:
    """Tell whether the database has never been prepared."""
    with connection.cursor() as cursor:
        return "django_migrations" not in connection.introspection.table_names(cursor)


def has_waiting_migrations() -> bool:
    """Compare the code's migrations with the database's."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def newest(paths: Iterable[Path]) -> int:
    """Return the latest change among files, in nanoseconds; 0 without any."""
    return max((path.stat().st_mtime_ns for path in paths), default=0)


def static_sources() -> list[Path]:
    """Find every file that pages are served with."""
    return [
        Path(storage.path(path))
        for finder in get_finders()
        for path, storage in finder.list(ignore_patterns=())
    ]


class Command(BaseCommand):
    """Called by `./serai run` and `./serai prepare`; a second call finds nothing to do."""

    help = "Migrate, compile messages, collect files; at first load the preset and the sample."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file for what the script prints once the house is open."""
        parser.add_argument("--notes", type=Path, help="write sign-in links and hints there")

    def handle(self, *args: object, notes: Path | None, **options: object) -> None:
        """Do what is missing, in order; not for a house whose doors stand open."""
        self.check(tags=[DOORS])
        call_command("compile_messages")
        self.prepare_tables()
        describe(mode=settings.MODE)
        self.collect_files()
        self.fill()
        if notes:
            notes.write_text("".join(f"{line}\n" for line in self.notes()), encoding="utf-8")

    @property
    def marker(self) -> Path:
        """A first start that was cut off is a first start again."""
        marker: Path = settings.DATA_DIR / FIRST_START
        return marker

    def prepare_tables(self) -> None:
        """Migrate where migrations wait."""
        if is_new():
            self.marker.touch()
            self.stdout.write("Preparing the database ...")
            make_first_tables()
            call_command("createcachetable", verbosity=0)
        elif has_waiting_migrations():
            self.stdout.write("Bringing the database up to date ...")
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)

    def collect_files(self) -> None:
        """Gather style sheet and scripts where they are newer than the last gathering."""
        stamp = settings.STATIC_ROOT / "staticfiles.json"
        if not stamp.exists() or newest(static_sources()) > stamp.stat().st_mtime_ns:
            call_command("collectstatic", verbosity=0, interactive=False)

    def fill(self) -> None:
        """Load the preset, in a trial also the sample, into a new house."""
        if not self.marker.exists():
            return
        self.stdout.write(f"Loading the preset {settings.PRESET} ...")
        call_command("load_preset", settings.PRESET, verbosity=0)
        if settings.MODE == "trial" and not missing_ground():
            self.stdout.write("Loading the sample ...")
            call_command("load_demo", verbosity=0)
        self.marker.unlink()

    def notes(self) -> list[str]:
        """Say how to sign in and how to remove the sample; nothing of it in production."""
        if settings.MODE != "trial":
            return []
        said = StringIO()
        call_command("sample_links", stdout=said)
        links = said.getvalue().splitlines()
        if not links:
            here = (
                "" if settings.SITE_ADDRESS == PLAIN else f"SERAI_ADDRESS={settings.SITE_ADDRESS} "
            )
            return [
                f"Invite the first coordinator: {here}./serai person invite you@example.org",
                "Read its letters, with the codes to sign in: ./serai mail",
            ]
        return [
            "Sign in as a sample person:",
            *links,
            "Remove the sample people and figures: ./serai sample remove",
        ]
