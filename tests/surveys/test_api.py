"""Surveys in the open API: what the pages show, cleared answers alone, other countries' nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative, programme
from tests.surveys.queries.test_figures import HAS, frozen

from serai.base.keys import issue_key
from serai.base.text import TranslatedText
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.models import AnswerRequest, Response

pytestmark = pytest.mark.django_db
API = "/api/v1/surveys"
LISTS = ("surveys", "waves", "board", "answers", "codebook", "requests")
OF_WAVE = LISTS[2:]


@pytest.fixture(autouse=True)
def house():
    programme()


def bearer(person):
    now = datetime.now(UTC)
    key = issue_key(person_id=person.pk, name="k", expires_on=now.date() + timedelta(1), now=now)
    return {"Authorization": f"Bearer {key.secret}"}


def asker(role, scope=None):
    return bearer(people.person_with(role, scope))


def listed(client, name, who, status=200, **query):
    answer = client.get(f"{API}/{name}", query, headers=who)
    assert answer.status_code == status
    return answer.json()["items"] if status == 200 else answer.json()


def cleared(wave, text, xform_narrow=False, **fields):
    asked = make.invitation(wave, **fields)
    lead = viewer_of(asked.lead, make.NOON)
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    changes = [Change("c1", Ref("/data/office/name"), 0, text)]
    if xform_narrow:
        changes.append(Change("c2", Ref("/data/office/staff"), 0, "7"))
    actions.write_answers(response=found, changes=changes, by=lead, now=make.NOON)
    newest = found.answers.order_by("-pk").first()
    Response.objects.filter(pk=found.pk).update(
        cleared_through=newest.pk, signed_through=newest.pk, state="cleared"
    )
    return Response.objects.get(pk=found.pk)


def test_an_officer_lists_surveys_and_waves(client):
    wave = make.wave()
    cleared(wave, "Ring")

    (survey,) = listed(client, "surveys", asker("officer"))
    (found,) = listed(client, "waves", asker("officer"), survey=wave.survey.code)

    assert survey == {
        "id": wave.survey.public_id, "code": wave.survey.code, "title": {"en": "Offices"},
        "kind": "questionnaire", "state": "open", "initiative": {}, "waves": 1, "asked": 1,
        "answered": 1, "due_on": "2021-03-31", "sample": False,
    }  # fmt: skip
    assert found == {
        "id": wave.public_id, "survey": wave.survey.code, "title": {"en": "First round"},
        "version": "1", "opens_on": "2021-03-01", "due_on": "2021-03-31", "state": "open",
        "asked": 1, "answered": 1, "sample": False,
    }  # fmt: skip
    assert listed(client, "waves", asker("officer"), survey="other") == []


def test_the_board_tells_states_and_shares_and_no_answer(client):
    wave = make.wave()
    found = cleared(wave, "Secret words")

    (row,) = listed(client, "board", asker("officer"), wave=wave.public_id)

    assert row == {
        "id": found.invitation.public_id, "country": found.invitation.country.iso3,
        "place": found.invitation.organisation.names.pick("en")[0], "due_on": "2021-03-31",
        "invitation": "sent", "response": "cleared", "percent": row["percent"],
        "is_signed": True, "is_cleared": True, "is_late": False, "open_requests": 0,
        "sections": row["sections"], "sample": False,
    }  # fmt: skip
    assert [one["title"] for one in row["sections"]] == ["The office", "The line", "Meeting room"]
    assert "Secret" not in str(row)


def test_answers_come_as_cleared_a_response_an_item(client):
    wave = make.wave()
    found = cleared(wave, "Ring")
    lead = viewer_of(found.invitation.lead, make.NOON)
    Response.objects.filter(pk=found.pk).update(state="filling")
    base = found.answers.get(path="/data/office/name").pk
    later = [Change("d", Ref("/data/office/name"), base, "Draft")]
    actions.write_answers(response=found, changes=later, by=lead, now=make.NOON)
    make.invitation(wave)

    (row,) = listed(client, "answers", asker("officer"), wave=wave.public_id)

    (named,) = (one for one in row["answers"] if one["path"] == "/data/office/name")
    assert named == {
        "path": "/data/office/name", "entry": None, "value": "Ring", "reason": None,
        "version": "1", "set_aside": False, "at": "2021-03-01T12:00:00Z",
    }  # fmt: skip
    assert "Draft" not in str(row)
    assert (row["id"], row["state"], row["entries"]) == (found.public_id, "filling", [])


def test_the_codebook_explains_every_answer(client):
    wave = make.wave()
    cleared(wave, "Ring")

    rows = {row["path"]: row for row in listed(client, "codebook", asker("officer"), wave=wave.public_id)}  # fmt: skip

    assert rows["/data/office/name"] == {
        "path": "/data/office/name", "column": "office/name", "repeat": None, "type": "string",
        "label": "Name of the office", "choices": [], "rules": {"required": "true()"},
        "weight": 1.0, "audience": None, "versions": ["1"], "n": 1,
    }  # fmt: skip
    assert rows["/data/link/has"]["choices"] == [
        {"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"},
    ]  # fmt: skip
    assert rows["/data/room/seats"]["repeat"] == "/data/room"


def test_figures_are_told_to_their_readers_and_public_ones_to_visitors(client):
    wave = make.wave()
    public, members = frozen(wave, "public"), frozen(wave)

    (row,) = listed(client, "figures", {})
    seen = listed(client, "figures", asker("committee", "MNG"), wave=wave.public_id)
    elsewhere = listed(client, "figures", asker("officer"), wave=make.wave().public_id)

    assert row == {
        "id": public.public_id, "wave": wave.public_id, "survey": "Offices", "path": HAS,
        "question": "Is there a leased line?", "statistic": "shares", "breakdown": None,
        "choices": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
        "as_of": "2021-03-01", "audience": "public", "n": 6, "hash": "0" * 64, "sample": False,
        "told": [
            {
                "group": None, "n": 6, "shares": {"yes": 0.65, "no": 0.35}, "places": {},
                "lower": None, "median": None, "upper": None, "mean": None,
            }
        ],
    }  # fmt: skip
    assert {one["id"] for one in seen} == {public.public_id, members.public_id}
    assert elsewhere == []


def test_requests_are_told_without_drafts(client):
    found = cleared(make.wave(), "Ring")
    fields = {
        "response": found, "question": TranslatedText.of("Which ring?"), "reason": "unclear",
        "made_at": make.NOON,
    }  # fmt: skip
    AnswerRequest.objects.create(path="/data/office/staff", state="drafted", **fields)
    made = AnswerRequest.objects.create(
        path="/data/office/name", state="answered", reply="The inner", asked_at=make.NOON, **fields
    )

    rows = listed(client, "requests", asker("officer"), wave=found.wave.public_id)

    assert rows == [
        {
            "id": made.public_id, "response": found.public_id, "path": "/data/office/name",
            "entry": None, "question": {"en": "Which ring?"}, "reason": "unclear", "due_on": None,
            "reply": "The inner", "state": "answered", "asked_at": "2021-03-01T12:00:00Z",
            "answered_at": None, "sample": False,
        }
    ]  # fmt: skip


# ---------------------------------------------------------------- rights
def test_each_asker_sees_what_their_pages_show(client):
    own = initiative("virtual-carec")
    wave = make.wave(make.version(make.survey(initiative=own)))
    georgian = cleared(wave, "Ring", organisation=people.organisation(country="GEO"))
    uzbek = cleared(wave, "Road", organisation=people.organisation(country="UZB"))

    def seen(who):
        found = {}
        for name in LISTS:
            query = {"wave": wave.public_id} if name in OF_WAVE else {}
            answer = client.get(f"{API}/{name}", query, headers=who)
            items = answer.json().get("items")
            found[name] = len(items) if items is not None else answer.status_code
        return found

    every = {"surveys": 1, "waves": 1, "board": 2, "answers": 2, "codebook": 7, "requests": 0}
    shut = {"surveys": 0, "waves": 0, **dict.fromkeys(OF_WAVE, 404)}
    assert seen(asker("officer")) == every
    assert seen(asker("coordinator")) == every
    assert seen(asker("officer", "startup-hub")) == shut
    assert seen(asker("focal_point", "GEO")) == shut | {"waves": 1, "board": 1}
    assert seen(asker("deputy", "UZB")) == shut | {"waves": 1, "board": 1}
    assert seen(asker("focal_point", "KAZ")) == shut
    assert seen(bearer(georgian.invitation.lead)) == shut
    assert seen(asker("administrator")) == shut
    assert uzbek.public_id not in str(
        listed(client, "board", asker("focal_point", "GEO"), wave=wave.public_id)
    )


def test_a_focal_point_counts_the_own_country_alone(client):
    wave = make.wave()
    cleared(wave, "Ring", organisation=people.organisation(country="GEO"))
    for _time in range(2):
        make.invitation(wave, organisation=people.organisation(country="UZB"))

    (row,) = listed(client, "waves", asker("focal_point", "GEO"))

    assert (row["asked"], row["answered"]) == (1, 1)


def test_an_experts_answers_end_at_the_members_they_advise(client):
    own = initiative("virtual-carec")
    wave = make.wave(make.version(make.survey(initiative=own)))
    cleared(wave, "Ring", organisation=people.organisation(country="GEO"))
    cleared(wave, "Road", organisation=people.organisation(country="UZB"))
    expert = people.person_with("expert", "virtual-carec:GEO")

    rows = listed(client, "answers", bearer(expert), wave=wave.public_id)

    assert [row["country"] for row in rows] == ["GEO"]
    assert listed(client, "board", bearer(expert), 404, wave=wave.public_id)["status"] == 404


@pytest.mark.parametrize("is_named", [False, True])
def test_a_narrow_question_is_told_to_named_readers_alone(client, is_named):
    xform = make.XFORM.replace('serai:weight="2"', 'serai:audience="security"')
    found = cleared(make.wave(make.version(xform=xform)), "Ring", xform_narrow=True)
    AnswerRequest.objects.create(
        response=found, path="/data/office/staff", state="asked", asked_at=make.NOON,
        question=TranslatedText.of("How many?"), reason="unclear", made_at=make.NOON,
    )  # fmt: skip
    officer = people.person_with("officer")
    if is_named:
        people.share(f"surveys.response:{found.pk}", f"person:{officer.pk}")
    who, wave = bearer(officer), found.wave.public_id

    (row,) = listed(client, "answers", who, wave=wave)
    asked = listed(client, "requests", who, wave=wave)

    paths = {one["path"] for one in row["answers"]}
    assert ("/data/office/staff" in paths, len(asked)) == (is_named, int(is_named))


@pytest.mark.parametrize("name", LISTS)
def test_a_visitor_is_told_nothing(client, name):
    wave = make.wave()

    answer = client.get(f"{API}/{name}", {"wave": wave.public_id})

    assert (answer.status_code, answer.json()["title"]) == (404, "There is no such thing")


@pytest.mark.parametrize("name", OF_WAVE)
def test_a_wave_must_be_named_and_exist(client, name):
    who = asker("officer")

    assert listed(client, name, who, 422)["errors"][0].startswith("wave")
    assert listed(client, name, who, 404, wave="nowhere")["status"] == 404


@pytest.mark.parametrize(("name", "count"), [("board", 3), ("answers", 3), ("codebook", 7)])
def test_pages_follow_each_other_without_gap_or_repeat(client, name, count):
    wave, who = make.wave(), asker("officer")
    for text in ("1", "2", "3"):
        cleared(wave, text)
    key = "path" if name == "codebook" else "id"

    found, address, query = [], f"{API}/{name}", {"wave": wave.public_id, "limit": 2}
    while address:
        page = client.get(address, query, headers=who).json()
        found += [item[key] for item in page["items"]]
        address, query = page["next"], {}

    assert (found, len(found)) == (sorted(set(found)), count)


@pytest.mark.parametrize("name", ["surveys", "waves", "board", "requests"])
def test_one_and_three_rows_take_the_same_queries(client, name, django_assert_num_queries):
    who, wave = asker("officer"), make.wave()
    query = {"wave": wave.public_id} if name in OF_WAVE else {}

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{API}/{name}", query, headers=who).status_code == 200
        return len(seen)

    def one_more(text):
        found = cleared(wave if name in OF_WAVE else make.wave(), text)
        AnswerRequest.objects.create(
            response=found, path="/data/office/name", state="asked", asked_at=make.NOON,
            question=TranslatedText.of("Which?"), reason="unclear", made_at=make.NOON,
        )  # fmt: skip

    one_more("1")
    count()
    first = count()
    one_more("2")
    one_more("3")
    count()  # whoever reads them first today is noted once

    assert count() == first
