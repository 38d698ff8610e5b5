"""The support desk: requests, what was said, and answers worth showing to all."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from serai.base.models import PublicId, Sampled, TranslatedField, choices, known
from serai.readiness.models.event import EventPlan
from serai.readiness.models.place import Office
from serai.readiness.states import HelpKind, HelpPriority, HelpState


class HelpRequest(PublicId, Sampled):
    """Somebody of an office asks for help."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="help_requests")
    plan = models.ForeignKey(
        EventPlan, null=True, blank=True, on_delete=models.SET_NULL, related_name="help_requests"
    )
    kind = models.CharField(max_length=16, choices=choices(HelpKind))
    priority = models.CharField(
        max_length=8, choices=choices(HelpPriority), default=HelpPriority.NORMAL.value
    )
    subject = models.CharField(max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    technician = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    moved_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=choices(HelpState), default=HelpState.NEW.value)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=known("state", HelpState), name="help_state_known"),
            models.CheckConstraint(condition=known("kind", HelpKind), name="help_kind_known"),
        ]

    def __str__(self) -> str:
        return self.public_id


class HelpMessage(Sampled):
    """One message of a request, or its move to a state; append-only."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=choices(HelpState), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.request_id}"


class Advisory(PublicId, Sampled):
    """A question with its answer for all to read; an officer wrote it without names."""

    question = TranslatedField()
    answer = TranslatedField()
    topic = models.CharField(max_length=16, blank=True)
    order = models.PositiveIntegerField(default=0)
    is_shown = models.BooleanField(default=False)
    made_from = models.ForeignKey(
        HelpRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.public_id
