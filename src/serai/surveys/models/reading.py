"""Who outside the organisation read a response's answers; append-only."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from serai.base.models import Sampled
from serai.surveys.models.response import Response
from serai.surveys.models.row import choices, known
from serai.surveys.states import ReaderRole, ReadingWay


class Reading(Sampled):
    """That somebody from outside read a response, on one day and by one way.

    Attributes:
        day: of the programme's calendar.
        role: in which the rule let them in.
        first_at: when they did so first on that day.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    way = models.CharField(max_length=8, choices=choices(ReadingWay))
    role = models.CharField(max_length=12, choices=choices(ReaderRole))
    first_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["response", "reader", "day", "way"], name="reading_once_a_day"
            ),
            models.CheckConstraint(condition=known("way", ReadingWay), name="reading_way_known"),
            models.CheckConstraint(condition=known("role", ReaderRole), name="reading_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.way} {self.day}"
