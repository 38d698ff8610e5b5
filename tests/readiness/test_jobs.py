from datetime import timedelta

import pytest
from tests.factories.members import NOON
from tests.factories.readiness import probe_run, probe_ticket, probed_office

from serai.base.jobs import enqueue, run_ready

pytestmark = pytest.mark.django_db


def test_purge_runs_empties_old_series_and_ends_unused_tickets():
    office = probed_office()
    run = probe_run(office, NOON - timedelta(days=731))
    ticket = probe_ticket(office, expires_at=NOON - timedelta(hours=1))
    enqueue("readiness.purge_runs", key="purge")

    assert run_ready(now=NOON) == ["readiness.purge_runs"]

    run.refresh_from_db()
    ticket.refresh_from_db()
    assert (run.series, ticket.state) == ({}, "expired")
