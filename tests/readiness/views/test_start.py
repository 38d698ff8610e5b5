"""The room's first page."""

import re

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

pytestmark = pytest.mark.django_db
ADDRESS = "/en/readiness/"
DIMENSIONS = {
    "C": {"value": 50.0, "low": 40.0, "high": 60.0, "known_share": 1.0, "measured_share": 0.0}
}


def parts(page: str) -> list[str]:
    return re.findall(r"<a href=\"/en/readiness/(\S+)/\"><strong>", page)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("officer", ["offices", "tests", "plans", "deliveries", "events", "help", "help/answers",
                     "releases", "released", "frameworks", "policies", "prices", "points",
                     "duties"]),
        ("lead", ["tests", "plans", "deliveries", "events", "help", "help/answers", "releases",
                  "released", "frameworks", "policies"]),
        ("focal_point", ["tests", "plans", "deliveries", "events", "help/answers", "releases",
                         "released", "frameworks"]),
        ("participant", ["help/answers", "released", "frameworks"]),
    ],
)  # fmt: skip
def test_each_sees_the_parts_that_open_to_them(signed_in, role, shown):
    page = signed_in(people.person_with(role)).get(ADDRESS).content.decode()

    assert parts(page) == shown
    assert ("No office is in your care" in page) is (role == "participant")


def test_a_visitor_signs_in_first(client):
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_an_agency_finds_its_offices(signed_in, count):
    place = people.organisation("Roads")
    lead = people.person_with("lead", place)
    for number in range(count):
        make.office(organisation=place, name=f"Office {number} of mine")
    make.office(name="Of another")

    page = signed_in(lead).get(ADDRESS).content.decode()

    assert page.count("of mine</a>") == count
    assert "Of another" not in page


def test_an_officer_finds_what_waits_and_how_many_offices_are_scored(signed_in):
    officer = people.person_with("officer")
    make.framework()
    found = make.assessment(state="scored")
    client = signed_in(officer)

    before = client.get(ADDRESS).content.decode()
    type(found).objects.filter(pk=found.pk).update(dimensions=DIMENSIONS)
    after = client.get(ADDRESS).content.decode()

    assert "What waits for you" in before
    assert "<bdi>1 of 1</bdi>" not in before
    assert "<bdi>1 of 1</bdi>" in after
