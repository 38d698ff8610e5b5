"""Letters about deliveries: links, never figures."""

import pytest
from tests.factories import planning as make
from tests.factories.members import member, viewer_with

from serai.base.mail import send_all
from serai.readiness.emails import provision_moved

pytestmark = pytest.mark.django_db


def test_the_agency_is_told_where_to_look():
    found = make.provided(make.office("Head office"), state="ordered")
    lead = viewer_with("lead", found.office.organisation)

    messages = provision_moved(found, by=make.staff(), now=make.NOON)
    (row,) = send_all(messages)

    assert [one.person_id for one in messages] == [lead.person_id]
    assert "What is provided to Head office has come a step further." in row.text
    assert f"/readiness/deliveries/{found.public_id}/" in row.text


def test_a_focal_point_is_asked_to_agree_to_what_the_country_shares():
    found = make.provided(country=member("GEO"))
    focal = viewer_with("focal_point", "GEO")

    (message,) = provision_moved(found, by=None, now=make.NOON)
    (row,) = send_all([message])

    assert message.person_id == focal.person_id
    assert "proposes to provide something to your country" in row.text


def test_who_moves_it_gets_no_letter():
    found = make.provided(country=member("GEO"), state="agreed")
    focal = viewer_with("focal_point", "GEO")

    assert provision_moved(found, by=focal, now=make.NOON) == []
