"""What a person may do, where and until when; and the invitations that lead to it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from serai.base.models import PublicId
from serai.members.states import (
    MEMBER_ROLES,
    ORGANISATION_ROLES,
    PROGRAMME_ROLES,
    GrantState,
    InvitationState,
    Role,
)

ROLE_CHOICES = [(role.value, role.value) for role in Role]


def columns_fit_role() -> Q:
    """Say which of member, organisation and initiatives each role needs, allows or forbids."""
    nowhere = Q(member=None, organisation=None)
    self_only = [Role.PARTICIPANT.value, Role.ADMINISTRATOR.value]
    return (
        Q(role__in=sorted(MEMBER_ROLES), member__isnull=False, organisation=None, initiatives=[])
        | Q(
            role__in=sorted(ORGANISATION_ROLES - {Role.PARTNER}),
            member=None, organisation__isnull=False, initiatives=[],
        )
        | Q(role=Role.PARTNER.value, member=None, organisation__isnull=False)
        | (Q(role=Role.EXPERT.value, member__isnull=False, organisation=None) & ~Q(initiatives=[]))
        | (nowhere & Q(role__in=sorted(PROGRAMME_ROLES)))
        | (nowhere & Q(role__in=self_only, initiatives=[]))
    )  # fmt: skip


class Scoped(models.Model):
    """A role with its scope."""

    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    member = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    initiatives = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True


class Grant(PublicId, Scoped):
    """A role given to a person; ended, never removed."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in GrantState],
        default=GrantState.ACTIVE,
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "state"], name="grant_of_person")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=columns_fit_role(), name="grant_columns_fit_role"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.EXPERT.value) | Q(until_on__isnull=False),
                name="grant_expert_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=F("person")),
                name="grant_not_given_to_oneself",
            ),
            models.CheckConstraint(
                condition=Q(state=GrantState.ACTIVE, ended_at=None)
                | Q(state=GrantState.ENDED, ended_at__isnull=False),
                name="grant_end_fits_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.person_id}"


class Invitation(PublicId, Scoped):
    """A letter with a link; only the hash of its token is kept."""

    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=16, default="en")
    until_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in InvitationState],
        default=InvitationState.SENT,
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations"
    )
    grant = models.ForeignKey(
        Grant, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    import_key = models.CharField(
        max_length=32, blank=True, default="", db_index=True, editable=False
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=columns_fit_role(), name="invitation_columns_fit_role"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} ({self.state})"
