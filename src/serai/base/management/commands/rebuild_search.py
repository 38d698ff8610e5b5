"""Write the search index anew from the rooms: `./serai manage rebuild_search`."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from serai.base import search


class Command(BaseCommand):
    """Safe while people work: each thing is replaced in one step."""

    help = "Build the search index anew."

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        """Rebuild, and say how much can be found."""
        count = search.rebuild(now=timezone.now())
        if verbosity:
            self.stdout.write(f"What can be found: {count}.")
