"""Build a report's files without a run, and print what they hash to.

./serai manage build_report progress --as-of 2021-06-30 --language en --language ru --to out
"""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from serai.reports import actions
from serai.reports.kinds import KINDS
from serai.reports.states import FileFormat


class Command(BaseCommand):
    """The same day, readers and languages always give the same fingerprint."""

    help = "Build a report as of a day with its readers' rights; latest cleared notes as narrative."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take kind, day, readers, languages and folder."""
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("--as-of", required=True, type=date.fromisoformat)
        parser.add_argument(
            "--audience", default="members", choices=["public", "members", "secretariat"]
        )
        parser.add_argument(
            "--language", action="append", choices=[c for c, _n in settings.LANGUAGES]
        )
        parser.add_argument("--to", type=Path, help="folder for the files; without it only hashes")

    def handle(self, *args: object, **options: object) -> None:
        """Print one line for the facts and one for each file."""
        languages = options["language"] or ["en", "ru"]
        made = actions.make_unissued(
            kind=str(options["kind"]),
            as_of=options["as_of"],  # type: ignore[arg-type]
            audience=str(options["audience"]),
            languages=languages,  # type: ignore[arg-type]
            formats=tuple(FileFormat) if options["to"] else (),
        )
        self.stdout.write(f"{made.snapshot_sha256}  snapshot")
        folder = options["to"]
        if not isinstance(folder, Path):
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in made.files.items():
                (folder / name).write_bytes(content)
                self.stdout.write(f"{actions.sha256(content)}  {folder / name}")
        except OSError as error:
            raise CommandError(
                f"{folder} cannot be written: {error.strerror}. Name another."
            ) from error
