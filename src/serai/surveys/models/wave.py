"""Waves: one asking of one version, with its days."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from serai.base.models import PublicId, Sampled, TranslatedField
from serai.surveys.models.row import choices, known
from serai.surveys.models.survey import FormVersion, Survey
from serai.surveys.states import WaveState


def usual_reminders() -> list[int]:
    """Return the days before the due day on which the silent are reminded; below 0 after it."""
    return [14, 5, 1, -3]


class Wave(PublicId, Sampled):
    """One asking.

    Attributes:
        open_token_hash: set where anybody with the link may answer.
        milestone: reached once the wave is closed (decision 0022).
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="waves")
    title = TranslatedField()
    opens_on = models.DateField()
    due_on = models.DateField()
    grace_days = models.PositiveSmallIntegerField(default=0)
    remind_days = models.JSONField(default=usual_reminders)
    reply_to = models.EmailField(max_length=254, blank=True)
    open_token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    milestone = models.ForeignKey(
        "programme.Milestone", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=8, choices=choices(WaveState), default=WaveState.PLANNED.value
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("due_on", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="wave_due_after_it_opens"
            ),
            models.CheckConstraint(condition=known("state", WaveState), name="wave_state_known"),
        ]

    def __str__(self) -> str:
        return self.public_id
