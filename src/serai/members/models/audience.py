"""Who was let in to which thing, by whom, and when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId
from serai.members.states import Audience

AUDIENCES = [(a.value, a.value) for a in Audience]


class AudienceChange(models.Model):
    """One act of release or of taking back; append-only."""

    thing = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=300, blank=True)
    member = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_audience = models.CharField(max_length=16, choices=AUDIENCES)
    to_audience = models.CharField(max_length=16, choices=AUDIENCES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(from_audience=models.F("to_audience")),
                name="audience_change_changes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing}: {self.from_audience} to {self.to_audience}"


class Share(PublicId):
    """One thing shown by name to one audience key, until a day."""

    thing = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=300, blank=True)
    member = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=80, db_index=True)
    until_on = models.DateField(null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    shared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["thing", "key"], condition=Q(ended_at=None), name="share_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} to {self.key}"
