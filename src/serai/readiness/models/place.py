"""Where people sit: offices and their meeting rooms."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, choices
from serai.members.states import Audience


class Office(PublicId, Sampled):
    """One place of an organisation from which people take part.

    Attributes:
        initiative: for which it is asked; whose officers keep it.
        audience: who reads its runs: its own and its country, the secretariat once the country
            has cleared its answers.
        unit_key: the same as of the invitations by which it is asked; "" for the only office.
        latitude, longitude: in degrees, to a tenth: enough to tell how far the test point is.
    """

    initiative = models.ForeignKey(
        "programme.Initiative", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "members.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.COUNTRY.value
    )
    unit_key = models.SlugField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    latitude = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    longitude = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    is_closed = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "unit_key"], name="office_once"),
            models.CheckConstraint(
                condition=Q(latitude=None) | Q(latitude__gte=-90, latitude__lte=90),
                name="office_latitude_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None) | Q(longitude__gte=-180, longitude__lte=180),
                name="office_longitude_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MeetingRoom(PublicId, Sampled):
    """A room of an office; its key is that of its entry in the questionnaire, and lasts."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="rooms")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    seats = models.PositiveIntegerField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ("office", "key")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "key"], name="room_key_once"),
        ]

    def __str__(self) -> str:
        return self.name
