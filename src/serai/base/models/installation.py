"""The one row that says which installation this is."""

import uuid

from django.db import models


class Installation(models.Model):
    """This installation; the audit chain begins with its number."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    mode = models.CharField(max_length=10, default="trial")
    preset = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="base_installation_is_one", condition=models.Q(only=True)),
            models.CheckConstraint(
                name="base_installation_mode_known",
                condition=models.Q(mode__in=["trial", "production"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
