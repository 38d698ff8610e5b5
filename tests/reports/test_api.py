"""Issued reports in the open API: what the library shows, and nothing that is hidden."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories.members import person_with
from tests.factories.programme import initiative
from tests.factories.reports import NOON, coordinator, run

from serai.base.keys import issue_key
from serai.reports import actions
from serai.reports.models import RunFile
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db
API = "/api/v1/reports/runs"


@pytest.fixture(autouse=True)
def ground(db):
    return initiative("virtual-carec")


def bearer(role: str) -> dict[str, str]:
    now = datetime.now(UTC)
    key = issue_key(
        person_id=person_with(role).pk, name="k", expires_on=now.date() + timedelta(1), now=now
    )
    return {"Authorization": f"Bearer {key.secret}"}


def numbers(client, **headers) -> list[int]:
    answer = client.get(API, headers=headers)
    assert answer.status_code == 200
    return [item["number"] for item in answer.json()["items"]]


def test_an_issued_run_is_told_with_its_hashes_and_files(client):
    made = run(RunState.ISSUED, audience="public")
    RunFile.objects.create(
        run=made, format="pdf", language="en", sha256="a" * 64, bytes=7, pages=9, storage_key="k"
    )

    (item,) = client.get(API).json()["items"]

    assert item == {
        "id": made.public_id,
        "number": made.number,
        "kind": "progress",
        "as_of": made.as_of.isoformat(),
        "languages": ["en"],
        "audience": "public",
        "state": "issued",
        "issued_at": "2021-06-30T12:00:00Z",
        "snapshot_sha256": made.snapshot_sha256,
        "files": [
            {
                "format": "pdf",
                "language": "en",
                "sha256": "a" * 64,
                "bytes": 7,
                "pages": 9,
                "address": f"/en/reports/{made.public_id}/en.pdf",
            }
        ],
        "corrects": None,
        "corrected_by": None,
        "sample": False,
    }
    assert client.get(f"{API}/{made.public_id}").json() == item


def test_each_asker_sees_what_the_library_shows_them(client):
    for state in (RunState.DRAFT, RunState.IN_REVIEW, RunState.CLEARED):
        run(state, audience="public")
    public = run(RunState.ISSUED, audience="public").number
    sample = run(RunState.ISSUED, audience="public", sample=True).number
    members = run(RunState.ISSUED).number
    own = run(RunState.ISSUED, audience="secretariat").number

    seen = {
        role: numbers(client, **bearer(role))
        for role in ("officer", "focal_point", "administrator")
    }

    assert numbers(client) == [public]
    assert seen == {
        "officer": [public, sample, members, own],
        "focal_point": [public, sample, members],
        "administrator": [public],
    }


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        (RunState.DRAFT, {"audience": "public"}),
        (RunState.CLEARED, {"audience": "public"}),
        (RunState.ISSUED, {}),
        (RunState.ISSUED, {"audience": "secretariat"}),
        (RunState.ISSUED, {"audience": "public", "sample": True}),
    ],
)
def test_a_hidden_run_is_missing_to_visitors(client, state, fields):
    made = run(state, **fields)

    answer = client.get(f"{API}/{made.public_id}")

    assert (answer.status_code, answer.json()["title"]) == (404, "There is no such thing")


def test_a_withdrawn_run_says_so(client):
    made = run(RunState.ISSUED, audience="public")
    actions.withdraw_run(run=made, reason="A wrong figure", by=coordinator(), now=NOON)

    assert client.get(f"{API}/{made.public_id}").json()["state"] == "withdrawn"


def test_pages_follow_by_number(client):
    made = [run(RunState.ISSUED, audience="public").number for _one in range(3)]

    first = client.get(f"{API}?limit=2").json()
    second = client.get(first["next"]).json()

    assert [item["number"] for item in first["items"] + second["items"]] == made
    assert second["next"] is None
