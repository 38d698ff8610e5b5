"""Single answers for others: pages of the coordinator, the focal point and the readers, and the API."""

import csv
import io

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme
from tests.factories.signed_in import sign_in

from serai.members.queries import releases_to_answer, viewer_of
from serai.surveys.models import Reading, Release
from serai.surveys.queries.released import showable_countries

pytestmark = pytest.mark.django_db
NAME, HAS = "/data/office/name", "/data/link/has"


@pytest.fixture
def wave():
    programme()
    found = make.wave()
    for place, country in (("Roads", "GEO"), ("Ports", "UZB")):
        make.cleared(
            found, {NAME: f"Office of {place}", HAS: "yes"},
            organisation=people.organisation(place, country=country),
        )  # fmt: skip
    return found


@pytest.fixture
def focal():
    return people.person_with("focal_point", "GEO")


def at(wave, rest):
    return f"/en/surveys/waves/{wave.public_id}/{rest}"


def ask(client, wave, audience="members", paths=(NAME,)):
    """The coordinator asks Georgia at the page; return the answer."""
    sign_in(client, people.person_with("coordinator"))
    number = next(one for one, name in showable_countries(wave) if name == "Georgia")
    asked = {
        "paths": list(paths), "countries": [str(number)], "audience": audience,
        "reason": "They asked.",
    }  # fmt: skip
    return client.post(at(wave, "release-answers/"), asked)


def consent_page(client, focal):
    """The focal point opens the asking; return address and page."""
    sign_in(client, focal)
    (proposal,) = releases_to_answer(viewer_of(focal, make.NOON))
    address = f"/en/surveys/releases/{proposal.public_id}/"
    return address, client.get(address)


def let_out(client, wave, focal, audience="members"):
    ask(client, wave, audience)
    address, page = consent_page(client, focal)
    client.post(address, {"verdict": "consent", "seen": page.context["seal"]})
    return address


def test_the_focal_point_sees_what_would_be_read_and_then_others_read_it(client, wave, focal):
    asked = ask(client, wave)
    address, page = consent_page(client, focal)
    text = page.content.decode()
    consented = client.post(address, {"verdict": "consent", "seen": page.context["seal"]})
    sign_in(client, people.person_with("committee", "MNG"))

    read = client.get(at(wave, "released/"))
    file = b"".join(client.get(at(wave, "released/?as=csv")).streaming_content)
    mine = client.get("/en/surveys/mine/").content.decode()

    assert (asked.status_code, consented.status_code, read.status_code) == (303, 303, 200)
    assert "Office of Roads" in text
    assert "Office of Ports" not in text
    assert "No answer is shown by itself" not in text
    assert "Office of Roads" in read.content.decode()
    assert "Office of Ports" not in read.content.decode()
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert [(row["Country"], row["Organisation"], row["Answer"]) for row in rows] == [
        ("Georgia", "Roads", "Office of Roads")
    ]
    assert at(wave, "released/") in mine


def test_the_focal_point_who_looks_is_noted_for_the_agency(client, wave, focal):
    ask(client, wave)

    consent_page(client, focal)

    assert list(Reading.objects.values_list("role", "way")) == [("focal_point", "page")]


def test_the_coordinator_finds_no_answer_on_the_page_of_the_asking(client, wave, focal):
    ask(client, wave)
    (proposal,) = releases_to_answer(viewer_of(focal, make.NOON))
    page = client.get(f"/en/surveys/releases/{proposal.public_id}/")

    assert page.status_code in {200, 404}
    assert "Office of Roads" not in page.content.decode()


def test_consent_to_something_else_than_was_seen_is_refused(client, wave, focal):
    ask(client, wave)
    address, _page = consent_page(client, focal)

    refused = client.post(address, {"verdict": "consent", "seen": "0" * 64})

    assert refused.status_code == 422
    assert "have changed since you opened this page" in refused.content.decode()
    assert Release.objects.get().state == "asked"


def test_what_is_taken_back_is_read_by_nobody(client, wave, focal):
    address = let_out(client, wave, focal)
    page = client.get(address)
    back = client.post(f"{address}take-back/", {"reason": "A mistake."})
    gone = client.get(address)
    sign_in(client, people.person_with("committee", "MNG"))

    assert "This is what they read" in page.content.decode()
    assert back.status_code == 303
    assert "Office of Roads" not in gone.content.decode()
    assert client.get(at(wave, "released/")).status_code == 404


@pytest.mark.parametrize(("audience", "status", "count"), [("members", 302, 0), ("public", 200, 1)])
def test_visitors_read_what_is_public_on_page_and_in_the_api(
    client, wave, focal, audience, status, count
):
    let_out(client, wave, focal, audience)
    client.logout()

    page = client.get(at(wave, "released/"))
    items = client.get("/api/v1/surveys/released", {"wave": wave.public_id}).json()["items"]

    assert page.status_code == status
    assert [(one["country"], one["organisation"], one["value"]) for one in items] == [
        ("GEO", "Roads", "Office of Roads")
    ] * count


@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 200), ("officer", 404), ("focal_point", 404)]
)
def test_only_coordinators_ask(client, wave, role, status):
    sign_in(client, people.person_with(role, "GEO" if role == "focal_point" else None))

    assert client.get(at(wave, "release-answers/")).status_code == status


def test_what_the_page_refuses_stands_beside_the_field(client, wave, focal):
    refused = ask(client, wave, paths=())

    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"paths"}


def test_a_wave_without_cleared_answers_says_so(client):
    programme()
    sign_in(client, people.person_with("coordinator"))

    page = client.get(at(make.wave(), "release-answers/")).content.decode()

    assert "No country has cleared an answer of this wave yet." in page
