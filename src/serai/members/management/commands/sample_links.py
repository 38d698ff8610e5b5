"""`./serai manage sample_links`: a sign-in link for each sample role; trial installations only."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from serai.members import queries
from serai.members.states import SAMPLE_SALT
from serai.members.states.words import ROLE_NAMES


class Command(BaseCommand):
    """Prints the links."""

    help = "Print a sign-in link for each sample role (trial mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a role; nothing where no sample is loaded."""
        if settings.PRODUCTION:
            raise CommandError("Sample sign-in does not exist in production.")
        with override(settings.LANGUAGE_CODE):
            rows = queries.sample_people(timezone.now())
            width = max((len(str(ROLE_NAMES[row.role])) for row in rows), default=0)
            for row in rows:
                token = signing.dumps(row.public_id, salt=SAMPLE_SALT)
                path = reverse("members:sample_enter", args=[token])
                self.stdout.write(
                    f"  {ROLE_NAMES[row.role]!s:<{width}}  {settings.SITE_ADDRESS}{path}"
                )
