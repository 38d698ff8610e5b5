"""Imports: previewed, applied whole or not at all, and undone."""

from django.db import models

from serai.base.models import PublicId, Sampled
from serai.programme.models.fact import choices
from serai.programme.states import ImportState


class ImportBatch(PublicId, Sampled):
    """One file read for one initiative, with what it would change."""

    initiative = models.ForeignKey(
        "programme.Initiative", on_delete=models.CASCADE, related_name="imports"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    made = models.JSONField(default=dict, help_text="Ids of plans and completions it made")
    state = models.CharField(
        max_length=10, choices=choices(ImportState), default=ImportState.PREVIEWED.value
    )
    by = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-read_at", "-id")

    def __str__(self) -> str:
        return self.file_name
