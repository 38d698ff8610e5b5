"""The open API's frame: pages, keys, limits, errors, description."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.wsgi import get_wsgi_application
from django.urls import path
from hypothesis import HealthCheck, given, settings
from ninja import Query, Router, Schema
from schemathesis import openapi
from tests.factories.members import person

from serai.base import access, api, keys, limits
from serai.base.access import NotFound, Viewer
from serai.base.models import RateWindow

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
NAMES = [f"thing-{number:03}" for number in range(120)]
router = Router()


class Thing(Schema):
    name: str


@api.reads(router, "/things", may=access.anyone, response=api.Page[Thing], summary="Every thing")
def things(request, asked: Query[api.PageAsked]):
    return api.page_of(request, NAMES, asked, key=str, item=lambda name: {"name": name})


@api.reads(router, "/things/{name}", may=access.anyone, response=Thing, summary="One thing")
def thing(request, name: str):
    if name not in NAMES:
        raise NotFound(name)
    return {"name": name}


@api.reads(router, "/mine", may=access.signed_in, response=Thing, summary="Who asks")
def mine(request):
    return {"name": request.viewer.name}


urlpatterns = [path("api/v1/", api.doors(api.new_api([("base", router)], name="test-api")))]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def hook(monkeypatch):
    monkeypatch.setattr("serai.config.plugs.plug", lambda: None)
    monkeypatch.setattr(
        api.HOOKS, "viewer_of", lambda person_id, now: Viewer(person_id=person_id, name="Anna")
    )


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def key():
    today = datetime.now(UTC)
    expires_on = today.date() + timedelta(days=30)
    return keys.issue_key(person_id=person().pk, name="k", expires_on=expires_on, now=today)


def test_pages_follow_one_another_to_the_end(client):
    address, names = "/api/v1/base/things?limit=50", []

    while address:
        page = client.get(address).json()
        names += [item["name"] for item in page["items"]]
        address = page["next"]

    assert names == NAMES


def test_a_row_that_goes_moves_no_page(client, monkeypatch):
    following = client.get("/api/v1/base/things?limit=2").json()["next"]
    monkeypatch.setitem(globals(), "NAMES", NAMES[2:])

    assert client.get(following).json()["items"] == [{"name": "thing-002"}, {"name": "thing-003"}]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=false", "limit=1.0", "limit=1_0", "limit=", "cursor=!", "cursor=abc"]
)  # fmt: skip
def test_a_wrong_question_is_explained(client, query):
    answer = client.get(f"/api/v1/base/things?{query}")

    body = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert (body["title"], body["status"]) == ("The question is not understood", 422)
    assert body["instance"] == "/api/v1/base/things"
    assert len(body["errors"]) == 1
    assert body["errors"][0].startswith(query.partition("=")[0])


@pytest.mark.parametrize("address", ["/api/v1/base/things/absent", "/api/v1/base/mine"])
def test_missing_and_forbidden_look_alike(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["detail"] == "It may have moved, or it may not be open to you."


def test_sample_rows_are_never_public():
    rows = [SimpleNamespace(sample=True), SimpleNamespace(sample=False)]

    assert api.never_public(Viewer(), rows) == rows[1:]
    assert api.never_public(Viewer(person_id=1), rows) == rows


def test_a_key_reads_as_its_person(client, key):
    answer = client.get("/api/v1/base/mine", headers=bearer(key.secret))

    assert (answer.status_code, answer.json()) == (200, {"name": "Anna"})


@pytest.mark.parametrize("secret", ["", "serai_wrong", "other", "serai_" + "é" * 10])
def test_a_wrong_key_is_refused(client, secret):
    answer = client.get("/api/v1/base/things", headers=bearer(secret))

    assert (answer.status_code, answer.json()["title"]) == (401, "The key is not valid")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_and_an_expired_key_are_refused(client, key):
    today = datetime.now(UTC)

    assert keys.valid_key(key.secret, today=key.key.expires_on) == key.key
    assert keys.valid_key(key.secret, today=key.key.expires_on + timedelta(days=1)) is None
    keys.revoke_key(key=key.key, now=today)
    assert client.get("/api/v1/base/mine", headers=bearer(key.secret)).status_code == 401
    assert keys.revoke_key(key=key.key, now=NOON).revoked_at == today


def test_the_database_keeps_no_key(key):
    assert key.secret not in str(key.key.__dict__)
    assert keys.keys_of(key.key.person_id) == [key.key]


@pytest.mark.parametrize("expires_on", [date(2021, 6, 30), date(2022, 7, 1)])
def test_a_key_lasts_at_most_a_year(expires_on):
    with pytest.raises(keys.KeyRefused) as refused:
        keys.issue_key(person_id=1, name="k", expires_on=expires_on, now=NOON)

    assert str(refused.value) == (
        "A key lasts at most a year. Choose a day from 2021-07-01 to 2022-06-30."
    )


def test_a_visitor_asks_sixty_times_a_minute(client, monkeypatch):
    monkeypatch.setattr(api, "API_IP", limits.Limit("api-ip", 2, 3_600 * 24 * 365))
    for _ in range(2):
        assert client.get("/api/v1/base/things").status_code == 200

    answer = client.get("/api/v1/base/things")

    assert (answer.status_code, answer.json()["title"]) == (429, "Asked too often")
    assert int(answer.headers["Retry-After"]) > 0


def test_the_house_limits_are_those_of_the_design():
    assert (limits.API_IP.most, limits.API_IP.seconds) == (60, 60)
    assert (limits.API_KEY.most, limits.API_KEY.seconds) == (600, 60)


def test_a_key_is_counted_by_itself(client, key):
    client.get("/api/v1/base/things", headers=bearer(key.secret))

    assert [row.bucket.partition(":")[0] for row in RateWindow.objects.all()] == ["api-key"]


def test_the_same_answer_need_not_be_sent_again(client):
    first = client.get("/api/v1/base/things")

    again = client.get("/api/v1/base/things", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client, method):
    assert getattr(client, method)("/api/v1/base/things").status_code == 405


def test_the_description(client):
    schema = client.get("/api/v1/openapi.json").json()

    question = schema["paths"]["/api/v1/base/things"]["get"]
    assert schema["openapi"] == "3.1.0"
    assert sorted(question["responses"]) == ["200", "401", "404", "422", "429"]
    assert question["security"] == [{}, {"KeyOrVisitor": []}]
    assert list(question["responses"]["404"]["content"]) == ["application/problem+json"]
    assert client.get("/api/v1/docs").status_code == 404


def test_every_question_has_a_rule():
    rules = {item.callback.door.rule_name for item in urlpatterns[0].url_patterns}

    assert rules == {"base.anyone", "base.signed_in"}
    assert access.DOORS[f"{__name__}.mine"].rule_name == "base.signed_in"
    with pytest.raises(ValueError, match="registered rule"):
        api.reads(router, "/x", may=bool, response=Thing, summary="")(lambda request: None)


def test_schemathesis_finds_nothing(monkeypatch, kept_connection):
    monkeypatch.setattr(api, "API_IP", limits.Limit("api-ip", 10**9, 60))
    schema = openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=30,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case) -> None:
            # The test's own transport unpacks nothing; packing is tested with the middleware.
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        ask()
