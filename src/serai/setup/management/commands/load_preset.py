"""Load or reload a preset: `./serai preset load carec`."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.setup.loading import PRESETS, load
from serai.setup.reading import PresetFault, read_preset


class Command(BaseCommand):
    """What is missing is added; what was edited here is kept, and the difference told."""

    help = "Load a preset from src/serai/setup/presets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the preset's name."""
        names = ", ".join(sorted(p.name for p in PRESETS.iterdir() if p.is_dir()))
        parser.add_argument("name", help=f"one of: {names}")

    def handle(self, *args: object, name: str, verbosity: int, **options: object) -> None:
        """Read everything, then load it whole or not at all."""
        folder = PRESETS / name
        if not folder.is_dir():
            raise CommandError(f"There is no preset '{name}'. Look into {PRESETS.name}/.")
        try:
            loaded = load(read_preset(folder), folder, now=timezone.now())
        except PresetFault as fault:
            raise CommandError(f"Nothing was loaded.\n{fault}") from fault
        if verbosity:
            for noun, count in loaded.counts.items():
                self.stdout.write(f"{count} {noun} added")
            for line in loaded.kept:
                self.stdout.write(f"kept as edited here: {line}")
            if not loaded.counts and not loaded.kept:
                self.stdout.write("Nothing to do: everything is loaded.")
