"""Load or reload a preset: `./serai preset load carec`."""

from argparse import ArgumentParser
from dataclasses import replace

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.setup.loading import PRESETS, Loaded, has_been_loaded, load, preview
from serai.setup.reading import PresetFault, read_preset


class Command(BaseCommand):
    """What is missing is added; what was edited here is kept, and the difference told."""

    help = "Load a preset from src/serai/setup/presets; a reload shows first what it would do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the preset's name, and whether to ask."""
        names = ", ".join(sorted(p.name for p in PRESETS.iterdir() if p.is_dir()))
        parser.add_argument("name", help=f"one of: {names}")
        parser.add_argument("--diff", action="store_true", help="show what would change, and stop")
        parser.add_argument("--yes", action="store_true", help="do not ask before a reload")

    def handle(self, *args: object, name: str, verbosity: int, **options: object) -> None:
        """Read everything, show what a reload would do, then load it whole or not at all."""
        folder = PRESETS / name
        if not folder.is_dir():
            raise CommandError(f"There is no preset '{name}'. Look into {PRESETS.name}/.")
        now = timezone.now()
        try:
            preset = read_preset(folder)
            if settings.MODE != "trial":  # only a trial is played on another day than today
                preset = replace(preset, trial_as_of=None)
            if options["diff"] or has_been_loaded():
                found = preview(preset, folder, now=now)
                self.tell(found, "would be added")
                if options["diff"] or not found.counts:
                    return
                if not options["yes"] and input("Load this? Write yes: ").strip() != "yes":
                    raise CommandError("Nothing was loaded.")
            loaded = load(preset, folder, now=now)
        except PresetFault as fault:
            raise CommandError(f"Nothing was loaded.\n{fault}") from fault
        if verbosity:
            self.tell(loaded, "added")

    def tell(self, loaded: Loaded, done: str) -> None:
        """Print what is new, and what this installation keeps as its own."""
        for noun, count in loaded.counts.items():
            self.stdout.write(f"{count} {noun} {done}")
        for line in loaded.kept:
            self.stdout.write(f"kept as edited here: {line}")
        if not loaded.counts:
            self.stdout.write("Nothing to add: everything is loaded.")
