"""Prices, scenarios of a budget with their runs, and what is then provided."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, choices, known
from serai.readiness.models.assessment import Assessment, Recommendation
from serai.readiness.models.framework import Framework
from serai.readiness.models.place import MeetingRoom, Office
from serai.readiness.states import ProvisionState, RunState


class Price(PublicId, Sampled):
    """What a package costs from a day on; append-only, the latest holds.

    Attributes:
        package: its code in the framework.
        country: where the price holds; none for everywhere.
        currency: ISO 4217.
    """

    package = models.CharField(max_length=20)
    country = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    capex = models.DecimalField(max_digits=14, decimal_places=2)
    opex_per_year = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3)
    priced_on = models.DateField()
    source = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("package", "priced_on", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(capex__gte=0, opex_per_year__gte=0), name="price_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_currency_three_capitals"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="price_source_told"),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.capex} {self.currency}"


class Scenario(PublicId, Sampled):
    """What a plan is asked for.

    Attributes:
        factors: what buying costs in a country against elsewhere, by ISO code; 1 where not named.
        floors: by ISO code, {event, offices}: at least so many offices host it.
        caps: by ISO code, the most that may be spent there.
        exclusions: packages or offices left out.
        values: by event code, what hosting it is worth; {} for the framework's.
    """

    name = models.CharField(max_length=120)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    years = models.PositiveSmallIntegerField(default=3)
    factors = models.JSONField(default=dict, blank=True)
    floors = models.JSONField(default=dict, blank=True)
    caps = models.JSONField(default=dict, blank=True)
    exclusions = models.JSONField(default=list, blank=True)
    values = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(budget__gte=0), name="scenario_budget_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScenarioRun(PublicId, Sampled):
    """One solving of a scenario; what it found never changes.

    Attributes:
        basis: the assessments and prices counted with, by number: what could be run again.
        plan: what is bought where, and which event each office then hosts.
        bound, gap: the proven limit of the value, and how far the plan may be from it (0 to 1).
        greedy, frontier: beside it, for comparison.
        said: why there is no plan, in words.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="runs")
    basis = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    gap = models.FloatField(null=True, blank=True)
    least_budget = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    greedy = models.JSONField(default=dict)
    frontier = models.JSONField(default=list)
    said = models.TextField(blank=True)
    seconds = models.FloatField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=choices(RunState), default=RunState.QUEUED.value
    )
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=known("state", RunState), name="scenario_run_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Provision(PublicId, Sampled):
    """One package on its way to an office, or shared by a country.

    Attributes:
        before: the assessment of before; `verified_by` the one whose facts show the effects.
    """

    package = models.CharField(max_length=20)
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="provisions"
    )
    room = models.ForeignKey(
        MeetingRoom, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    country = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.SET_NULL, related_name="provisions"
    )
    run = models.ForeignKey(
        ScenarioRun, null=True, blank=True, on_delete=models.PROTECT, related_name="provisions"
    )
    before = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_by = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supplier = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    serials = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=choices(ProvisionState), default=ProvisionState.PROPOSED.value
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(office__isnull=False) | Q(country__isnull=False),
                name="provision_goes_somewhere",
            ),
            models.CheckConstraint(
                condition=known("state", ProvisionState), name="provision_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "closed"]) | Q(verified_by__isnull=False),
                name="provision_verified_by_a_test",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.state}"


class ProvisionStep(Sampled):
    """One move of a provision, with its note; append-only."""

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=choices(ProvisionState))
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.provision_id}: {self.state}"
