"""Who was let in to which thing, by whom, and when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled
from serai.members.states import Audience, ReleaseState

AUDIENCES = [(a.value, a.value) for a in Audience]


class AudienceChange(Sampled):
    """One act of release or of taking back: append-only; sample where a sample person has a part."""

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


class ReleaseProposal(PublicId, Sampled):
    """A release that waits for somebody else's consent; nothing is released before it."""

    thing = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=300, blank=True)
    member = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    initiative = models.CharField(max_length=60, blank=True)
    from_audience = models.CharField(max_length=16, choices=AUDIENCES)
    to_audience = models.CharField(max_length=16, choices=AUDIENCES)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    reason = models.TextField()
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in ReleaseState],
        default=ReleaseState.PROPOSED,
        db_index=True,
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["thing"], condition=Q(state="proposed"), name="release_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", closed_by=None, closed_at=None)
                | (~Q(state="proposed") & Q(closed_by__isnull=False, closed_at__isnull=False)),
                name="release_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | ~Q(closed_by=models.F("proposed_by")),
                name="release_consented_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing}: {self.from_audience} to {self.to_audience}, {self.state}"


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
