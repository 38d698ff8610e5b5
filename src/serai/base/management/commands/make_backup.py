"""Make a copy of the house."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.base.backup import keeping, making
from serai.base.backup.engines import CannotCopy
from serai.base.backup.manifest import BrokenCopy


class Command(BaseCommand):
    """`./serai backup [FOLDER]`."""

    help = "Copy database and files, reopen the copy and verify it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another folder, and the nightly tidying."""
        parser.add_argument("folder", nargs="?", type=Path, help="where copies are kept")
        parser.add_argument("--tidy", action="store_true", help="remove copies whose turn is over")

    def handle(self, *args: object, folder: Path | None, tidy: bool, **options: object) -> None:
        """Make, print what it holds."""
        now = timezone.now()
        where = (folder or settings.BACKUP_DIR).resolve()
        places = making.Places(settings.FILES_DIR, where)
        try:
            made = making.make(places, alias="default", name=keeping.name_for(now), now=now)
            manifest = making.verify(made)
        except (BrokenCopy, CannotCopy) as error:
            raise CommandError(f"No copy was made. {error}") from error
        except OSError as error:
            raise CommandError(
                f"No copy was made: {error.strerror} ({where}). Name another folder: "
                "./serai backup FOLDER"
            ) from error
        self.stdout.write(
            f"{made}\n{sum(manifest.rows.values())} rows in {len(manifest.rows)} tables, "
            f"{len(manifest.files) - 1} files; read again and whole."
        )
        for name in keeping.prune(where) if tidy else ():
            self.stdout.write(f"removed {name}")
