"""The dated facts about milestones, read with them in one query and light enough for hundreds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet

from serai.base.models import Rows
from serai.base.text import TranslatedText
from serai.calc import schedule
from serai.calc.schedule import Precision
from serai.programme.models import (
    BaselineLine,
    Completion,
    Dependency,
    ManualFlag,
    Milestone,
    Plan,
)
from serai.programme.queries.shared import KEPT_DAYS
from serai.programme.queries.texts import homes, milestone_texts
from serai.programme.states import PlanState

WINDOW = (
    "start_earliest", "start_latest", "end_earliest", "end_latest", "precision", "words",
    "is_ongoing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownWindow:
    """Days and words of a fact, in the order of `WINDOW`."""

    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None
    end_latest: date
    precision: str
    words: TranslatedText
    is_ongoing: bool

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


@dataclass(frozen=True, slots=True)
class KnownPlan(KnownWindow):
    """A planned date with what became of it, if anything did."""

    id: int
    public_id: str
    known_from: date
    recorded_at: datetime
    recorded_by_id: int | None
    sample: bool
    verdict_id: int | None
    verdict: str | None
    decided_on: date | None
    is_verdict_sample: bool | None = False

    def is_approved(self, as_of: date) -> bool:
        """Tell whether it was approved by a day."""
        return (
            self.verdict == PlanState.APPROVED
            and self.decided_on is not None
            and self.decided_on <= as_of
        )

    def is_open(self, as_of: date) -> bool:
        """Tell whether nothing was decided about it by a day."""
        return self.decided_on is None or self.decided_on > as_of


@dataclass(frozen=True, slots=True)
class KnownCompletion(KnownWindow):
    """A record of completion, and when it was withdrawn, if it was."""

    id: int
    known_from: date
    recorded_at: datetime
    sample: bool
    withdrawn_on: date | None
    withdrawn_at: datetime | None
    is_withdrawal_sample: bool | None = False


@dataclass(frozen=True, slots=True)
class KnownLine(KnownWindow):
    """A milestone's plan in one baseline."""

    number: int
    name: str
    set_on: date
    sample: bool


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A milestone that comes before."""

    after_id: int
    kind: str
    lag_days: int
    sample: bool


@dataclass(frozen=True)
class FlagShown:
    """A keeper's warning."""

    level: str
    reason: str
    expires_on: date
    sample: bool


def holding_plan(plans: Iterable[KnownPlan], as_of: date) -> KnownPlan | None:
    """Return the plan that holds: the latest one approved by the day."""
    approved = [plan for plan in plans if plan.is_approved(as_of)]
    return max(approved, key=lambda plan: (plan.decided_on, plan.verdict_id), default=None)


def standing_completion(
    completions: Iterable[KnownCompletion], as_of: date
) -> KnownCompletion | None:
    """Return the completion that is not withdrawn by the day."""
    standing = [one for one in completions if one.withdrawn_on is None or one.withdrawn_on > as_of]
    return max(standing, key=lambda one: (one.known_from, one.id), default=None)


def real_plans(plans: Iterable[KnownPlan]) -> list[KnownPlan]:
    """Leave out sample plans; what only a sample verdict decided is open again."""
    return [
        replace(plan, verdict_id=None, verdict=None, decided_on=None, is_verdict_sample=False)
        if plan.is_verdict_sample
        else plan
        for plan in plans
        if not plan.sample
    ]


def real_completions(completions: Iterable[KnownCompletion]) -> list[KnownCompletion]:
    """Leave out sample completions; what only sample people withdrew stands again."""
    return [
        replace(one, withdrawn_on=None, withdrawn_at=None, is_withdrawal_sample=False)
        if one.is_withdrawal_sample
        else one
        for one in completions
        if not one.sample
    ]


def leave_out_sample(found: Iterable[Milestone]) -> None:
    """Take what sample people entered out of the facts read with milestones."""
    for one in found:
        one.known_texts = [text for text in one.known_texts if not text.sample]
        one.known_homes = [home for home in one.known_homes if not home.sample]
        one.known_plans = real_plans(one.known_plans)
        one.known_completions = real_completions(one.known_completions)
        one.known_lines = [line for line in one.known_lines if not line.sample]
        one.known_links = [link for link in one.known_links if not link.sample]
        one.known_flags = [flag for flag in one.known_flags if not flag.sample]


@lru_cache(maxsize=KEPT_DAYS)
def plans_known(as_of: date) -> Rows:
    """Return a milestone's plans known by a day, as a column."""
    known = Plan.objects.filter(milestone=OuterRef("pk"), known_from__lte=as_of)
    return Rows(
        KnownPlan, known.order_by("known_from", "id"), *WINDOW,
        "id", "public_id", "known_from", "recorded_at", "recorded_by_id", "sample",
        "verdict__id", "verdict__state", "verdict__known_from", "verdict__sample",
    )  # fmt: skip


@lru_cache(maxsize=KEPT_DAYS)
def completions_known(as_of: date) -> Rows:
    """Return a milestone's completions known by a day, as a column."""
    known = Completion.objects.filter(milestone=OuterRef("pk"), known_from__lte=as_of)
    return Rows(
        KnownCompletion, known.order_by("known_from", "id"), *WINDOW,
        "id", "known_from", "recorded_at", "sample",
        "withdrawn__known_from", "withdrawn__recorded_at", "withdrawn__sample",
    )  # fmt: skip


@lru_cache(maxsize=KEPT_DAYS)
def _lines(as_of: date) -> Rows:
    is_sample = Q(baseline__sample=True) | Q(plan__sample=True)
    known = (
        BaselineLine.objects.filter(milestone=OuterRef("pk"), baseline__known_from__lte=as_of)
        .annotate(is_sample=ExpressionWrapper(is_sample, output_field=BooleanField()))
        .order_by("baseline__number")
    )
    return Rows(
        KnownLine, known, *[f"plan__{name}" for name in WINDOW],
        "baseline__number", "baseline__name", "baseline__set_on", "is_sample",
    )  # fmt: skip


@lru_cache(maxsize=KEPT_DAYS)
def _links(as_of: date) -> Rows:
    known = Dependency.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=as_of),
        milestone=OuterRef("pk"),
        known_from__lte=as_of,
    )
    return Rows(KnownLink, known.order_by("id"), "after_id", "kind", "lag_days", "sample")


@lru_cache(maxsize=KEPT_DAYS)
def _flags(as_of: date) -> Rows:
    known = ManualFlag.objects.filter(
        milestone=OuterRef("pk"), known_from__lte=as_of, expires_on__gte=as_of
    )
    return Rows(
        FlagShown, known.order_by("known_from", "id"), "level", "reason", "expires_on", "sample"
    )


def with_facts(rows: QuerySet[Milestone], as_of: date) -> QuerySet[Milestone]:
    """Read all dated facts known by a day with their milestones, in the one query of the rows."""
    known = rows.annotate(  # type: ignore[no-redef]
        known_plans=plans_known(as_of),
        known_texts=milestone_texts(as_of),
        known_homes=homes(as_of),
        known_completions=completions_known(as_of),
        known_lines=_lines(as_of),
        known_links=_links(as_of),
        known_flags=_flags(as_of),
    )
    return known.select_related("initiative__programme", "owner", "country").only(
        "public_id", "number", "kind", "name", "audience", "sample", "order",
        "initiative__code", "initiative__name", "initiative__order", "initiative__audience",
        "initiative__keeper_id", "initiative__sample", "initiative__programme__time_zone",
        "owner__names", "country__iso3", "country__names", "country__short_name",
    )  # fmt: skip
