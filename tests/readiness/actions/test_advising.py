"""Advice: drafted, put before the agency, taken up or declined with a reason, done."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.access import Denied
from serai.base.models import Message
from serai.readiness import actions
from serai.readiness.actions import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


@pytest.fixture
def found():
    return make.assessment(state="under_review")


def lead_of(found):
    return people.viewer_with("lead", found.office.organisation)


def test_proposing_writes_one_letter_for_all(officer, found):
    lead = lead_of(found)
    rows = [make.advice(found, rule=f"R-{n}") for n in range(3)]

    actions.propose_advice(advice=rows, by=officer, now=make.NOON)

    assert {one.state for one in found.recommendations.all()} == {"proposed"}
    letter = Message.objects.get()
    assert letter.person_id == lead.person_id
    assert letter.key.startswith("readiness.advice_proposed:")
    assert "3 pieces of advice" in letter.text


def test_nothing_chosen_is_refused(officer):
    with pytest.raises(Refused):
        actions.propose_advice(advice=[], by=officer, now=make.NOON)


def test_an_agency_cannot_propose(found):
    with pytest.raises(Denied):
        actions.propose_advice(advice=[make.advice(found)], by=lead_of(found), now=make.NOON)


def test_security_advice_is_proposed_by_a_security_reader_alone(officer, found):
    advice = make.advice(found, topic="security")

    with pytest.raises(Denied):
        actions.propose_advice(advice=[advice], by=officer, now=make.NOON)
    make.duty(officer, "security_reader")
    actions.propose_advice(advice=[advice], by=officer, now=make.NOON)

    advice.refresh_from_db()
    assert advice.state == "proposed"


def test_the_lead_takes_advice_up_and_finishes_it(found):
    advice, lead = make.advice(found, state="proposed"), lead_of(found)

    actions.accept_advice(advice=advice, by=lead, now=make.NOON)
    actions.finish_advice(advice=advice, by=lead, now=make.NOON)

    advice.refresh_from_db()
    assert (advice.state, advice.moved_by_id) == ("done", lead.person_id)


def test_an_officer_may_say_that_it_is_done_and_nobody_else(officer, found):
    advice = make.advice(found, state="accepted")

    with pytest.raises(Denied):
        actions.finish_advice(
            advice=advice, by=people.viewer_with("contributor", found.office.organisation),
            now=make.NOON,
        )  # fmt: skip
    actions.finish_advice(advice=advice, by=officer, now=make.NOON)

    advice.refresh_from_db()
    assert advice.state == "done"


def test_declining_keeps_the_reason(found):
    advice = make.advice(found, state="proposed")

    actions.decline_advice(advice=advice, reason=" No money. ", by=lead_of(found), now=make.NOON)

    advice.refresh_from_db()
    assert (advice.state, advice.reason) == ("declined", "No money.")


@pytest.mark.parametrize("reason", ["", "x" * 2_001])
def test_declining_needs_a_reason_of_some_length(found, reason):
    advice = make.advice(found, state="proposed")

    with pytest.raises(Refused) as refused:
        actions.decline_advice(advice=advice, reason=reason, by=lead_of(found), now=make.NOON)

    assert refused.value.field == "reason"


def test_an_officer_cannot_decide_for_the_agency(officer, found):
    advice = make.advice(found, state="proposed")

    with pytest.raises(Denied):
        actions.accept_advice(advice=advice, by=officer, now=make.NOON)
    with pytest.raises(Denied):
        actions.decline_advice(advice=advice, reason="No.", by=officer, now=make.NOON)


def test_what_was_decided_is_not_decided_again(found):
    advice = make.advice(found, state="declined")

    with pytest.raises(Refused):
        actions.accept_advice(advice=advice, by=lead_of(found), now=make.NOON)
