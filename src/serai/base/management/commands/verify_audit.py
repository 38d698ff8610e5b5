"""Read the audit chain again: `./serai audit verify`."""

import re
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.base import audit

HEAD = re.compile(r"(\d+):([0-9a-f]{64})")


class Command(BaseCommand):
    """Names each line that was altered, removed or inserted; then exit code 1."""

    help = "Check the chain of the audit log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a head noted earlier."""
        parser.add_argument("--head", default="", help="a head noted earlier, NUMBER:HASH")

    def handle(self, *args: object, head: str, **options: object) -> None:
        """Print what is wrong, or the head."""
        expected = None
        if head:
            parts = HEAD.fullmatch(head.strip())
            if parts is None:
                raise CommandError("--head: write NUMBER:HASH, as the daily letter gives it.")
            expected = audit.Head(int(parts[1]), parts[2])
        verdict = audit.verify(now=timezone.now(), expected=expected)
        for fault in verdict.faults:
            self.stdout.write(fault.sentence)
        if verdict.faults:
            raise CommandError(
                f"{len(verdict.faults)} faults in {verdict.checked_count} sealed entries. "
                "Compare with the latest back-up before anything else is done."
            )
        self.stdout.write(f"{verdict.checked_count} entries, all as they were sealed.")
        self.stdout.write(f"Head {verdict.head}")
