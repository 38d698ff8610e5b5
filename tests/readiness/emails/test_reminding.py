"""Letters that ask for a test or an answer: links, never scores."""

from datetime import date

import pytest
from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories import planning

from serai.base.mail import send_all
from serai.readiness import emails
from serai.readiness.queries.reminders import TestsWanted

pytestmark = pytest.mark.django_db
DAY = date(2021, 7, 5)


@pytest.fixture
def to():
    return [people.viewer_with("participant").person_id]


@pytest.mark.parametrize(
    ("turn", "kind", "says"),
    [(0, "tests_invited", "Please test its line three times"),
     (2, "tests_reminder", "Fewer than three tests")],
)  # fmt: skip
def test_tests_are_asked_for_at_their_page(to, turn, kind, says):
    found = make.assessment(make.office(name="Head office"))

    (message,) = emails.tests_wanted(TestsWanted(found, turn), to)
    (row,) = send_all([message])

    assert message.key == f"readiness.{kind}:{found.pk}:{turn}:{to[0]}"
    assert says in row.text
    assert f"/readiness/offices/{found.office.public_id}/tests/" in row.text


def test_results_name_the_day_and_no_score(to):
    found = make.assessment(state="under_review", due_on=DAY, score=77.5, score_low=70.0)

    (row,) = send_all(emails.results_reminder(found, to))

    assert "by 5 July 2021" in row.text
    assert "77" not in row.text


def test_a_new_test_is_asked_for_where_there_is_an_office(to):
    made = planning.provided(planning.office("Branch"))
    shared = planning.provided(country=people.member("GEO"))

    (row,) = send_all(emails.retest_due(made, DAY, to))

    assert "The line of Branch was changed two weeks ago." in row.text
    assert emails.retest_due(shared, DAY, to) == []
