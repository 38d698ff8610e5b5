"""The whole open API against its own description, with the loaded programme and its sample."""

import pytest
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from schemathesis import openapi

from serai.base import api, limits
from serai.base.access import DOORS
from serai.config.api import urls

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def programme(monkeypatch):
    monkeypatch.setattr(api, "API_IP", limits.Limit("api-ip", 10**9, 60))
    call_command("load_preset", "carec", verbosity=0)
    call_command("load_demo", verbosity=0)


def test_a_visitor_reads_what_is_public(programme, client):
    answer = client.get("/api/v1/members/members?limit=3").json()

    assert [item["iso3"] for item in answer["items"]] == ["AFG", "AZE", "CHN"]
    assert answer["next"] == "/api/v1/members/members?limit=3&cursor=43484e"


def test_the_milestones_are_those_of_the_day(programme, client):
    def numbers(day: str) -> int:
        page = client.get(f"/api/v1/programme/milestones?limit=200&as_of={day}").json()
        return len(page["items"])

    assert numbers("1990-01-01") == 0
    assert numbers("2021-06-30") == 26


def questions() -> set[str]:
    """Every question that a room registered with `reads`, by the name of its door."""
    found, _app, _space = urls
    return {name for pattern in found if (name := str(pattern.name)) in DOORS}


def test_schemathesis_finds_nothing(programme, kept_connection):
    schema = openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    asked = set()

    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=25,
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
        asked.add(resolve(operation.full_path.replace("{", "").replace("}", "")).url_name)

    assert asked == questions()
    assert {name.split(".")[1] for name in asked} == {"members", "programme", "reports", "surveys"}
