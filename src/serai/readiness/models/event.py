"""Which office takes part in which event, what is forecast for it, and what then happened."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, choices, known
from serai.calc.readiness.forecast import PlanB
from serai.calc.readiness.ladder import Role, Sensitivity
from serai.readiness.models.framework import Framework
from serai.readiness.models.place import MeetingRoom, Office
from serai.readiness.states import AS_PLANNED, DelegationState, DeskNoteKind, Trouble


class EventPlan(PublicId, Sampled):
    """A meeting of the programme as an event of one type on one platform."""

    meeting = models.OneToOneField("programme.Meeting", on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=8)
    platform = models.SlugField(max_length=40)
    languages = models.JSONField(default=list)
    sensitivity = models.CharField(
        max_length=8, choices=choices(Sensitivity), default=Sensitivity.LOW.value
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    contacts = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("starts_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="event_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=known("sensitivity", Sensitivity), name="event_sensitivity_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Delegation(PublicId, Sampled):
    """One office in one event.

    Attributes:
        verdict: red, amber or green with its figures and reasons, as `calc` gave it.
        plan_b: what to do instead, in order; the first that can be done is chosen.
        outcome: whether it came, whether it fell short, and what was noted; {} before the review.
    """

    plan = models.ForeignKey(EventPlan, on_delete=models.CASCADE, related_name="delegations")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="delegations")
    room = models.ForeignKey(
        MeetingRoom, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=8, choices=choices(Role), default=Role.SEAT.value)
    seats = models.PositiveSmallIntegerField(default=1)
    verdict = models.JSONField(default=dict, blank=True)
    plan_b = models.JSONField(default=list, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    forecast_at = models.DateTimeField(null=True, blank=True)
    warned_days = models.JSONField(default=list, blank=True)
    rehearsed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=choices(DelegationState), default=DelegationState.DRAFT.value
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "office", "room"],
                nulls_distinct=None,
                name="readiness_delegation_once",
            ),
            models.CheckConstraint(
                condition=known("state", DelegationState), name="readiness_delegation_state_known"
            ),
            models.CheckConstraint(
                condition=known("role", Role), name="readiness_delegation_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class DeskNote(Sampled):
    """What was seen at the desk at one moment, in a rehearsal or live; never changed.

    Attributes:
        delegation: none where it is of the whole event.
        is_in: whether the delegation is connected; None where nothing is said of it.
        on_plan: what it takes part by: as planned, or a way of plan B; "" where nothing is said.
        trouble: "" where nothing is said.
    """

    plan = models.ForeignKey(EventPlan, on_delete=models.CASCADE, related_name="notes")
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    kind = models.CharField(max_length=10, choices=choices(DeskNoteKind))
    is_in = models.BooleanField(null=True, blank=True)
    on_plan = models.CharField(
        max_length=12, choices=[(AS_PLANNED, AS_PLANNED), *choices(PlanB)], blank=True
    )
    trouble = models.CharField(max_length=14, choices=choices(Trouble), blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=known("kind", DeskNoteKind), name="readiness_desk_note_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(on_plan__in=["", AS_PLANNED]) | known("on_plan", PlanB),
                name="readiness_desk_note_plan_known",
            ),
            models.CheckConstraint(
                condition=Q(trouble="") | known("trouble", Trouble),
                name="readiness_desk_note_trouble_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.trouble or self.on_plan or self.text[:40]}"
