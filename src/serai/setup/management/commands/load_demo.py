"""Load the sample: `./serai sample load`, in a trial installation only."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.setup.demo.loading import SampleHasNoGround, counts, load


class Command(BaseCommand):
    """Synthetic people and work, marked as sample everywhere."""

    help = "Load the sample people and figures (trial mode only)."

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        """Load, or say that it is there."""
        if settings.MODE != "trial":
            raise CommandError(
                "The sample is for trials only. Set SERAI_MODE=trial in a separate installation."
            )
        try:
            is_new = load(now=timezone.now())
        except SampleHasNoGround as missing:
            raise CommandError(
                f"The sample plays the preset carec; this house has no {missing}. "
                "Try it in an installation of its own: SERAI_PRESET=carec ./serai run"
            ) from missing
        if verbosity:
            words = "is loaded" if is_new else "was there already"
            self.stdout.write(f"The sample {words}: {sum(counts().values())} rows.")
