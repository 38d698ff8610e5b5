"""Risks, assumptions and issues, with their reviews."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, TranslatedField
from serai.base.text import TranslatedText
from serai.members.states import Audience
from serai.programme.models.fact import Fact, choices
from serai.programme.states import RiskKind, RiskResponse, RiskState

if TYPE_CHECKING:
    from serai.programme.queries.risks import KnownReview, KnownStep, TouchedMilestone

ONE_TO_FIVE = tuple((n, str(n)) for n in range(1, 6))


class Risk(PublicId, Fact):
    """Something that may happen, must hold, or has happened."""

    initiative = models.ForeignKey(
        "programme.Initiative", on_delete=models.CASCADE, related_name="risks"
    )
    kind = models.CharField(max_length=12, choices=choices(RiskKind))
    text = TranslatedField()
    cause = TranslatedField()
    consequence = TranslatedField()
    probability = models.PositiveSmallIntegerField(choices=ONE_TO_FIVE)
    impact = models.PositiveSmallIntegerField(choices=ONE_TO_FIVE)
    owner = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    response = models.CharField(
        max_length=10, choices=choices(RiskResponse), default=RiskResponse.REDUCE.value
    )
    response_text = TranslatedField()
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=choices(RiskState), default=RiskState.OPEN.value
    )
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.SECRETARIAT.value
    )
    milestones = models.ManyToManyField("programme.Milestone", blank=True, related_name="risks")
    node_codes = models.JSONField(default=list)

    known_home: TranslatedText
    known_reviews: list["KnownReview"]
    known_steps: list["KnownStep"]
    known_touched: list["TouchedMilestone"]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(probability__gte=1, probability__lte=5, impact__gte=1, impact__lte=5),
                name="risk_one_to_five",
            ),
        )

    def __str__(self) -> str:
        return self.public_id


class RiskReview(Fact):
    """A look at a risk on a day."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="reviews")
    probability = models.PositiveSmallIntegerField(choices=ONE_TO_FIVE)
    impact = models.PositiveSmallIntegerField(choices=ONE_TO_FIVE)
    note = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("known_from", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(probability__gte=1, probability__lte=5, impact__gte=1, impact__lte=5),
                name="review_one_to_five",
            ),
        )

    def __str__(self) -> str:
        return f"{self.risk_id}: {self.known_from}"
