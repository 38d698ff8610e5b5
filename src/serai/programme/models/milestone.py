"""Milestones and the dated facts about them; plans and completions are never changed."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from serai.base.models import PublicId, TranslatedField
from serai.calc import schedule
from serai.calc.schedule import LinkKind, Precision
from serai.members.states import Audience
from serai.programme.models.fact import Fact, choices
from serai.programme.states import (
    ChangeReason,
    FlagLevel,
    MilestoneKind,
    PlanState,
)

if TYPE_CHECKING:
    from serai.programme.queries.facts import (
        FlagShown,
        KnownCompletion,
        KnownLine,
        KnownLink,
        KnownPlan,
    )
    from serai.programme.queries.texts import KnownHome, KnownText


class Milestone(PublicId, Fact):
    """Something an initiative undertakes to have, hold or decide; its status is computed."""

    initiative = models.ForeignKey(
        "programme.Initiative", on_delete=models.CASCADE, related_name="milestones"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(
        max_length=12, choices=choices(MilestoneKind), default=MilestoneKind.DELIVERABLE.value
    )
    name = TranslatedField()
    owner = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    country = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.SECRETARIAT.value
    )
    order = models.PositiveIntegerField(default=0)

    # What `queries.facts.with_facts` reads: the facts known by a day.
    known_texts: list["KnownText"]
    known_homes: list["KnownHome"]
    known_plans: list["KnownPlan"]
    known_completions: list["KnownCompletion"]
    known_links: list["KnownLink"]
    known_lines: list["KnownLine"]
    known_flags: list["FlagShown"]

    class Meta:
        ordering = ("order", "number", "id")
        constraints = (
            models.UniqueConstraint(fields=("initiative", "number"), name="milestone_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id}/{self.number}"


class MilestoneText(Fact):
    """What people wrote of a milestone: append-only; the latest holds, and the milestone has it too.

    Its owner and country are remembered by their numbers alone: where one was a sample and is
    gone, nobody is named.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="texts")
    name = TranslatedField()
    kind = models.CharField(max_length=12, choices=choices(MilestoneKind))
    owner = models.ForeignKey(
        "members.Organisation",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    country = models.ForeignKey(
        "members.Member",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ("known_from", "id")

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.name}"


class Window(models.Model):
    """The days within which something begins and ends, with the words people read."""

    start_earliest = models.DateField(null=True, blank=True)
    start_latest = models.DateField(null=True, blank=True)
    end_earliest = models.DateField(null=True, blank=True)
    end_latest = models.DateField()
    precision = models.CharField(max_length=10, choices=choices(Precision))
    words = TranslatedField()
    is_ongoing = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def as_window(self) -> schedule.Window:
        """Return the window as `calc` knows it, with its words in the source language."""
        return schedule.Window(
            end_earliest=self.end_earliest,
            end_latest=self.end_latest,
            precision=Precision(self.precision),
            words=str(self.words),
            start_earliest=self.start_earliest,
            start_latest=self.start_latest,
            is_ongoing=self.is_ongoing,
        )


class Plan(PublicId, Fact, Window):
    """One planned date of a milestone: append-only; the latest approved one holds."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="plans")
    change_reason = models.CharField(max_length=24, choices=choices(ChangeReason), blank=True)
    reason_text = models.TextField(blank=True)

    class Meta:
        ordering = ("known_from", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(end_earliest__isnull=True) | Q(end_earliest__lte=F("end_latest")),
                name="plan_end_in_order",
            ),
            models.CheckConstraint(
                condition=Q(start_earliest__isnull=True)
                | (
                    Q(start_earliest__lte=F("end_latest"))
                    & Q(start_earliest__lte=F("start_latest"))
                ),
                name="plan_start_before_end",
            ),
            models.CheckConstraint(
                condition=~Q(change_reason=ChangeReason.OTHER.value) | ~Q(reason_text=""),
                name="plan_other_reason_told",
            ),
        )

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.words}"


class PlanVerdict(Fact):
    """What became of a proposed plan; a first plan is approved as it is made."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="verdict")
    state = models.CharField(max_length=10, choices=choices(PlanState))
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=PlanState.PROPOSED.value), name="verdict_decides"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.state}"


class Baseline(PublicId, Fact):
    """Plans fixed on one day, against which slip is counted."""

    initiative = models.ForeignKey(
        "programme.Initiative", on_delete=models.CASCADE, related_name="baselines"
    )
    number = models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)])
    name = models.CharField(max_length=120)
    set_on = models.DateField()
    decision = models.ForeignKey(
        "programme.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(fields=("initiative", "number"), name="baseline_number_once"),
            models.CheckConstraint(condition=Q(number__lte=10), name="baseline_number_to_10"),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id}/{self.number}"


class BaselineLine(models.Model):
    """One milestone's plan in a baseline."""

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="lines")
    milestone = models.ForeignKey(
        Milestone, on_delete=models.CASCADE, related_name="baseline_lines"
    )
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("baseline", "milestone"), name="baseline_line_once"),
        )

    def __str__(self) -> str:
        return f"{self.baseline_id}: {self.plan_id}"


class Completion(PublicId, Fact, Window):
    """A record that a milestone is reached: append-only; an error is withdrawn, never erased."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="completions")
    evidence = models.ForeignKey(
        "base.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("known_from", "id")

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.words}"


class Withdrawal(Fact):
    """A completion taken back, by whom and why."""

    completion = models.OneToOneField(
        Completion, on_delete=models.CASCADE, related_name="withdrawn"
    )
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.completion_id} withdrawn"


class Dependency(Fact):
    """A milestone that comes after another."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="predecessors")
    after = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="successors")
    kind = models.CharField(
        max_length=2, choices=choices(LinkKind), default=LinkKind.FINISH_START.value
    )
    lag_days = models.SmallIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("milestone", "after"),
                condition=Q(ended_on__isnull=True),
                name="dependency_once",
            ),
            models.CheckConstraint(
                condition=~Q(milestone=F("after")), name="dependency_not_on_itself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.after_id} → {self.milestone_id}"


class ManualFlag(Fact):
    """A keeper's warning with a reason; it ends by itself within 60 days."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="flags")
    level = models.CharField(max_length=12, choices=choices(FlagLevel))
    reason = models.TextField()
    expires_on = models.DateField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("known_from")), name="flag_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.level}"
