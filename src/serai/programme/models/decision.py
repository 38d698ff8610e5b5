"""Decisions of meetings, and the action items that follow from them."""

from typing import TYPE_CHECKING

from django.db import models

from serai.base.models import PublicId, TranslatedField
from serai.base.text import TranslatedText
from serai.members.states import Audience
from serai.programme.models.fact import Fact, choices
from serai.programme.states import ActionState, DecisionState

if TYPE_CHECKING:
    from serai.programme.queries.decisions import KnownNote, Place


class Decision(PublicId, Fact):
    """A numbered decision, such as SOM-2021-06/D3."""

    meeting = models.ForeignKey(
        "programme.Meeting", on_delete=models.PROTECT, related_name="decisions"
    )
    item = models.ForeignKey(
        "programme.AgendaItem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
    )
    number = models.CharField(max_length=40, unique=True)
    text = TranslatedField()
    addressees = models.ManyToManyField("members.Member", blank=True, related_name="+")
    to_secretariat = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    due_words = TranslatedField()
    state = models.CharField(
        max_length=12, choices=choices(DecisionState), default=DecisionState.PROPOSED.value
    )
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.number


class ActionItem(PublicId, Fact):
    """Something someone is to do by a day, usually because of a decision."""

    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    initiative = models.ForeignKey(
        "programme.Initiative",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    text = TranslatedField()
    owner = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    countries = models.ManyToManyField("members.Member", blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    due_words = TranslatedField()
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.SECRETARIAT.value
    )
    state = models.CharField(
        max_length=10, choices=choices(ActionState), default=ActionState.OPEN.value
    )
    evidence = models.ForeignKey(
        "base.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence_link = models.URLField(max_length=500, blank=True)

    known_home: TranslatedText
    known_notes: list["KnownNote"]
    known_countries: list["Place"]

    class Meta:
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.public_id


class ActionNote(Fact):
    """A line about an action item."""

    action = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()

    class Meta:
        ordering = ("known_from", "id")

    def __str__(self) -> str:
        return f"{self.action_id}: {self.text[:40]}"
