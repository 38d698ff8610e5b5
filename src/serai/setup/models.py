"""Which presets were loaded, when, and with what."""

from django.db import models


class PresetLoad(models.Model):
    """One load of a preset; its hash tells whether the files changed since."""

    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-loaded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"
