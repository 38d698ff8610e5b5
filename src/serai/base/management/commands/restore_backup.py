"""Put a copy of the house back."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.base.backup.engines import CannotCopy
from serai.base.backup.making import Places
from serai.base.backup.manifest import BrokenCopy
from serai.base.backup.restoring import CannotRestore, restore


class Command(BaseCommand):
    """`./serai restore BACKUP`."""

    help = "Verify a copy and put it back; the present state is kept beside the other copies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the copy's folder."""
        parser.add_argument("backup", type=Path, help="a folder made by ./serai backup")

    def handle(self, *args: object, backup: Path, **options: object) -> None:
        """Restore, print what was put back and where the state before it is."""
        places = Places(settings.FILES_DIR, settings.BACKUP_DIR)
        try:
            done = restore(backup.resolve(), places, alias="default", now=timezone.now())
        except (BrokenCopy, CannotCopy, CannotRestore) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(
            f"Restored the copy of {done.manifest.made_at}: "
            f"{sum(done.manifest.rows.values())} rows. The state before it is kept in "
            f"{done.safety}; to go back: ./serai restore {done.safety}"
        )
