"""Calendar links."""

from django.db import models

from serai.base.models import PublicId


class CalendarFeed(PublicId):
    """One person's calendar link; the token itself is shown once and stored hashed."""

    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=60, help_text="`all`, or an initiative's code")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.scope}"
