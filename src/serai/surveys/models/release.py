"""What others may read of a wave's answers, and frozen tallies that can be cited."""

from django.conf import settings
from django.db import models

from serai.base.models import PublicId, Sampled
from serai.members.states import Audience
from serai.surveys.models.row import choices
from serai.surveys.models.wave import Wave


class Release(PublicId, Sampled):
    """Some questions' answers of one country, let to an audience; moved by `AudienceChange`."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="releases")
    paths = models.JSONField(default=list)
    country = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.SECRETARIAT.value
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.public_id


class Figure(PublicId, Sampled):
    """One tally, frozen as of a day so that a report may cite it."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="figures")
    path = models.CharField(max_length=300)
    statistic = models.CharField(max_length=20)
    breakdown = models.CharField(max_length=20, blank=True)
    as_of = models.DateField()
    audience = models.CharField(max_length=16, choices=choices(Audience))
    values = models.JSONField()
    n = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.path} {self.as_of}"
