"""Which offices technicians know of: while a request is open there, or an event is not over."""

import pytest
from tests.factories import readiness as make

from serai.base.access import ANONYMOUS
from serai.members.queries import viewer_of
from serai.readiness import access

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return viewer_of(make.technician(), make.NOON)


@pytest.mark.parametrize(
    ("own", "other", "is_open"),
    [
        ("draft", "draft", True), ("forecast", "forecast", True), ("live", "live", True),
        ("reviewed", "live", True), ("reviewed", "reviewed", False),
    ],
)  # fmt: skip
def test_an_event_is_open_until_the_latest_outcome_is_said(desk, own, other, is_open):
    made = make.event_with(make.office(), state=own)
    make.delegation(made.plan, state=other)

    assert access.knows_office(desk, made.office) is is_open
    assert access.may_see_delegation(desk, made) is is_open
    assert access.open_plans().exists() is is_open


def test_the_event_of_a_cancelled_meeting_is_over(desk):
    made = make.event_with(make.office(), state="forecast")
    meeting = made.plan.meeting
    meeting.state = "cancelled"
    meeting.save()

    assert access.knows_office(desk, made.office) is False


def test_a_country_is_known_by_an_office_of_it(desk):
    asked = make.help_request()
    country = asked.office.organisation.member_id

    assert access.knows_country(desk, country) is True
    assert access.knows_country(desk, None) is False
    assert access.knows_country(ANONYMOUS, country) is False
    asked.state = "closed"
    asked.save()
    assert access.knows_country(desk, country) is False


def test_nobody_but_technicians_knows_of_an_office_by_its_request():
    asked = make.help_request()

    assert access.knows_office(ANONYMOUS, asked.office) is False
