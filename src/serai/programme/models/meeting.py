"""Meetings, what is on their table, and who comes."""

from django.db import models
from django.db.models import F, Q

from serai.base.models import PublicId, TranslatedField
from serai.members.states import Audience
from serai.programme.models.fact import Fact, choices
from serai.programme.states import (
    AttendanceAnswer,
    AttendanceRole,
    ItemPurpose,
    MeetingKind,
    MeetingMode,
    MeetingState,
)


class Meeting(PublicId, Fact):
    """One meeting; without an initiative it is the whole programme's."""

    code = models.CharField(max_length=24, unique=True)
    title = TranslatedField()
    kind = models.CharField(max_length=20, choices=choices(MeetingKind))
    initiative = models.ForeignKey(
        "programme.Initiative",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    place = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=choices(MeetingMode))
    join_link = models.URLField(max_length=500, blank=True)
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.MEMBERS.value
    )
    state = models.CharField(
        max_length=16, choices=choices(MeetingState), default=MeetingState.PLANNED.value
    )
    minutes = TranslatedField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return self.code


class AgendaItem(PublicId):
    """One item of an agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = TranslatedField()
    purpose = models.CharField(max_length=12, choices=choices(ItemPurpose))
    minutes = TranslatedField()
    starts_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "number"), name="agenda_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"


class Paper(PublicId):
    """A paper on an item: a file, or the number of a report run."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    title = TranslatedField()
    file = models.ForeignKey(
        "base.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    run_number = models.CharField(max_length=40, blank=True)
    languages = models.JSONField(default=list)
    due_on = models.DateField(null=True, blank=True)
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.MEMBERS.value
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.item_id}: {self.title}"


class Attendance(models.Model):
    """One delegate's invitation, answer and presence."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=20, choices=choices(AttendanceRole), default=AttendanceRole.DELEGATE.value
    )
    answer = models.CharField(
        max_length=10, choices=choices(AttendanceAnswer), default=AttendanceAnswer.WAITING.value
    )
    attended = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("meeting", "person"), name="attendance_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person_id}"
