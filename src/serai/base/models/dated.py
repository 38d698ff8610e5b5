"""Append-only facts that know from which day the programme knew them."""

from django.conf import settings
from django.db import models


class Dated(models.Model):
    """A fact with the day from which it was known; never changed, never deleted.

    `known_from` earlier than `recorded_at` needs a source note and shows as "entered later".
    """

    known_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_note = models.TextField(blank=True)

    class Meta:
        abstract = True
