"""An office evaluated by one framework as of a day: facts, levels, verdicts, findings, advice."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, choices, known
from serai.calc.readiness.attainment import Status
from serai.calc.readiness.facts import Grade, Scope
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Gate, Role
from serai.members.states import Audience
from serai.readiness.models.framework import Framework
from serai.readiness.models.place import MeetingRoom, Office
from serai.readiness.states import AssessmentState, FindingKind, RecommendationState


class Assessment(PublicId, Sampled):
    """One evaluation; superseded by the next of its office.

    Attributes:
        audience: who reads it once the agency was shown it; members and the public by releases.
        score, score_low, score_high: 0 to 100; `score` none where less than 60 % is known.
        known_share, measured_share: of weight, 0 to 1.
        dimensions: by code, `value`, `low`, `high`, `known_share` and `measured_share` of each.
        headline_attend, headline_host: codes of the highest events attained; "" for none.
        due_on: the tenth working day after the agency was shown it.
        dispute: what the agency says is wrong.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="assessments")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.SECRETARIAT.value
    )
    response_number = models.CharField(max_length=12, blank=True, db_index=True)
    as_of = models.DateField()
    score = models.FloatField(null=True, blank=True)
    score_low = models.FloatField(null=True, blank=True)
    score_high = models.FloatField(null=True, blank=True)
    known_share = models.FloatField(default=0)
    measured_share = models.FloatField(default=0)
    dimensions = models.JSONField(null=True, blank=True)
    headline_attend = models.CharField(max_length=8, blank=True)
    headline_host = models.CharField(max_length=8, blank=True)
    due_on = models.DateField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dispute = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=choices(AssessmentState), default=AssessmentState.COLLECTING.value
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    scored_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(state__in=["collecting", "scored", "under_review"]),
                name="assessment_one_open",
            ),
            models.UniqueConstraint(
                fields=["office"], condition=Q(state="confirmed"), name="assessment_one_confirmed"
            ),
            models.CheckConstraint(
                condition=known("state", AssessmentState), name="assessment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="assessment_confirmed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Fact(Sampled):
    """One fact of an assessment.

    Attributes:
        value: a number in the key's unit, or a choice's code; null where nothing is known.
        source: where it comes from: `answer:<number>`, `runs:<numbers>`, `file:<number>`.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="facts")
    scope = models.CharField(max_length=12, choices=choices(Scope))
    room = models.ForeignKey(
        MeetingRoom, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=60)
    value = models.JSONField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=8, choices=choices(Grade))
    is_thin = models.BooleanField(default=False)
    is_stale = models.BooleanField(default=False)
    known_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "room", "key"], nulls_distinct=None, name="fact_once"
            ),
            models.CheckConstraint(condition=known("grade", Grade), name="fact_grade_known"),
            models.CheckConstraint(condition=known("scope", Scope), name="fact_scope_known"),
        ]

    def __str__(self) -> str:
        return self.key


class CriterionScore(Sampled):
    """The level of one criterion; none where its fact is missing."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=20)
    dimension = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    grade = models.CharField(max_length=8, choices=choices(Grade))

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__lte=3), name="score_level_to_three"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.level}"


class Attainment(Sampled):
    """Where the office stands with one event in one role."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="attainments")
    event = models.CharField(max_length=8)
    role = models.CharField(max_length=8, choices=choices(Role))
    status = models.CharField(max_length=12, choices=choices(Status))
    room = models.ForeignKey(
        MeetingRoom, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "event", "role"], name="attainment_once"),
            models.CheckConstraint(condition=known("role", Role), name="attainment_role_known"),
            models.CheckConstraint(
                condition=known("status", Status), name="attainment_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.role}: {self.status}"


class Finding(Sampled):
    """A row of an event that does not pass, or a measured figure far below a declared one."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=14, choices=choices(FindingKind))
    event = models.CharField(max_length=8, blank=True)
    role = models.CharField(max_length=8, choices=choices(Role), blank=True)
    room = models.ForeignKey(
        MeetingRoom, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    fact = models.CharField(max_length=60)
    lever = models.CharField(max_length=12, choices=choices(Lever), blank=True)
    gate = models.CharField(max_length=12, choices=choices(Gate), default=Gate.NONE.value)
    need = models.JSONField(null=True, blank=True)
    have = models.JSONField(null=True, blank=True)
    is_missing = models.BooleanField(default=False)
    is_decisive = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=known("kind", FindingKind), name="finding_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.fact}"


class Recommendation(PublicId, Sampled):
    """Advice a rule gave on an office's facts; it outlives the assessment that first gave it.

    Attributes:
        rule, rule_version: such as `CAP-1`, 1.
        aims_at: the event's code; `room` none where it is of the whole office.
        facts: what the rule looked at, as key: value.
        text: the words of then, by language, with their gaps filled.
        package: the code of what to buy; "" where own staff can do it.
    """

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="recommendations"
    )
    rule = models.CharField(max_length=12)
    rule_version = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=16)
    aims_at = models.CharField(max_length=8)
    room = models.ForeignKey(
        MeetingRoom, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    facts = models.JSONField(default=dict)
    text = models.JSONField(default=dict)
    package = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=8,
        choices=choices(RecommendationState),
        default=RecommendationState.DRAFT.value,
    )
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "rule", "room"],
                nulls_distinct=None,
                name="recommendation_once",
            ),
            models.CheckConstraint(
                condition=known("state", RecommendationState), name="recommendation_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.state}"
