"""Completions, withdrawals and warnings."""

from datetime import date

import pytest
from tests.factories.programme import NOON, STAFF, completion, milestone

from serai.base.access import ANONYMOUS, Denied
from serai.programme import actions, queries
from serai.programme.actions import Refused
from serai.programme.models import Completion

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)


def test_a_completion_after_today_names_both_days():
    row = milestone(words="22 June 2021")

    with pytest.raises(Refused, match="5 July 2021, is after today, 30 June 2021"):
        actions.record_completion(milestone=row, words="5 July 2021", by=STAFF, now=NOON)


def test_a_completion_is_recorded_once():
    row = milestone(words="22 June 2021")
    completion(row, "by 30 June 2021")

    with pytest.raises(Refused, match="recorded already"):
        completion(row, "30 June 2021")


def test_a_withdrawn_completion_stays_and_counts_no_more():
    row = milestone(words="22 June 2021")
    done = completion(row, "by 30 June 2021")

    actions.withdraw_completion(completion=done, reason="Wrong milestone", by=STAFF, now=NOON)

    found = queries.milestones(STAFF, D)[0]
    assert found.status == "overdue"
    assert found.standing.days == 8
    assert Completion.objects.count() == 1
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw_completion(completion=done, reason="Again", by=STAFF, now=NOON)


def test_by_a_day_is_not_established():
    row = milestone(words="22 June 2021")
    actions.set_baseline(initiative=row.initiative, name="Agreed", by=STAFF, now=NOON)
    completion(row, "by 30 June 2021")

    slip = queries.milestones(STAFF, D)[0].slip

    assert (slip.days, slip.high) == (None, 8)


def test_a_visitor_may_not_complete():
    with pytest.raises(Denied):
        actions.record_completion(
            milestone=milestone(words="22 June 2021"), words="22 June 2021", by=ANONYMOUS, now=NOON
        )


def test_a_warning_lasts_at_most_60_days():
    row = milestone(words="22 July 2021")

    with pytest.raises(Refused, match="between 30 June 2021 and 29 August 2021"):
        actions.raise_flag(
            milestone=row, level="at_risk", reason="Staff", expires_on=date(2021, 8, 30),
            by=STAFF, now=NOON,
        )  # fmt: skip
    actions.raise_flag(
        milestone=row, level="at_risk", reason="Staff", expires_on=date(2021, 8, 29),
        by=STAFF, now=NOON,
    )  # fmt: skip

    assert queries.milestones(STAFF, D)[0].is_at_risk is True
    assert queries.milestones(STAFF, date(2021, 8, 30))[0].flag is None


def test_a_number_is_used_once():
    row = milestone()

    with pytest.raises(Refused, match="Milestone 1 exists already"):
        actions.add_milestone(
            initiative=row.initiative, name="Another", number=1, by=STAFF, now=NOON
        )
