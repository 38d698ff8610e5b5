"""Letters that the house sends by itself: each once."""

from datetime import timedelta

import pytest
from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories import planning

from serai.base.models import Message
from serai.readiness import actions

pytestmark = pytest.mark.django_db
NOON = make.NOON
DAY = timedelta(days=1)


def kinds() -> list[str]:
    return [
        key.split(":")[0] for key in Message.objects.order_by("id").values_list("key", flat=True)
    ]


@pytest.fixture
def place():
    found = people.organisation("Roads")
    people.viewer_with("lead", found)
    return found


def test_an_office_is_asked_for_tests_then_reminded_each_once(place):
    make.assessment(make.office(organisation=place), made_at=NOON)

    for days in (0, 1, 7, 8, 14, 21):
        actions.remind(now=NOON + days * DAY)

    assert kinds() == ["readiness.tests_invited", "readiness.tests_reminder",
                       "readiness.tests_reminder"]  # fmt: skip


def test_leads_are_reminded_of_results_once(place):
    make.assessment(
        make.office(organisation=place), state="under_review", due_on=NOON.date() + 2 * DAY
    )

    assert actions.remind(now=NOON) == 1
    actions.remind(now=NOON + DAY)

    assert kinds() == ["readiness.results_reminder"]


def test_a_new_test_is_asked_for_once(place):
    planning.framework()
    office = planning.office(organisation=place)
    made = planning.provided(office)
    planning.at_step(made, "installed", NOON - 15 * DAY)

    assert actions.tell_retests(now=NOON) == 1
    actions.tell_retests(now=NOON + DAY)

    assert kinds() == ["readiness.retest_due"]
