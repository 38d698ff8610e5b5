"""The page on which readers are named."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories.programme import programme
from tests.factories.signed_in import sign_in

from serai.surveys import queries
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    programme()
    return fresh_response(offices.narrow().pk)


def test_the_page_names_and_takes_back(found, client):
    officer = people.person_with("officer")
    sign_in(client, people.person_with("focal_point", "GEO"))
    page = f"/en/surveys/responses/{found.public_id}/readers/"

    link = page in client.get(page.removesuffix("readers/")).content.decode()
    wrong = client.post(page, {"person": "", "until_on": ""})
    done = client.post(page, {"person": str(officer.pk), "until_on": ""}, follow=True)
    (row,) = queries.readers_by_name(people.viewer_with("focal_point", "GEO"), found)
    back = client.post(page, {"end": row.public_id}, follow=True)

    assert (link, wrong.status_code) == (True, 422)
    assert officer.full_name in done.content.decode()
    assert "Nobody reads it by name." in back.content.decode()
    sign_in(client, officer)
    assert client.get(page).status_code == 404
