"""Remove the sample: `./serai sample remove`."""

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.setup.demo.loading import SampleLeft, counts, remove


class Command(BaseCommand):
    """Shows counts, backs up, removes rows and files, and checks that nothing is left."""

    help = "Remove all sample people, rows and files; the audit log stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to go on without asking, and without a copy."""
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--no-backup", action="store_true", help="make no copy before")

    def handle(self, *args: object, **options: object) -> None:
        """Count, ask, copy, remove."""
        found = counts()
        if not found:
            self.stdout.write("There is no sample.")
            return
        for label, count in found.items():
            self.stdout.write(f"{count:6} {label}")
        if not options["yes"] and input("Remove all of this? Write yes: ").strip() != "yes":
            raise CommandError("Nothing was removed.")
        if not options["no_backup"]:
            call_command("make_backup")
        try:
            removed = remove(now=timezone.now())
        except SampleLeft as left:
            raise CommandError(f"Nothing was removed; this could not be: {left}.") from left
        self.stdout.write(f"The sample is removed: {sum(removed.values())} rows.")
