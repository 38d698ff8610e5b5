"""What is let out of an office's results, by whose two words; and who read them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, choices, known
from serai.members.states import Audience
from serai.readiness.models.assessment import Assessment
from serai.readiness.models.planning import ScenarioRun
from serai.readiness.states import ReleaseState


class Release(PublicId, Sampled):
    """Results of one country for an audience: of an assessment, or of a plan's lines.

    Members read only what both the country's focal point and the secretariat let out; the
    public needs a second release.
    """

    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.CASCADE, related_name="releases"
    )
    run = models.ForeignKey(
        ScenarioRun, null=True, blank=True, on_delete=models.CASCADE, related_name="releases"
    )
    country = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=16, choices=choices(Audience))
    reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=choices(ReleaseState), default=ReleaseState.ASKED.value
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=False, run__isnull=True)
                | Q(assessment__isnull=True, run__isnull=False),
                name="readiness_release_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["members", "public"]),
                name="readiness_release_to_others",
            ),
            models.CheckConstraint(
                condition=known("state", ReleaseState), name="readiness_release_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="released")
                | Q(granted_at__isnull=False, released_at__isnull=False),
                name="readiness_released_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ResultReading(Sampled):
    """That somebody from outside the organisation read its results, on one day; append-only."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    way = models.CharField(max_length=8)
    first_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "reader", "day", "way"], name="result_reading_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.way} {self.day}"
