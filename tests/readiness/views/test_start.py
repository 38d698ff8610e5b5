"""The room's first page."""

import re

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

pytestmark = pytest.mark.django_db
ADDRESS = "/en/readiness/"


def parts(page: str) -> list[str]:
    return re.findall(r"<a href=\"/en/readiness/(\S+)/\"><strong>", page)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("officer", ["offices", "tests", "plans", "deliveries", "events", "help", "help/answers",
                     "releases", "released", "frameworks", "policies", "prices", "points"]),
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
