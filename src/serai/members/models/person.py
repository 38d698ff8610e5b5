"""People: the user model. Nobody has a password."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from serai.base.models import PublicId, Sampled
from serai.members.states import DigestRhythm, PersonState, TextSize, Theme


class People(BaseUserManager["Person"]):
    """Makes and finds people by address."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find by address, whatever its capitals."""
        return self.get(email=(username or "").casefold())

    def create_user(self, email: str, **fields: Any) -> "Person":
        """Make a person without a password."""
        person = self.model(email=email.strip().casefold(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PublicId, Sampled):
    """Somebody who signs in; closed accounts are blanked, never removed."""

    email = models.EmailField(max_length=254, unique=True)
    full_name = models.CharField(max_length=200, blank=True)
    address_as = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=16, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(
        max_length=16, choices=[(t.value, t.value) for t in Theme], default=Theme.AUTO
    )
    text_size = models.CharField(
        max_length=16, choices=[(t.value, t.value) for t in TextSize], default=TextSize.NORMAL
    )
    digest = models.CharField(
        max_length=16,
        choices=[(d.value, d.value) for d in DigestRhythm],
        default=DigestRhythm.WEEKLY,
    )
    muted_topics = models.JSONField(default=list, blank=True)
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in PersonState],
        default=PersonState.INVITED,
    )
    state_reason = models.TextField(blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    digest_sent_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[People] = People()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_folded"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in PersonState]), name="person_state_known"
            ),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Tell whether this person may sign in (asked by Django and allauth)."""
        return self.state in {PersonState.INVITED, PersonState.ACTIVE}

    def __str__(self) -> str:
        return self.full_name or self.email


class KnownDevice(models.Model):
    """A browser a person signed in from; a new one is told by mail."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64)
    label = models.CharField(max_length=120, blank=True)
    first_at = models.DateTimeField()
    latest_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "token_hash"], name="device_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"device {self.pk} of {self.person_id}"


class SignIn(PublicId):
    """One browser where a person is signed in now; ending it removes the session behind it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=32, blank=True)
    own_computer = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-in {self.pk} of {self.person_id}"
