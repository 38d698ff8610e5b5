"""Initiatives, what is written about them, and the outlines they work on."""

from typing import TYPE_CHECKING

from django.db import models

from serai.base.models import PublicId, TranslatedField
from serai.members.states import Audience
from serai.programme.models.fact import Fact, choices
from serai.programme.states import InitiativeState, NotePart, NoteState

if TYPE_CHECKING:
    from serai.programme.queries.texts import KnownInitiative


class Initiative(PublicId, Fact):
    """One initiative of the programme; its audience begins at the secretariat."""

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="initiatives"
    )
    code = models.SlugField(unique=True)
    name = TranslatedField()
    purpose = TranslatedField()
    order = models.PositiveSmallIntegerField(default=0)
    keeper = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    partners = models.ManyToManyField("members.Organisation", blank=True, related_name="+")
    national_studies = models.ManyToManyField("members.Member", blank=True, related_name="+")
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.SECRETARIAT.value
    )
    state = models.CharField(
        max_length=16, choices=choices(InitiativeState), default=InitiativeState.PROPOSED.value
    )

    known_texts: list["KnownInitiative"]

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.code


class InitiativeText(Fact):
    """What people wrote of an initiative: append-only; the latest holds, and the initiative has it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="texts")
    name = TranslatedField()
    purpose = TranslatedField()
    order = models.PositiveSmallIntegerField()
    partners = models.ManyToManyField("members.Organisation", related_name="+")
    national_studies = models.ManyToManyField("members.Member", related_name="+")

    class Meta:
        ordering = ("known_from", "id")

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.name}"


class StatusNote(PublicId, Fact):
    """One part of an initiative's story, written by its keeper and cleared by an officer."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="notes")
    part = models.CharField(max_length=20, choices=choices(NotePart))
    text = TranslatedField()
    author = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=choices(NoteState), default=NoteState.DRAFT.value
    )

    class Meta:
        ordering = ("-written_on", "-id")
        indexes = (models.Index(fields=("initiative", "part", "written_on")),)

    def __str__(self) -> str:
        return f"{self.initiative_id}/{self.part}/{self.written_on}"


class Outline(Fact):
    """A tree of headings an initiative works towards, such as its report's or strategy's."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="outlines")
    key = models.SlugField()
    title = TranslatedField()
    headings = models.JSONField(default=list, help_text="[{level, title: {language: text}}]")

    class Meta:
        ordering = ("-known_from", "-id")

    def __str__(self) -> str:
        return self.key
