"""Readiness in the open API: what the pages show, of other countries nothing, security never."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import assessing
from tests.factories import members as people
from tests.factories import planning as make
from tests.factories import readiness as events
from tests.factories.programme import programme
from tests.readiness.queries.test_plans import kept
from tests.readiness.queries.test_verdicts import one

from serai.base.keys import issue_key
from serai.calc.network.availability import Reach
from serai.calc.readiness.forecast import chance
from serai.readiness.models import Assessment, Delegation, EventPlan, ResultReading

pytestmark = pytest.mark.django_db
API = "/api/v1/readiness"
LISTS = ("offices", "facts", "attainments", "forecasts", "plans")


@pytest.fixture(autouse=True)
def house():
    programme()


def bearer(person):
    now = datetime.now(UTC)
    key = issue_key(person_id=person.pk, name="k", expires_on=now.date() + timedelta(1), now=now)
    return {"Authorization": f"Bearer {key.secret}"}


def listed(client, name, who, **query):
    answer = client.get(f"{API}/{name}", query, headers=who)
    assert answer.status_code == 200
    return answer.json()["items"]


def known(country="GEO"):
    """An office whose results its people, its country and the secretariat read."""
    place = people.organisation(country=country)
    found = assessing.assessment(
        assessing.office(organisation=place, audience="secretariat"), headline_host="E1",
        score=77.8, score_low=58.3, score_high=83.3, known_share=0.75, measured_share=0.5,
    )  # fmt: skip
    found.facts.create(
        scope="office", key="continuity.ups_minutes", value=20.0, unit="min", grade="declared",
        source="answer:abc",
    )  # fmt: skip
    found.facts.create(scope="office", key="security.multi_factor", value="no", grade="declared")
    found.attainments.create(event="E1", role="host", status="declared")
    dimensions = {
        "C": {"value": 67.0, "low": 60.0, "high": 70.0, "known_share": 0.9, "measured_share": 0.4}
    }
    Assessment.objects.filter(pk=found.pk).update(
        state="confirmed", confirmed_at=assessing.NOON, dimensions=dimensions
    )
    coming(found.office)
    return found.office


def coming(office):
    """It takes part in an event, and was forecast."""
    made = events.delegation(EventPlan.objects.first() or events.event_plan(), office)
    verdict = one(reach=Reach(0.99, 0.9999)).to_json()
    Delegation.objects.filter(pk=made.pk).update(
        verdict=verdict, plan_b=["hotspot", "statement"], state="forecast", forecast_at=events.NOON
    )


def test_an_office_comes_with_its_scores_and_headlines(client):
    office = known()

    (row,) = listed(client, "offices", bearer(people.person_with("officer")))

    assert row == {
        "id": office.public_id, "name": office.name,
        "organisation": {"en": office.organisation.names.pick("en")[0]}, "country": "GEO",
        "state": "confirmed", "as_of": row["as_of"], "score": 77.8, "low": 58.3, "high": 83.3,
        "known": 0.75, "measured": 0.5, "attends_up_to": None, "hosts_up_to": "E1",
        "dimensions": {
            "C": {"score": 67.0, "low": 60.0, "high": 70.0, "known": 0.9, "measured": 0.4}
        },
        "sample": False,
    }  # fmt: skip


def test_facts_and_verdicts_name_their_office_and_security_stays(client):
    office, _other = known(), known()
    officer = bearer(people.person_with("officer"))

    (fact,) = listed(client, "facts", officer, office=office.public_id)
    (verdict,) = listed(client, "attainments", officer, office=office.public_id)

    assert fact == {
        "office": office.public_id, "scope": "office", "room": None,
        "fact": "continuity.ups_minutes", "value": 20.0, "unit": "min", "grade": "declared",
        "thin": False, "stale": False, "known_on": None, "as_of": fact["as_of"],
        "source": "answer:abc", "sample": False,
    }  # fmt: skip
    assert verdict == {
        "office": office.public_id, "event": "E1", "role": "host", "status": "declared",
        "room": None, "sample": False,
    }  # fmt: skip
    assert len(listed(client, "facts", officer)) == 2


def test_a_forecast_says_how_an_event_looks_and_why(client):
    office, _other = known(), known()
    asked = {"office": office.public_id}

    (row,) = listed(client, "forecasts", bearer(people.person_with("officer")), **asked)
    (gateless,) = listed(client, "forecasts", bearer(events.technician()), **asked)

    plan = EventPlan.objects.get()
    checks = {
        "platform": "forbidden", "room": "pass", "microphone": "unknown", "security": "fail",
        "contingency": None,
    }  # fmt: skip
    found = chance(3, 14)
    assert row == {
        "event": plan.public_id, "title": {"en": "Working group"},
        "starts_at": "2021-07-10T06:00:00Z", "ends_at": "2021-07-10T08:00:00Z", "kind": "E1",
        "platform": "teams", "sensitivity": "low", "office": office.public_id, "role": "seat",
        "people": 1, "state": "forecast", "made_at": "2021-06-30T12:00:00Z", "colour": "red",
        "reasons": ["platform", "gate"],
        "chance": {"p": found.p, "low": found.low, "high": found.high, "tests": 14, "short": 3},
        "availability": {"low": 0.99, "high": 0.9999}, "checks": checks,
        "plan_b": ["hotspot", "statement"], "outcome": None, "sample": False,
    }  # fmt: skip
    assert gateless["checks"] == {**checks, "security": None}


def test_pages_follow_each_other(client):
    offices = sorted(known().public_id for _ in range(3))
    officer = bearer(people.person_with("officer"))

    first = client.get(f"{API}/offices", {"limit": 2}, headers=officer).json()
    second = client.get(first["next"], headers=officer).json()

    assert [row["id"] for row in [*first["items"], *second["items"]]] == offices
    assert second["next"] is None


@pytest.mark.parametrize(
    ("role", "scope", "seen"),
    [
        ("officer", None, 1), ("focal_point", "GEO", 1), ("deputy", "GEO", 1),
        ("focal_point", "UZB", 0), ("administrator", None, 0), ("partner", None, 0),
        ("committee", None, 0),
    ],
)  # fmt: skip
def test_each_reads_the_offices_of_their_own(client, role, scope, seen):
    known()
    who = bearer(people.person_with(role, scope))

    assert [len(listed(client, name, who)) for name in LISTS[:4]] == [seen] * 4


@pytest.mark.parametrize("name", LISTS[:4])
def test_an_agency_learns_who_asked(client, name):
    office, officer = known(), people.person_with("officer")

    listed(client, name, bearer(officer))

    read = ResultReading.objects.get()
    assert (read.assessment.office, read.reader, read.way) == (office, officer, "api")


def test_a_visitor_is_told_of_nothing(client):
    known()

    assert [client.get(f"{API}/{name}").status_code for name in LISTS] == [404] * 5


def test_a_plan_is_whole_for_the_secretariat_and_ones_own_lines_for_others(client):
    for country in ("GEO", "UZB"):
        make.scored(make.office(country=country))
    make.price("LINK", 1000)
    make.price("ROOM", 1500)
    run = kept(make.planned(make.scenario(6500)))

    (whole,) = listed(client, "plans", bearer(people.person_with("officer")))
    (own,) = listed(client, "plans", bearer(people.person_with("focal_point", "GEO")))

    assert (whole["id"], whole["name"], whole["budget"]) == (
        run.public_id, run.scenario.name, "6500",
    )  # fmt: skip
    assert sorted((one["country"], one["package"], one["cost"]) for one in whole["lines"]) == [
        ("GEO", "LINK", "1000.00"), ("GEO", "ROOM", "1500.00"), ("UZB", "LINK", "1000.00"),
        ("UZB", "ROOM", "1500.00"),
    ]  # fmt: skip
    assert sorted((one["country"], one["package"]) for one in own["lines"]) == [
        ("GEO", "LINK"), ("GEO", "ROOM"),
    ]  # fmt: skip
    assert (own["name"], own["budget"], own["value"], own["cost"]) == (None,) * 4
    assert len(own["events"]) == 1
