"""The points' doors."""

import pytest
from tests.factories.members import organisation, person_with
from tests.factories.readiness import probe_point

from serai.readiness.models import ProbePoint

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Manila", "url": "https://probe.example.org:8575", "city": "Manila",
    "latitude": "14.6", "longitude": "121", "is_in_use": "on",
}  # fmt: skip


@pytest.fixture
def officer(client):
    someone = person_with("officer")
    client.force_login(someone, backend="serai.config.accounts.SignIn")
    return someone


def test_without_points_the_page_says_what_then(client, officer):
    assert "No point is known." in client.get("/en/readiness/points/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(
    client, officer, count, django_assert_num_queries
):
    for _ in range(count):
        probe_point()
    client.get("/en/readiness/points/")

    with django_assert_num_queries(6):
        answer = client.get("/en/readiness/points/")

    assert answer.content.decode().count("http://127.0.0.1:8575") == count


def test_a_point_is_added_and_changed(client, officer):
    client.post("/en/readiness/points/new/", GIVEN)
    kept = ProbePoint.objects.get()

    client.post(f"/en/readiness/points/{kept.public_id}/", GIVEN | {"is_in_use": ""})

    kept.refresh_from_db()
    assert (kept.name, kept.is_in_use) == ("Manila", False)


def test_a_wrong_address_comes_back_with_what_was_typed(client, officer):
    answer = client.post("/en/readiness/points/new/", GIVEN | {"url": "probe.example.org"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["url"])
    assert "Manila" in answer.content.decode()


@pytest.mark.parametrize("page", ["points/", "points/new/"])
def test_agencies_keep_no_points(client, page):
    someone = person_with("lead", organisation())
    client.force_login(someone, backend="serai.config.accounts.SignIn")

    assert client.get(f"/en/readiness/{page}").status_code == 404
