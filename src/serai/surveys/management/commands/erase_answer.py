"""`./serai erase-answer NUMBER`: personal data in one row of answers is emptied for good."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.base.access import NotFound
from serai.surveys import actions


class Command(BaseCommand):
    """Erases one answer; the audit keeps that it was erased, and the chain still verifies."""

    help = "Empty the text of one answer for good (its number stands in audit.json)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the words of the command."""
        parser.add_argument("number", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase and say so."""
        try:
            row = actions.erase_answer(number=options["number"], now=timezone.now())
        except NotFound as error:
            raise CommandError("There is no answer of this number.") from error
        except actions.Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Erased: the answer {row.pk} at {row.path}.")
