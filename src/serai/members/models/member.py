"""A member of the programme: a country with its languages, its clock and its place on the tile map."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from serai.base.models import Sampled, TranslatedField
from serai.base.text import TranslatedText
from serai.members.states import Clearance, MemberState


class Member(Sampled):
    """A country taking part, known everywhere by its ISO 3166-1 alpha-3 code."""

    iso3 = models.CharField(max_length=3, unique=True)
    names = TranslatedField()
    short_name = TranslatedField()
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=64, default="UTC")
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    clearance = models.CharField(
        max_length=16,
        choices=[(c.value, c.value) for c in Clearance],
        default=Clearance.FOCAL_POINT,
    )
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in MemberState],
        default=MemberState.ACTIVE,
    )
    until_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("order", "iso3")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tile_column", "tile_row"],
                condition=Q(state=MemberState.ACTIVE),
                name="member_tile_once",
            ),
            models.CheckConstraint(
                condition=Q(iso3__regex=r"^[A-Z]{3}$"), name="member_iso3_three_capitals"
            ),
            models.CheckConstraint(
                condition=Q(state=MemberState.ACTIVE)
                | Q(state=MemberState.FORMER, until_on__isnull=False),
                name="member_end_fits_state",
            ),
        ]

    @property
    def shown_name(self) -> TranslatedText:
        """Return the name pages show: the short one, or the full one where it is the same."""
        found: TranslatedText = self.short_name if str(self.short_name) else self.names
        return found

    def __str__(self) -> str:
        return str(self.shown_name)
