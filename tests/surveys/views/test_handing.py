"""Texts that wait beside an answer: taken as they are, or edited."""

import pytest
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME

from serai.surveys.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "state", "answer"),
    [
        (None, "taken", "Bureau\nof lines"),
        ("Bureau\r\nof lines", "taken", "Bureau\nof lines"),
        ("Bureau", "taken_edited", "Bureau"),
    ],
)
def test_a_proposed_text_is_taken_as_it_is_or_edited(client, sign_in, text, state, answer):
    response, _lead = offices.begun()
    proposed = Suggestion.objects.create(
        response=response, path=NAME.path, value="Bureau\nof lines", at=make.NOON,
        origin="delegate", client_id="one",
    )  # fmt: skip
    sign_in(response.invitation.lead)
    named = f"text:{proposed.public_id}"
    page = client.get(f"/en/surveys/responses/{response.public_id}/s/office/").content.decode()

    client.post(
        f"/en/surveys/suggestions/{proposed.public_id}/",
        {"base": "0"} | ({} if text is None else {named: text}),
    )

    proposed.refresh_from_db()
    assert f'name="{named}"' in page
    assert (proposed.state, offices.stands(response)[NAME]) == (state, answer)
