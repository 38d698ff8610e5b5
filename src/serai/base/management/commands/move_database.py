"""Carry the house into another database."""

import os
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from serai.base.backup.moving import CannotMove, move
from serai.base.backup.rows import RowsDiffer


class Command(BaseCommand):
    """`./serai move --to URL`: the script hands the address on as SERAI_MOVE_TO."""

    help = "Copy every row into another, empty database and compare the counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Nothing: the address comes from the script."""

    def handle(self, *args: object, **options: object) -> None:
        """Move, print the counts and what to do next."""
        if "target" not in connections.settings:
            raise CommandError("Where to? ./serai move --to postgresql://user:password@host/name")
        try:
            moved = move("default", "target")
        except (CannotMove, RowsDiffer) as error:
            raise CommandError(f"Nothing was moved. {error}") from error
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(
                f"Nothing was moved: {reason}. Check the address after --to, then try again."
            ) from error
        self.stdout.write(
            f"{sum(moved.values())} rows in {len(moved)} tables, equal on both sides.\n"
            "The old database is as it was. To use the new one, write this line into .env and "
            f"start again:\nDATABASE_URL={os.environ.get('SERAI_MOVE_TO', '')}"
        )
