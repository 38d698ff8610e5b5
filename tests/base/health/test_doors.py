"""The addresses a watcher asks, and who may ask."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
KEY = {"HTTP_AUTHORIZATION": "Bearer watcher-1"}


@pytest.fixture(autouse=True)
def token(settings, tmp_path):
    settings.HEALTH_TOKEN = "watcher-1"
    settings.BACKUP_DIR = tmp_path


def test_live_answers_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")

    assert (answer.status_code, answer.content) == (200, b"live")


def test_ready_names_each_reading(client):
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert {n: r["is_well"] for n, r in answer.json()["readings"].items()} == {
        "database": True,
        "migrations": True,
        "data_folder": True,
    }


def test_ready_is_503_without_its_data_folder(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()["is_well"]) == (503, False)


@pytest.mark.parametrize("path", ["/health/deep", "/metrics"])
@pytest.mark.parametrize("given", ["", "Bearer", "Bearer watcher-2", "watcher"])
def test_without_the_token_there_is_nothing(client, path, given):
    assert client.get(path, HTTP_AUTHORIZATION=given).status_code == 404


@pytest.mark.parametrize("path", ["/health/deep", "/metrics"])
def test_without_a_token_set_nothing_opens(client, settings, path):
    settings.HEALTH_TOKEN = ""

    assert client.get(path, HTTP_AUTHORIZATION="Bearer ").status_code == 404


def test_deep_names_what_is_not_well(client):
    answer = client.get("/health/deep", **KEY)

    readings = answer.json()["readings"]
    unwell = [name for name, reading in readings.items() if not reading["is_well"]]
    assert answer.status_code == 503
    assert unwell == ["worker", *(["backup"] if connection.vendor == "sqlite" else [])]


def test_metrics_count_requests_by_route(client):
    client.get("/health/live")
    answer = client.get("/metrics", **KEY)

    assert answer.status_code == 200
    assert b'serai_requests_total{route="health:live",status="200"}' in answer.content


def test_metrics_of_several_processes_are_read_together(client, settings, tmp_path):
    settings.METRICS_DIR = str(tmp_path)

    assert client.get("/metrics", **KEY).status_code == 200


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/health/deep", "/metrics"])
def test_only_get_is_answered(client, path):
    assert client.post(path, **KEY).status_code == 405
