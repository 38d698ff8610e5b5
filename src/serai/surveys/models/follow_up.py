"""Questions asked back, and remarks beside answers."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from serai.base.models import PublicId, Sampled, TranslatedField
from serai.members.states import Audience
from serai.surveys.models.response import Response
from serai.surveys.models.row import Placed, choices, known
from serai.surveys.states import AnswerRequestState, RequestReason


class AnswerRequest(Placed, PublicId, Sampled):
    """The secretariat asks again about one answer, which this opens."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="requests")
    question = TranslatedField()
    reason = models.CharField(max_length=16, choices=choices(RequestReason))
    due_on = models.DateField(null=True, blank=True)
    reply = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=10,
        choices=choices(AnswerRequestState),
        default=AnswerRequestState.DRAFTED.value,
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["response", "path", "entry"],
                condition=models.Q(state__in=["drafted", "asked", "answered"]),
                name="asked_back_once",
            ),
            models.CheckConstraint(
                condition=known("state", AnswerRequestState), name="answer_request_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class RequestTurn(models.Model):
    """What was asked and replied before the same question was asked again."""

    request = models.ForeignKey(AnswerRequest, on_delete=models.CASCADE, related_name="turns")
    question = TranslatedField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.request_id}: {self.pk}"


class Remark(Placed, PublicId, Sampled):
    """A word beside an answer, for those of one audience."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField()
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.ORGANISATION.value
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.public_id
