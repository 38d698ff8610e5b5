"""Letters before an event: links, never scores."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import viewer_with

from serai.base.mail import send_all
from serai.readiness.actions import forecast_event
from serai.readiness.emails import event_warning, forecast_warning, plan_b_card

pytestmark = pytest.mark.django_db
FIGURES = ("%", "Red", "Amber", "hotspot", "Statement", "0.9", "93")


@pytest.fixture
def red():
    """A delegation whose line mostly fell short."""
    made = make.ready_delegation(make.event_plan(title="Trade group"), good=0, bad=6)
    forecast_event(plan=made.plan, by=None, now=make.NOON)
    made.refresh_from_db()
    return made


def test_a_delegation_s_leads_are_told_where_to_look(red):
    lead = viewer_with("lead", red.office.organisation)

    messages = forecast_warning(red, days=3, now=make.NOON)
    (row,) = send_all(messages)

    assert [one.person_id for one in messages] == [lead.person_id]
    assert row.subject == f"3 days to the event: look at the forecast for {red.office.name}"
    assert "Trade group" in row.text
    assert f"/readiness/delegations/{red.public_id}/" in row.text
    assert not any(one in row.text for one in FIGURES)


def test_the_card_is_a_link(red):
    viewer_with("lead", red.office.organisation)

    (row,) = send_all(plan_b_card(red, now=make.NOON))

    assert f"/readiness/delegations/{red.public_id}/card/" in row.text
    assert not any(one in row.text for one in FIGURES)


def test_officers_get_one_letter_of_an_event_with_no_names(red):
    officer = viewer_with("officer")

    (message,) = event_warning(red.plan, days=1, now=make.NOON)
    (row,) = send_all([message])

    assert message.person_id == officer.person_id
    assert row.subject == "1 day to an event: delegations want a look"
    assert f"/readiness/events/{red.plan.public_id}/" in row.text
    assert red.office.name not in row.text
