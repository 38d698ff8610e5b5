"""Letters about results: who, to which page, and never a score."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.readiness import emails

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "rest"),
    [("results_for_review", ()), ("results_disputed", (make.NOON,)), ("advice_proposed", (3, 9))],
)
def test_each_letter_leads_to_the_office_once_a_person(kind, rest):
    found = make.assessment(score=61.5)
    to = [people.person(language="ru"), people.person()]

    letters = getattr(emails, kind)(found, to, *rest)

    assert kind in emails.TOPICS
    assert [one.person_id for one in letters] == [one.pk for one in to]
    assert len({one.key for one in letters}) == 2
    assert {one.link for one in letters} == {f"/readiness/offices/{found.office.public_id}/"}
    assert not any("61" in str(one.facts) for one in letters)
