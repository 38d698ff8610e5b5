"""Requests to members, and what became of each of them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, TranslatedField
from serai.base.text import TranslatedText
from serai.members.states import Audience
from serai.programme.models.fact import Fact, choices
from serai.programme.states import AddresseeState, RequestState

if TYPE_CHECKING:
    from serai.programme.queries.requests import KnownAddressee


class Request(PublicId, Fact):
    """What the secretariat asks of members; `about` names another room's thing as plain words."""

    initiative = models.ForeignKey(
        "programme.Initiative",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
    )
    text = TranslatedField()
    about_room = models.CharField(max_length=20, blank=True)
    about_kind = models.CharField(max_length=30, blank=True)
    about_number = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_words = TranslatedField()
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.MEMBERS.value
    )
    state = models.CharField(
        max_length=8, choices=choices(RequestState), default=RequestState.OPEN.value
    )
    names_released_on = models.DateField(null=True, blank=True)
    names_released_by = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    known_home: TranslatedText
    known_addressees: list["KnownAddressee"]

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("about_room", "about_kind", "about_number"),
                condition=~Q(about_room=""),
                name="request_about_once",
            ),
        )

    def __str__(self) -> str:
        return self.public_id


class RequestAddressee(PublicId, Fact):
    """One member or organisation that was asked."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="addressees")
    country = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=16, choices=choices(AddresseeState), default=AddresseeState.OPEN.value
    )
    note = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(country__isnull=False, organisation__isnull=True)
                | Q(country__isnull=True, organisation__isnull=False),
                name="addressee_is_one",
            ),
            models.UniqueConstraint(fields=("request", "country"), name="addressee_country_once"),
            models.UniqueConstraint(
                fields=("request", "organisation"), name="addressee_organisation_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id}: {self.country_id or self.organisation_id}"
