"""What others may read of a wave's answers, and frozen tallies that can be cited."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from serai.base.models import PublicId, Sampled
from serai.members.states import Audience
from serai.surveys.models.row import choices, known
from serai.surveys.models.wave import Wave
from serai.surveys.states import ReleaseOf, ReleaseStep


class Release(PublicId, Sampled):
    """Some questions' answers of one country, for an audience: counted in figures, or each by itself.

    Moved by `AudienceChange`.

    Attributes:
        ask: shared by the rows of one asking, a row each country.
        audience: who may read them, or figures with them, now; `wanted` is who was asked for.
        given_at: when the country consented.
        basis: of answers shown by themselves, what was consented to: by a response's number the
            newest answer and the entries of then. What is corrected later takes a new consent.
        frozen_at: when figures were made of the asking.
    """

    ask = models.CharField(max_length=32, db_index=True)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="releases")
    paths = models.JSONField(default=list)
    of = models.CharField(max_length=8, choices=choices(ReleaseOf), default=ReleaseOf.FIGURES.value)
    country = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.SECRETARIAT.value
    )
    wanted = models.CharField(max_length=16, choices=choices(Audience))
    state = models.CharField(
        max_length=10, choices=choices(ReleaseStep), default=ReleaseStep.ASKED.value
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    basis = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=known("state", ReleaseStep), name="release_state_known"
            ),
            models.CheckConstraint(condition=known("of", ReleaseOf), name="release_of_known"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Figure(PublicId, Sampled):
    """One tally, frozen as of a day so that a report may cite it.

    Attributes:
        ask: of the releases it was made of.
        values: what is told, by group; "" for all.
        basis: whose answers are in it and which; never shown: a second figure is held against it.
    """

    ask = models.CharField(max_length=32, db_index=True)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="figures")
    path = models.CharField(max_length=300)
    statistic = models.CharField(max_length=20)
    breakdown = models.CharField(max_length=20, blank=True)
    as_of = models.DateField()
    audience = models.CharField(max_length=16, choices=choices(Audience))
    values = models.JSONField()
    basis = models.JSONField(default=list)
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
