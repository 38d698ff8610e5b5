"""What is let out of an office's results, by whose two words; and who read them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, choices, known
from serai.members.states import Audience
from serai.readiness.models.assessment import Assessment
from serai.readiness.models.framework import Framework
from serai.readiness.models.planning import ScenarioRun
from serai.readiness.states import AggregateState, ReleaseState


class Release(PublicId, Sampled):
    """Results of one country for an audience: of an assessment, or of a plan's lines.

    Members read only what both the country's focal point and the secretariat let out; the
    public needs a second release.

    Attributes:
        reason: why it is asked for; `said` why it was declined or withdrawn.
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
    said = models.TextField(blank=True)
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
            models.CheckConstraint(
                condition=Q(run__isnull=True) | Q(audience="members"),
                name="readiness_plan_never_public",
            ),
            models.UniqueConstraint(
                fields=["assessment", "audience"],
                condition=Q(state__in=["asked", "granted", "released"]),
                name="readiness_release_of_results_once",
            ),
            models.UniqueConstraint(
                fields=["run", "country"],
                condition=Q(state__in=["asked", "granted", "released"]),
                name="readiness_release_of_plan_once",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Aggregate(PublicId, Sampled):
    """Shares of many organisations by category, let out once and never changed.

    Attributes:
        measure: `host`, `attend`, or a dimension's code.
        countries: ISO3 codes counted; [] for all.
        cells: pairs of a category's code and its share in percent; null where it is hidden.
        groups: whose organisations stand behind it, `whole` and by category: never shown to
            anybody, compared with every later one, also after it was withdrawn.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    measure = models.SlugField(max_length=20)
    countries = models.JSONField(default=list)
    as_of = models.DateField()
    organisations_count = models.PositiveIntegerField()
    countries_count = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    groups = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=choices(AggregateState), default=AggregateState.RELEASED.value
    )
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
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
                condition=known("state", AggregateState), name="readiness_aggregate_state_known"
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
