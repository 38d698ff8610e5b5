"""The demonstration round: whole, marked, the same each time, and gone without a trace."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import translation
from tests.factories.reports import carec

from serai.base.jobs.kinds import every_kind
from serai.base.models import Job, Message
from serai.readiness.models import (
    Advisory,
    Aggregate,
    Assessment,
    Delegation,
    DeskNote,
    Duty,
    EventPlan,
    HelpMessage,
    HelpRequest,
    MeetingRoom,
    Office,
    PlatformPolicy,
    Price,
    ProbeRun,
    Provision,
    Recommendation,
    Release,
    ResultReading,
    RunVoid,
    Scenario,
)
from serai.readiness.queries import forecast_record, line_changes
from serai.readiness.states.event_words import event_state
from serai.setup.demo import round as demo
from serai.setup.demo.loading import counts, load, remove
from serai.surveys.models import Response, Wave

pytestmark = pytest.mark.django_db
NOON = datetime(2021, 8, 16, 12, tzinfo=UTC)  # after every day the sample names
SOME = (0, 5, 11, 12, 13, 14, 22, 40, 44, 45, 48)


@pytest.fixture(scope="module")
def entered(django_db_setup, django_db_blocker):
    """The sample with some offices of its round, entered once; gone after the module's latest test."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        carec()
        load(now=NOON)
        demo.some(SOME, NOON)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def round_(entered, db):
    """The round as it was entered, whatever the test before did."""


def states(model) -> dict[str, int]:
    return dict(Counter(model.objects.values_list("state", flat=True)))


def test_loading_the_sample_asks_for_the_round(round_):
    asked = Job.objects.filter(name="setup.sample_round")

    assert [one.key for one in asked] == ["setup.sample_round"]
    assert "setup.sample_offices" in {one.name for one in every_kind()}


def test_assessments_stand_at_every_state(round_):
    assert states(Assessment) == {
        "confirmed": 4, "superseded": 2, "under_review": 1, "scored": 1, "collecting": 2,
    }  # fmt: skip
    assert Assessment.objects.exclude(dispute="").count() == 1
    assert Office.objects.count() == 8
    assert Office.objects.filter(latitude=None).count() == 0
    assert {*Office.objects.values_list("time_zone", flat=True)} >= {"Asia/Tbilisi", "Asia/Kabul"}


def test_late_offices_have_begun_signed_or_said_nothing(round_):
    first = Wave.objects.filter(survey__code="readiness-office", state="closed").earliest("id")

    assert first.invitations.count() == 50
    assert Counter(first.responses.values_list("state", flat=True)) == {
        "accepted": 8, "filling": 1, "signed": 1, "handed_in": 1,
    }  # fmt: skip


def test_advice_and_deliveries_stand_at_many_states(round_):
    assert {"draft", "proposed", "accepted", "lapsed"} <= set(states(Recommendation))
    assert {"verified", "closed"} <= set(states(Provision))


def test_the_line_of_a_verified_delivery_is_better(round_):
    found = Provision.objects.get(state="verified")
    officer = demo.people_of(NOON)["officer"]

    changes = {one.figure: one.change.verdict for one in line_changes(officer, found)}

    assert changes["down_tail_mbps"] == changes["up_tail_mbps"] == "improved"


def test_prices_say_that_they_are_made_up(round_):
    sources = set(Price.objects.values_list("source", "currency"))

    assert sources == {("Sample: made up, no offer stands behind it", "USD")}
    assert Scenario.objects.count() == 4
    assert set(Duty.objects.values_list("kind", flat=True)) == {
        "technician", "supplier", "security_reader",
    }  # fmt: skip


def test_events_lie_behind_now_and_ahead_with_what_came_of_them(round_):
    by_state = Counter(
        event_state(one.delegations.values_list("state", flat=True))
        for one in EventPlan.objects.order_by("id")
    )

    assert by_state == {"reviewed": 2, "live": 1, "forecast": 1, "rehearsed": 1, "draft": 1}
    assert EventPlan.objects.filter(
        starts_at__date=(NOON + timedelta(days=3)).date(), event="E3", sensitivity="medium"
    ).exists()
    assert Delegation.objects.exclude(verdict={}).filter(plan_b=[]).count() == 0
    assert DeskNote.objects.filter(kind="live", delegation=None).count() == 1
    assert {"rehearsal", "live"} == {*DeskNote.objects.values_list("kind", flat=True)}


def test_past_forecasts_have_a_score(round_):
    found = forecast_record(demo.people_of(NOON)["officer"])

    assert found.score is not None
    assert found.score.count == len(found.rows) >= 10


def test_the_help_desk_has_requests_in_every_state_and_answers_without_names(round_):
    assert states(HelpRequest) == {
        "new": 1, "assigned": 1, "in_work": 1, "waiting": 1, "solved": 1, "reopened": 1,
        "closed": 2,
    }  # fmt: skip
    assert HelpRequest.objects.get(priority="now").plan is not None
    assert Counter(Advisory.objects.values_list("is_shown", flat=True)) == {True: 4, False: 1}
    names = {*Office.objects.values_list("name", flat=True)}
    said = " ".join(
        text for one in Advisory.objects.all()
        for _language, text, _state in [*one.question.texts, *one.answer.texts]
    )  # fmt: skip
    assert [name for name in names if name in said] == []


def test_results_are_let_out_and_their_readers_noted(round_):
    assert Counter(Release.objects.values_list("state", "audience")) == {
        ("released", "members"): 1, ("released", "public"): 1, ("granted", "members"): 1,
        ("asked", "members"): 1,
    }  # fmt: skip
    assert {*ResultReading.objects.values_list("way", flat=True)} == {"page", "xlsx", "csv", "api"}


def test_everything_is_marked_and_no_letter_leaves(round_):
    for model in (
        Office, MeetingRoom, ProbeRun, Assessment, Response, Provision, Scenario, Duty,
        EventPlan, Delegation, DeskNote, HelpRequest, HelpMessage, Advisory, Release, Aggregate,
        ResultReading, PlatformPolicy,
    ):  # fmt: skip
        assert model.objects.filter(sample=False).count() == 0
    assert EventPlan.objects.filter(meeting__sample=False).count() == 0
    assert {*Message.objects.values_list("state", flat=True)} & {
        "queued",
        "sending",
        "sent",
    } == set()


def test_a_test_that_does_not_count_says_why(round_):
    assert {*RunVoid.objects.values_list("reason", flat=True)} == {
        "Sample: a backup ran over the line during this test."
    }


def test_nothing_of_it_is_left(round_):
    remove(now=NOON)

    assert counts() == {}
    assert Office.objects.count() == ProbeRun.objects.count() == Assessment.objects.count() == 0
    assert EventPlan.objects.count() == HelpRequest.objects.count() == Release.objects.count() == 0
    assert demo.people_of(NOON) == {}
