"""Who asks for help, reads and works on requests, and which offices technicians know of."""

from dataclasses import replace

import pytest
from tests.factories import members as people
from tests.factories import readiness as make
from tests.readiness.access.test_reading import (  # noqa: F401  the fixture
    OWN,
    STAFF,
    found_by,
    house,
    row,
)

from serai.members.queries import viewer_of
from serai.readiness import access
from serai.readiness.models import Delegation, HelpRequest
from serai.readiness.queries import help as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(house):  # noqa: F811
    office, viewers = house
    return make.help_request(office), viewers


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (access.may_see_help, f"{OWN} {STAFF}"),
        (access.may_help, STAFF),
        (access.may_say, f"{OWN} {STAFF}"),
        (access.may_settle, OWN),
        (access.may_write_from, STAFF),
    ],
)
def test_who_does_what_with_a_request(asked, rule, allowed):
    found, viewers = asked

    assert found_by(lambda one: rule(one, found), viewers) == row(allowed)


def test_the_list_agrees_with_the_rule(asked):
    found, viewers = asked

    listed = found_by(lambda one: len(queries.help_requests(one, make.NOON)) == 1, viewers)

    assert listed == found_by(lambda one: access.may_see_help(one, found), viewers)


def test_who_opens_the_desk(house):  # noqa: F811
    _office, viewers = house

    assert found_by(access.may_open_help, viewers) == row(
        f"{OWN} {STAFF} officer_elsewhere other_lead"
    )
    assert access.may_open_help(viewer_of(make.technician(), make.NOON))


@pytest.mark.parametrize(
    ("state", "event", "knows"),
    [
        ("new", "", True),
        ("solved", "", True),
        ("closed", "", False),
        ("closed", "forecast", True),
        ("closed", "reviewed", False),
    ],
)
def test_technicians_know_offices_with_an_open_request_or_an_event(state, event, knows):
    found = make.help_request(state=state)
    if event:
        make.event_with(found.office, state=event)
    desk = viewer_of(make.technician(), make.NOON)

    assert access.knows_office(desk, found.office) is knows
    assert access.may_see_help(desk, found) is knows
    assert access.may_help(desk, found) is knows
    assert (len(queries.help_requests(desk, make.NOON)) == 1) is knows


def test_an_event_of_another_office_tells_nothing():
    found = make.help_request(state="closed")
    make.event_with(make.office())
    desk = viewer_of(make.technician(), make.NOON)

    assert Delegation.objects.count() == HelpRequest.objects.count() == 1
    assert not access.knows_office(desk, found.office)


def test_answers_for_all_are_read_by_the_signed_in_and_kept_by_officers(house):  # noqa: F811
    _office, viewers = house
    shown, hidden = make.advisory(), make.advisory(is_shown=False)
    everybody = " ".join(name for name in viewers if name != "visitor")
    staff = f"{STAFF} officer_elsewhere"

    assert found_by(access.may_read_advisories, viewers) == row(everybody)
    assert found_by(lambda one: access.may_read_advisory(one, shown), viewers) == row(everybody)
    assert found_by(lambda one: access.may_read_advisory(one, hidden), viewers) == row(staff)
    assert found_by(lambda one: access.may_keep_advisory(one, shown), viewers) == row(staff)
    sample = replace(people.viewer_with("officer"), is_sample=True)
    assert not access.may_keep_advisory(sample, shown)
