"""Parts of a response given to others, and what they propose."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled
from serai.surveys.models.response import Answer, Response
from serai.surveys.models.row import Placed, choices, known
from serai.surveys.states import (
    DelegationScope,
    DelegationState,
    SuggestionOrigin,
    SuggestionState,
)


class Delegation(PublicId, Sampled):
    """One section, or one entry of it, in somebody else's hands."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="delegations")
    section = models.CharField(max_length=300)
    entry = models.CharField(max_length=40, blank=True, default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=8, choices=choices(DelegationScope))
    sees_rest = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    state = models.CharField(
        max_length=8, choices=choices(DelegationState), default=DelegationState.OFFERED.value
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["response", "section", "entry", "person"],
                condition=Q(state__in=["offered", "accepted", "returned"]),
                name="delegation_once",
            ),
            models.CheckConstraint(
                condition=known("state", DelegationState), name="delegation_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Suggestion(Placed, PublicId, Sampled):
    """Another text beside an answer, which only the lead takes."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="suggestions")
    value = models.TextField(blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    origin = models.CharField(max_length=8, choices=choices(SuggestionOrigin))
    client_id = models.CharField(max_length=40)
    taken_as = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=choices(SuggestionState), default=SuggestionState.OPEN.value
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "client_id"], name="suggestion_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.pk}"
