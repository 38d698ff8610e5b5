"""Which offices have tests to run, results to answer, or a delivery to test again."""

from datetime import timedelta

import pytest
from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories import planning

from serai.readiness.queries import offices_path, reminders, waiting_for_score
from serai.readiness.queries.reminders import results_to_answer, retests_due

pytestmark = pytest.mark.django_db
NOON = make.NOON
DAY = timedelta(days=1)


def test_contributors_test_else_leads():
    place = people.organisation("Roads")
    office = make.office(organisation=place)
    lead = people.viewer_with("lead", place)

    assert reminders.testers_of(office, NOON) == [lead.person_id]

    contributor = people.viewer_with("contributor", place)
    assert reminders.testers_of(office, NOON) == [contributor.person_id]


@pytest.mark.parametrize(
    ("days", "turn"), [(0, 0), (6, 0), (7, 1), (20, 2), (21, None), (90, None)]
)
def test_tests_are_wanted_three_times(days, turn):
    make.assessment(made_at=NOON - days * DAY)

    assert [one.turn for one in reminders.tests_wanted(NOON)] == ([] if turn is None else [turn])


def test_enough_tests_a_closed_office_and_results_want_none():
    measured, told, void = make.office(), make.office(), make.office()
    make.runs(measured, 3)
    make.runs(told, 3, source="entered")
    for run in make.runs(void, 3):
        run.void = type(run).void.related.related_model.objects.create(
            run=run, reason="Backup.", at=NOON
        )
    for office in (measured, told, void, make.office(is_closed=True)):
        make.assessment(office, made_at=NOON)
    make.assessment(state="scored", made_at=NOON)

    assert [one.assessment.office for one in reminders.tests_wanted(NOON)] == [told, void]


def test_results_are_reminded_of_in_their_latest_three_days():
    def shown(days, **fields):
        return make.assessment(state="under_review", due_on=NOON.date() + days * DAY, **fields)

    today, later = shown(0), shown(3)
    shown(4), shown(-1), shown(1, agreed_at=NOON)

    assert results_to_answer(NOON) == [today, later]


def test_a_changed_line_is_tested_again_after_two_weeks():
    planning.framework()
    at = NOON - timedelta(days=14)

    def installed(package="LINK", when=at):
        made = planning.provided(package=package)
        return planning.at_step(made, "installed", when)

    due, tested = installed(), installed()
    installed("ROOM"), installed(when=at + DAY)
    planning.tested(due.office, at - DAY, 5)
    planning.tested(tested.office, at + DAY, 20)

    assert retests_due(NOON) == [(due, at.date())]


def test_without_a_framework_nothing_is_due():
    assert retests_due(NOON) == []


def test_what_is_disputed_or_unanswered_does_not_wait_for_a_score():
    waits = make.assessment(response_number="abc")
    make.assessment(response_number="abd", dispute="Wrong.")
    make.assessment()
    make.assessment(make.office(is_closed=True), response_number="abe")

    assert waiting_for_score() == [waits.pk]
    assert offices_path() == "/readiness/offices/"
