"""Buttons and forms on an office's results."""

import pytest
from django.urls import reverse
from tests.factories import assessing as make
from tests.factories import members as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    return make.assessment(state="under_review", due_on=make.NOON.date())


def at(name, thing):
    return reverse(f"readiness:{name}", args=[thing.public_id])


def test_an_officer_shows_and_confirms(signed_in, found):
    type(found).objects.filter(pk=found.pk).update(state="scored")
    client = signed_in(people.person_with("officer"))

    assert client.post(at("show_results", found)).status_code == 303
    found.refresh_from_db()
    assert found.state == "under_review"
    type(found).objects.filter(pk=found.pk).update(agreed_at=make.NOON)
    assert client.post(at("confirm_results", found)).status_code == 303
    found.refresh_from_db()
    assert found.state == "confirmed"


def test_a_refusal_is_said_on_the_office_page(signed_in, found):
    client = signed_in(people.person_with("officer"))

    text = client.post(at("score", found), follow=True).content.decode()

    assert "There are no cleared answers" in text


def test_a_lead_agrees(signed_in, found):
    client = signed_in(people.person_with("lead", found.office.organisation))

    client.post(at("agree_results", found))

    found.refresh_from_db()
    assert found.agreed_at is not None


def test_a_lead_disputes_and_an_empty_dispute_comes_back(signed_in, found):
    client = signed_in(people.person_with("lead", found.office.organisation))

    assert client.get(at("dispute_results", found)).status_code == 200
    assert client.post(at("dispute_results", found), {"words": " "}).status_code == 422
    assert client.post(at("dispute_results", found), {"words": "No."}).status_code == 303

    found.refresh_from_db()
    assert (found.state, found.dispute) == ("collecting", "No.")


def test_advice_is_proposed_taken_up_and_done(signed_in, found):
    advice = make.advice(found)
    client = signed_in(people.person_with("officer"))
    client.post(at("propose_advice", found), {"advice": [advice.public_id]})
    client = signed_in(people.person_with("lead", found.office.organisation))

    client.post(at("accept_advice", advice))
    client.post(at("finish_advice", advice))

    advice.refresh_from_db()
    assert advice.state == "done"


def test_advice_is_declined_with_a_reason(signed_in, found):
    advice = make.advice(found, state="proposed")
    client = signed_in(people.person_with("lead", found.office.organisation))

    assert client.post(at("decline_advice", advice), {"reason": ""}).status_code == 422
    assert client.post(at("decline_advice", advice), {"reason": "No money."}).status_code == 303

    advice.refresh_from_db()
    assert advice.reason == "No money."


def test_missing_facts_are_listed_and_nothing_chosen_is_refused(signed_in, found):
    found.attainments.create(event="E1", role="host", status="unknown")
    found.findings.create(
        kind="gap", event="E1", role="host", fact="continuity.ups_minutes", is_missing=True
    )
    client = signed_in(people.person_with("officer"))

    assert "1 verdict waits for it" in client.get(at("missing_facts", found)).content.decode()
    assert client.post(at("missing_facts", found), {}).status_code == 422


@pytest.mark.parametrize(
    "name", ["score", "show_results", "agree_results", "confirm_results", "propose_advice"]
)
def test_strangers_press_no_button(signed_in, found, name):
    assert signed_in(people.person_with("lead")).post(at(name, found)).status_code == 404
