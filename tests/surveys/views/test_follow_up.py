"""Questions asked back, on their pages: answered, closed, asked again."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Asked
from serai.surveys.models import AnswerRequest
from serai.surveys.queries.responses import locked_response
from serai.surveys.queries.sections import ref_of
from serai.surveys.states import RequestReason

pytestmark = pytest.mark.django_db
NAME = "/data/office/name"


@pytest.fixture
def cleared():
    return make.cleared(make.wave(), {NAME: "Agency", "/data/link/has": "no"})


def ask(response, state="asked", **fields):
    one = Asked(ref_of(NAME), RequestReason.UNCLEAR, "Which agency?")
    by = people.viewer_with("officer")
    row = actions.ask_back(response=response, asked=[one], due_on=None, by=by, now=make.NOON)[0]
    AnswerRequest.objects.filter(pk=row.pk).update(state=state, **fields)
    return row


def pages(response):
    home = f"/en/surveys/responses/{response.public_id}"
    return f"{home}/asked/", f"{home}/sign/"


def test_an_officer_asks_again_and_the_words_stay_where_they_are_refused(client, officer, cleared):
    row = ask(cleared, "answered", reply="Ours.", answered_at=make.NOON + timedelta(hours=1))
    listed, _sign = pages(cleared)
    again = f"/en/surveys/requests/{row.public_id}/again/"

    seen = client.get(listed).content.decode()
    refused = client.post(again, {"question": "Which one?", "due_on": "2020-01-01"})
    done = client.post(again, {"question": "Which one?", "due_on": ""})

    row.refresh_from_db()
    assert f'href="{again}"' in seen
    assert refused.status_code == 422
    assert "Which one?" in refused.content.decode()
    assert (done.status_code, done["Location"]) == (303, listed)
    assert (row.state, row.turns.get().reply) == ("asked", "Ours.")
    assert "Asked and replied before" in client.get(listed).content.decode()


def test_nobody_else_asks_again(client, sign_in, cleared):
    row = ask(cleared, "answered")

    answers = {}
    for role in ("lead", "contributor", "focal_point", "expert"):
        sign_in(role)
        answers[role] = client.get(f"/en/surveys/requests/{row.public_id}/again/").status_code

    assert {*answers.values()} <= {403, 404}
    assert len(answers) == 4


def test_signing_names_each_question_that_waits_and_leads_to_it(client, sign_in, cleared):
    row = ask(cleared)
    sign_in(cleared.invitation.lead)
    listed, sign = pages(cleared)

    refused = client.post(
        sign, {"name": "A B", "position": "Head", "revision": locked_response(cleared.pk).revision}
    )

    html = refused.content.decode()
    assert refused.status_code == 422
    assert f'href="{listed}#{row.public_id}">Name of the office</a>' in html
    assert 'value="A B"' in html
    assert f'id="{row.public_id}"' in client.get(listed).content.decode()
    assert locked_response(cleared.pk).state == "correcting"


def test_handing_in_names_each_question_that_waits(client, sign_in):
    survey = make.survey(kind="application", has_signature=False, has_clearance=False)
    answers = {NAME: "Team", "/data/link/has": "no"}
    response = make.cleared(make.wave(make.version(survey)), answers)
    row = ask(response)
    sign_in(response.invitation.lead)
    listed, _sign = pages(response)
    hand_in = f"/en/surveys/responses/{response.public_id}/hand-in/"

    refused = client.post(hand_in)
    actions.answer_request(
        request=row, reply="Ours.", by=viewer_of(response.invitation.lead, make.NOON),
        now=make.NOON,
    )  # fmt: skip
    done = client.post(hand_in)

    assert (refused.status_code, done.status_code) == (422, 303)
    assert f'href="{listed}#{row.public_id}"' in refused.content.decode()
    assert locked_response(response.pk).state == "handed_in"
