"""Every door through which answers are read from outside notes it; own people see the list."""

import json

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.programme import initiative, programme
from tests.factories.signed_in import sign_in
from tests.surveys.test_api import bearer

from serai.base.files import Checked, keep_checked
from serai.base.jobs import run_ready
from serai.calc.xforms import Ref
from serai.surveys.models import Reading, Response
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db(transaction=True)
HAS = "/data/link/has"
# Addresses below a response, and the way in which each is read.
OF_RESPONSE = {
    "": "page", "s/link/": "page", "answers/data/link/has/": "page", "ask/": "page",
    "asked/": "page", "form.xlsx": "copy",
    "audit.json": "proofs",
}  # fmt: skip
OF_WAVE = {
    "results/": "results", "results/?as=csv": "results", f"results{HAS}/": "results",
    f"results{HAS}/?as=xlsx": "results", "compare/": "results",
}  # fmt: skip


@pytest.fixture
def found():
    programme()
    version = make.version(make.survey(initiative=initiative()))
    wave = make.wave(version)
    make.wave(version)
    return make.cleared(wave, {HAS: "yes", "/data/office/staff": "7"})


def noted():
    return set(Reading.objects.values_list("response_id", "way", "role"))


def below(found, rest):
    return f"/en/surveys/responses/{found.public_id}/{rest}"


def of_wave(found, rest):
    return f"/en/surveys/waves/{found.wave.public_id}/{rest}"


@pytest.mark.parametrize("rest", OF_RESPONSE)
def test_each_door_of_a_response_notes_an_officer_and_not_its_lead(client, found, rest):
    sign_in(client, found.invitation.lead)
    client.get(below(found, rest))
    by_lead = noted()
    sign_in(client, people.person_with("officer"))

    answer = client.get(below(found, rest))

    assert (by_lead, answer.status_code) == (set(), 200)
    assert noted() == {(found.pk, OF_RESPONSE[rest], "officer")}


@pytest.mark.parametrize("rest", OF_WAVE)
def test_each_door_of_results_notes_whose_answers_are_read(client, found, rest):
    other = make.cleared(found.wave, {HAS: "no"}, organisation=people.organisation(country="UZB"))
    sign_in(client, people.person_with("expert", f"{found.wave.survey.initiative.code}:GEO"))

    answer = client.get(of_wave(found, rest))

    assert answer.status_code == 200
    assert noted() == {(found.pk, "results", "expert")}
    sign_in(client, people.person_with("coordinator"))
    client.get(of_wave(found, rest))
    assert noted() == {
        (found.pk, "results", "expert"), (found.pk, "results", "coordinator"),
        (other.pk, "results", "coordinator"),
    }  # fmt: skip


def test_a_door_that_stays_shut_notes_nothing(client, found):
    for who in (people.person_with("partner"), people.person_with("focal_point", "UZB")):
        sign_in(client, who)
        statuses = {client.get(below(found, rest)).status_code for rest in OF_RESPONSE}
        assert statuses == {404}

    assert noted() == set()


def test_pages_without_answers_note_nothing(client, found):
    sign_in(client, people.person_with("officer"))

    statuses = [client.get(of_wave(found, rest)).status_code for rest in ("", "board/", "export/")]

    assert (statuses, noted()) == ([200, 200, 200], set())


def test_the_country_is_noted_when_it_reads_what_it_is_to_clear(client, found):
    Response.objects.filter(pk=found.pk).update(state="signed", cleared_through=0)
    sign_in(client, people.person_with("focal_point", "GEO"))

    answer = client.get(below(found, "clear/"))

    assert answer.status_code == 200
    assert noted() == {(found.pk, "page", "focal_point")}


@pytest.mark.parametrize(
    ("kind", "expected"), [("long", 1), ("wide", 1), ("json", 1), ("codebook", 0)]
)
def test_a_file_of_all_answers_notes_its_asker_when_it_is_made(client, found, kind, expected):
    sign_in(client, people.person_with("officer"))
    client.post(of_wave(found, "export/"), {"kind": kind})
    asked = noted()

    while run_ready(now=make.NOON):
        pass

    assert asked == set()
    assert noted() == ({(found.pk, "export", "officer")} if expected else set())


def test_the_person_behind_a_key_is_noted(client, found):
    officer = bearer(people.person_with("officer"))
    wave = {"wave": found.wave.public_id}
    for name in ("board", "codebook", "waves", "surveys"):
        client.get(f"/api/v1/surveys/{name}", wave, headers=officer)
    before = noted()

    answer = client.get("/api/v1/surveys/answers", wave, headers=officer)

    assert (before, answer.status_code) == (set(), 200)
    assert noted() == {(found.pk, "api", "officer")}


def test_a_file_handed_in_is_noted(client):
    programme()
    response, lead = offices.begun(offices.published())
    offices.add(response, lead, "r1")
    stored = keep_checked(
        checked=Checked(b"plan", "plan.png", "image/png"),
        thing=f"surveys.response:{response.pk}", by=lead.person_id, now=make.NOON,
    )  # fmt: skip
    offices.give(response, lead, Ref(offices.PLAN, "r1"), f"{stored.public_id} plan.png")
    newest = response.answers.order_by("-pk").first().pk
    Response.objects.filter(pk=response.pk).update(
        state="cleared", signed_through=newest, cleared_through=newest
    )
    sign_in(client, people.person_with("officer"))

    answer = client.get(below(response, f"files/{stored.public_id}/"))

    assert b"".join(answer.streaming_content) == b"plan"
    assert noted() == {(response.pk, "file", "officer")}


def test_an_officer_who_enters_for_a_body_is_noted_while_saving_too(client, found):
    Response.objects.filter(pk=found.pk).update(
        state="filling", signed_through=0, cleared_through=0, is_on_behalf=True
    )
    sign_in(client, people.person_with("officer"))
    assert fresh_response(found.pk).is_on_behalf

    answer = client.post(below(found, "autosave/"), json.dumps([]), content_type="application/json")

    assert answer.status_code == 200
    assert noted() == {(found.pk, "page", "officer")}


# ---------------------------------------------------------------- the list
def test_own_people_see_who_read_it_and_before_that_what_will_stand_there(client, found):
    lead, officer = found.invitation.lead, people.person_with("officer", full_name="Ana Reader")
    sign_in(client, lead)
    empty = client.get(below(found, "")).content.decode()
    empty_list = client.get(below(found, "read-by/")).content.decode()
    sign_in(client, officer)
    client.get(below(found, "form.xlsx"))
    officers_page = client.get(below(found, "")).content.decode()
    sign_in(client, lead)

    page = client.get(below(found, "")).content.decode()
    whole = client.get(below(found, "read-by/")).content.decode()
    file = b"".join(client.get(below(found, "read-by/?as=csv")).streaming_content)

    assert "Nobody from outside has read them yet." in empty
    assert "in which role, when first, and how" in empty
    assert "Nobody from outside has read them yet." in empty_list
    assert "Who read these answers" not in officers_page
    assert all("Ana Reader" in text and "as a copy to keep" in text for text in (page, whole))
    assert below(found, "read-by/") in page
    assert [line.split(",")[0] for line in file.decode("utf-8-sig").splitlines()] == [
        "Who",
        "Ana Reader",
        "Ana Reader",
    ]


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [("focal_point", "GEO", 200), ("deputy", "GEO", 200), ("focal_point", "UZB", 404),
     ("officer", None, 404), ("coordinator", None, 404)],
)  # fmt: skip
def test_the_list_opens_to_the_country_and_not_to_readers(client, found, role, scope, status):
    sign_in(client, people.person_with(role, scope))

    assert client.get(below(found, "read-by/")).status_code == status
