"""Compile the catalogues of languages with polib, where they are newer than their result."""

import sys
from argparse import ArgumentParser
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


def stale(folder: Path) -> list[Path]:
    """Return the catalogues whose compiled file is missing or older."""
    found = []
    for catalogue in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        made = catalogue.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns < catalogue.stat().st_mtime_ns:
            found.append(catalogue)
    return found


class Command(BaseCommand):
    """`./serai messages` and the start of the house."""

    help = "Compile the catalogues of languages."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the check that writes nothing."""
        parser.add_argument("--check", action="store_true", help="read only; fail on an error")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        """Compile, or only read."""
        folders = [Path(path) for path in settings.LOCALE_PATHS]
        if check:
            self.check_all(folders)
            return
        for folder in folders:
            for catalogue in stale(folder):
                polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))

    def check_all(self, folders: list[Path]) -> None:
        """Fail where a catalogue cannot be read or holds no translations."""
        for folder in folders:
            for catalogue in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                try:
                    entries = polib.pofile(str(catalogue))
                except (OSError, ValueError) as error:
                    raise CommandError(f"{catalogue}: {error}. Mend that line.") from error
                sys.stdout.write(f"{catalogue.parts[-3]}: {entries.percent_translated()} %\n")
