"""An administrator's hour with the content, and what people ask about their own data."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from serai.base.models import PublicId
from serai.members.states import DataRequestKind, DataRequestState, UnlockState


class Unlock(PublicId):
    """Content opened to an administrator for at most an hour; audited and told by mail."""

    administrator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="unlocks"
    )
    scope = models.CharField(max_length=80)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in UnlockState], default=UnlockState.OPEN
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["administrator"],
                condition=Q(state=UnlockState.OPEN),
                name="unlock_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("opened_at")), name="unlock_ends_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"unlock {self.pk} of {self.scope}"


class Repair(models.Model):
    """Why a row was set right within an unlock; what was set stands in the audit."""

    unlock = models.ForeignKey(Unlock, on_delete=models.PROTECT, related_name="repairs")
    thing = models.CharField(max_length=120)
    reason = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"repair of {self.thing}"


class DataRequest(PublicId):
    """A person asks for a copy, a correction, or the end of their account."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="data_requests"
    )
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in DataRequestKind])
    note = models.TextField(blank=True)
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in DataRequestState],
        default=DataRequestState.ASKED,
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(blank=True)
    copy = models.TextField(blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state=DataRequestState.ASKED),
                name="data_request_once_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} asked by {self.person_id}"
