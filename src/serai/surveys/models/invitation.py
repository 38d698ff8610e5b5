"""Who is asked, who answers for it, and the keys of their devices."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled
from serai.surveys.models.row import choices, known
from serai.surveys.models.wave import Wave
from serai.surveys.states import InvitationState


class Invitation(PublicId, Sampled):
    """One body asked in one wave.

    Attributes:
        unit_key, unit_label: one of several offices of an organisation.
        lead, signer: who answers and who signs (the lead where no signer is named).
        subject: the thing of a higher room that is asked about, such as `hub.Entry:12`.
        has_late_day: it was given a day of its own after its wave had closed, which is not over.
        token_hash: of the link in the letter; only the hash is kept.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="invitations")
    country = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit_key = models.SlugField(max_length=60, blank=True)
    unit_label = models.CharField(max_length=200, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=16, default="en")
    due_on = models.DateField(null=True, blank=True)
    has_late_day = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=choices(InvitationState), default=InvitationState.DRAFTED.value
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wave", "organisation", "unit_key", "subject", "lead"],
                condition=~Q(state="cancelled"),
                name="invitation_once",
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="invitation_token_once"
            ),
            models.CheckConstraint(
                condition=known("state", InvitationState), name="invitation_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class DeviceKey(PublicId):
    """What lets a device hand in answers: for one invitation, or for a whole wave."""

    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.CASCADE, related_name="keys"
    )
    wave = models.ForeignKey(
        Wave, null=True, blank=True, on_delete=models.CASCADE, related_name="keys"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=100, blank=True)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(invitation__isnull=False, wave__isnull=True)
                | Q(invitation__isnull=True, wave__isnull=False),
                name="device_key_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
