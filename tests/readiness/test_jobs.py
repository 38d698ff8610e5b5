"""The room's jobs: each asks one action."""

from datetime import timedelta

import pytest
from tests.factories import planning as make
from tests.factories.members import NOON
from tests.factories.readiness import help_request, probe_run, probe_ticket, probed_office

from serai.base.jobs import enqueue, run_ready
from serai.base.models import Job
from serai.readiness.actions import queue_run

pytestmark = pytest.mark.django_db(transaction=True)


# ---------------------------------------------------------------- plans
def run_all():
    while run_ready(now=make.NOON):
        pass


def test_run_plan_solves_a_run_and_leads_to_it():
    make.scored()
    make.price("LINK")
    make.price("ROOM")
    run = queue_run(scenario=make.scenario(), by=make.staff(), now=make.NOON)

    run_all()

    run.refresh_from_db()
    job = Job.objects.get(name="readiness.run_plan")
    assert (run.state, run.value, run.cost) == ("done", 8, 2000)
    assert run.plan["is_changed"] is False
    assert (job.state, job.result_address) == ("done", f"/readiness/plans/{run.public_id}/")
    assert (job.progress["done"], job.progress["total"]) == (23, 23)


def test_run_plan_says_that_facts_changed_since_it_was_asked():
    one = make.scored()
    make.price("LINK")
    run = queue_run(scenario=make.scenario(), by=make.staff(), now=make.NOON)
    one.facts.update(value=20)

    run_all()

    run.refresh_from_db()
    assert run.plan["is_changed"] is True


def test_run_plan_fails_in_words_where_the_definition_is_out_of_order():
    make.scored()
    make.price("LINK")
    run = queue_run(
        scenario=make.scenario(floors={"GEO": {"event": "E1", "offices": 1}}),
        by=make.staff(), now=make.NOON,
    )  # fmt: skip
    run.basis["asked"]["factors"] = {"GEO": "-1"}
    run.save()

    run_all()

    run.refresh_from_db()
    assert (run.state, run.said) == ("failed", "LINK: amounts, years and factors are not below 0.")


def test_run_plan_gives_up_on_a_run_that_was_removed():
    enqueue("readiness.run_plan", run_id=77)

    run_all()

    assert Job.objects.get(name="readiness.run_plan").state == "failed"


# ---------------------------------------------------------------- connection tests
def test_purge_runs_empties_old_series_and_ends_unused_tickets():
    office = probed_office()
    run = probe_run(office, NOON - timedelta(days=731))
    ticket = probe_ticket(office, expires_at=NOON - timedelta(hours=1))
    enqueue("readiness.purge_runs", key="purge")

    assert run_ready(now=NOON) == ["readiness.purge_runs"]

    run.refresh_from_db()
    ticket.refresh_from_db()
    assert (run.series, ticket.state) == ({}, "expired")


# ---------------------------------------------------------------- events
def test_forecast_looks_at_the_events_that_are_near():
    from tests.factories import readiness

    made = readiness.ready_delegation()
    enqueue("readiness.forecast", key="forecast")

    assert "readiness.forecast" in run_ready(now=NOON)

    made.refresh_from_db()
    assert (made.state, made.warned_days) == ("forecast", [10])


# ---------------------------------------------------------------- help
def test_what_was_solved_is_closed_by_the_job():
    found = help_request(state="solved", moved_at=NOON - timedelta(days=6))

    enqueue("readiness.close_help", key="close")

    assert run_ready(now=NOON) == ["readiness.close_help"]

    found.refresh_from_db()
    assert found.state == "closed"


# ---------------------------------------------------------------- letters, scoring
def test_every_day_s_letters_go_by_their_actions(monkeypatch):
    called = []
    monkeypatch.setattr("serai.readiness.actions.remind", lambda now: called.append("remind"))
    monkeypatch.setattr("serai.readiness.actions.tell_retests", lambda now: called.append("again"))
    enqueue("readiness.remind", key="r")
    enqueue("readiness.retest_due", key="d")

    run_ready(now=NOON)

    assert called == ["remind", "again"]


def test_score_takes_every_office_that_waits(monkeypatch):
    officer = make.staff()
    waits = make.scored(state="collecting", response_number="abc")
    done = []
    monkeypatch.setattr(
        "serai.readiness.actions.score_waiting", lambda number, by, now: done.append(number)
    )
    enqueue("readiness.score", by=officer.person_id)

    run_all()

    job = Job.objects.get(name="readiness.score")
    assert (done, job.state, job.result_address) == ([waits.pk], "done", "/readiness/offices/")


def test_score_gives_up_where_nobody_asked():
    enqueue("readiness.score")

    run_all()

    assert Job.objects.get(name="readiness.score").state == "failed"
