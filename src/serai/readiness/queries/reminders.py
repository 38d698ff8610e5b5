"""Which offices have tests to run, results to answer, or a delivery to test again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils.translation import override

from serai.members.queries import people_with_role
from serai.members.states import Role
from serai.readiness.models import Assessment, Office, Provision
from serai.readiness.queries.definitions import definition_in_use
from serai.readiness.queries.line_change import of_line
from serai.readiness.states import AssessmentState, ProvisionState, RunSource

ENOUGH_RUNS = 3
REMIND_AFTER = timedelta(days=7)
MOST_REMINDERS = 2
RETEST_AFTER = timedelta(days=14)
ANSWER_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class TestsWanted:
    """An assessment whose office has too few tests.

    Attributes:
        turn: 0 for the invitation, then the number of the reminder.
    """

    __test__ = False  # for pytest, which would take the name for a test's

    assessment: Assessment
    turn: int


def testers_of(office: Office, now: datetime) -> list[int]:
    """Return who runs an office's tests: its organisation's contributors, else its leads."""
    place = office.organisation_id
    found = people_with_role(Role.CONTRIBUTOR, now, organisation_id=place) or people_with_role(
        Role.LEAD, now, organisation_id=place
    )
    return [one.pk for one in found]


def tests_wanted(now: datetime) -> list[TestsWanted]:
    """Return open assessments of offices that our probe has measured fewer than three times."""
    counting = Q(office__runs__source=RunSource.PROBE, office__runs__void=None)
    rows = (
        Assessment.objects.filter(state=AssessmentState.COLLECTING, office__is_closed=False)
        .select_related("office__organisation__member", "office__initiative")
        .annotate(run_count=Count("office__runs", filter=counting))
        .filter(run_count__lt=ENOUGH_RUNS)
        .order_by("id")
    )
    return [
        TestsWanted(one, turn)
        for one in rows
        if (turn := (now - one.made_at) // REMIND_AFTER) <= MOST_REMINDERS
    ]


def results_to_answer(now: datetime) -> list[Assessment]:
    """Return results whose agency has not answered, with three days left or fewer."""
    return list(
        Assessment.objects.filter(
            state=AssessmentState.UNDER_REVIEW, agreed_at=None,
            due_on__gte=now.date(), due_on__lte=(now + ANSWER_WITHIN).date(),
        )
        .select_related("office__organisation__member", "office__initiative")
        .order_by("id")
    )  # fmt: skip


def retests_due(now: datetime) -> list[tuple[Provision, date]]:
    """Return what changes a line and was installed two weeks ago, with that day; not tested since."""
    definition = definition_in_use()
    if definition is None:
        return []
    installed = Q(steps__state=ProvisionState.INSTALLED)
    rows = (
        Provision.objects.filter(
            state=ProvisionState.INSTALLED, package__in=of_line(definition), office__isnull=False
        )
        .annotate(
            installed_at=Max("steps__at", filter=installed),
            tested_at=Max("office__runs__at", filter=Q(office__runs__source=RunSource.PROBE)),
        )
        .filter(installed_at__lte=now - RETEST_AFTER)
        .filter(Q(tested_at=None) | Q(tested_at__lt=F("installed_at")))
        .select_related("office__organisation__member", "office__initiative")
        .order_by("id")
    )
    return [
        (one, one.installed_at.astimezone(ZoneInfo(one.office.time_zone)).date())
        for one in rows
        if one.office is not None
    ]


def waiting_for_score() -> list[int]:
    """Return the numbers of assessments that collect and have cleared answers, the oldest first.

    What an agency disputes waits for somebody to look at it.
    """
    rows = Assessment.objects.filter(state=AssessmentState.COLLECTING, dispute="")
    waiting = rows.exclude(response_number="").filter(office__is_closed=False)
    return list(waiting.order_by("id").values_list("pk", flat=True))


def offices_path() -> str:
    """Return where the list of offices is, from the language on."""
    with override("en"):
        return reverse("readiness:offices").removeprefix("/en")
