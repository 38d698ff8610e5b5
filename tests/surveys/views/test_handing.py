"""Parts given to others; texts that wait beside an answer, taken as they are or edited."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME

from serai.surveys.models import Delegation, Suggestion

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


def test_a_lead_ticks_several_parts_and_their_holder_sees_each_by_name(client, sign_in):
    response, _lead = offices.begun()
    helper = people.person_with("contributor", response.invitation.organisation)
    home = f"/en/surveys/responses/{response.public_id}/"
    sign_in(response.invitation.lead)

    form = client.get(f"{home}delegate/?part=line&part=office").context["form"]
    given = {"part": ["office", "line"], "person": str(helper.pk), "scope": "edit"}
    answer = client.post(f"{home}delegate/", given)
    sign_in(helper)
    page = client.get(home).content.decode()

    assert form["part"].value() == ["line", "office"]
    assert (answer.status_code, answer["Location"]) == (303, home)
    assert list(Delegation.objects.order_by("pk").values_list("section", flat=True)) == [
        "office", "line",
    ]  # fmt: skip
    for title in ("The office", "The line"):
        assert f'You were asked to take over a part: <bdi class="long">{title}</bdi>' in page


def test_a_part_is_given_only_once_one_is_ticked(client, sign_in):
    response, _lead = offices.begun()
    helper = people.person_with("contributor", response.invitation.organisation)
    sign_in(response.invitation.lead)
    address = f"/en/surveys/responses/{response.public_id}/delegate/"

    answer = client.post(address, {"person": str(helper.pk), "scope": "edit"})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"part": ["Choose at least one."]}
