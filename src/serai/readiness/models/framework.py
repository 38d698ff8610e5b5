"""What offices are scored by, the tables of tiers, platforms' rules, and who has which duty."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, TranslatedField, choices, known
from serai.calc.readiness.ladder import Sensitivity
from serai.readiness.states import DutyKind, EditionState, PolicyWord


class Edition(PublicId, Sampled):
    """A numbered document that never changes once it is in use (decision 0026).

    Attributes:
        number: 1, 2, ... in the order of making.
        change_note: what is different from the one before, in the officer's words.
    """

    initiative = models.ForeignKey(
        "programme.Initiative", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField(unique=True)
    title = TranslatedField()
    document = models.JSONField()
    change_note = models.TextField(blank=True)
    state = models.CharField(
        max_length=8, choices=choices(EditionState), default=EditionState.DRAFT.value
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number}"


class Framework(Edition):
    """Fact keys, dimensions and criteria, event types, security gate and packages of one version.

    `document` is read by `serai.calc.readiness.definition`.
    """

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="in_use"), name="framework_one_in_use"
            ),
            models.CheckConstraint(
                condition=known("state", EditionState), name="framework_state_known"
            ),
        ]


class TierTable(Edition):
    """What platforms need of a line, with source and date of each row, and the platforms' own data.

    `document` holds `tiers` and `platforms`.
    """

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="in_use"), name="tiers_one_in_use"
            ),
            models.CheckConstraint(
                condition=known("state", EditionState), name="tiers_state_known"
            ),
        ]


class PlatformPolicy(Sampled):
    """An organisation's word on a platform, for matters of one sensitivity: the latest holds.

    Attributes:
        platform: its code in the table of tiers.
        source: the answer it was read from, or the person's note.
    """

    organisation = models.ForeignKey(
        "members.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    platform = models.SlugField(max_length=40)
    sensitivity = models.CharField(max_length=8, choices=choices(Sensitivity))
    word = models.CharField(max_length=10, choices=choices(PolicyWord))
    source = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=known("word", PolicyWord), name="policy_word_known"),
            models.CheckConstraint(
                condition=known("sensitivity", Sensitivity), name="policy_sensitivity_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.platform} {self.word}"


class Duty(PublicId, Sampled):
    """What a person does in this room beside their roles, until a day."""

    initiative = models.ForeignKey(
        "programme.Initiative", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=choices(DutyKind))
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=known("kind", DutyKind), name="duty_kind_known"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="duty_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"
