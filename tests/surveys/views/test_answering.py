"""A response is filled in without script: pages, saving, conflicts, entries, what others see."""

import gzip
import json

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import questionnaires
from tests.factories import surveys as make

from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.models import Answer, AnswerHead, Entry, Response
from serai.surveys.queries.forms import compiled, parts_of
from serai.surveys.states import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return make.invitation()


@pytest.fixture
def response(asked):
    lead = viewer_of(asked.lead, make.NOON)
    return actions.start_response(invitation=asked, by=lead, now=make.NOON)


@pytest.fixture
def lead(client, asked):
    client.force_login(asked.lead)
    return client


def page(response, slug, entry=""):
    words = [response.public_id, slug, *([entry] if entry else [])]
    return reverse("surveys:entry" if entry else "surveys:section", args=words)


def base_of(response, path):
    head = AnswerHead.objects.filter(response=response, path=path).first()
    return str(head.answer_id) if head else "0"


def sent(response, **answers):
    """A page's fields as a browser sends them: each answer with its base."""
    found = {}
    for path, value in answers.items():
        name = "/data/" + path.replace("__", "/")
        found[name] = value
        found[f"base:{name}"] = base_of(response, name)
    return found


def stands(response):
    rows = AnswerHead.objects.filter(response=response).select_related("answer")
    return {row.path: row.answer.value for row in rows if row.answer.value}


def test_a_page_shows_its_questions_in_the_readers_language(lead, response):
    english = lead.get(page(response, "office")).content.decode()
    russian = lead.get(page(response, "office").replace("/en/", "/ru/")).content.decode()

    assert "Name of the office" in english
    assert "Название отдела" in russian
    assert 'name="base:/data/office/name" value="0"' in english


def test_what_is_not_asked_is_sent_hidden(lead, response):
    html = lead.get(page(response, "link")).content.decode()

    block = html[html.index('data-ref="/data/link/mbps"') :][:60]
    assert "hidden" in block


def test_answers_are_saved_and_lead_on(lead, response):
    done = lead.post(
        page(response, "office"),
        {**sent(response, office__name="Agency", office__staff="12"), "go_on": "1"},
    )

    assert done.status_code == 303
    assert done["Location"] == page(response, "link")
    assert stands(response) == {
        "/data/office/name": "Agency",
        "/data/office/staff": "12",
        "/data/link/is_fast": "no",
    } | {
        key: value
        for key, value in stands(response).items()
        if "instanceID" in key or "total" in key
    }


def test_an_answer_that_opens_questions_stays_on_the_page(lead, response):
    done = lead.post(
        page(response, "link"), {**sent(response, link__has="yes"), "go_on": "1"}, follow=True
    )

    assert "This opens 1 more question." in done.content.decode()
    assert done.request["PATH_INFO"] == page(response, "link")


def test_a_broken_rule_is_saved_and_shown(lead, response):
    done = lead.post(
        page(response, "office"), {**sent(response, office__staff="900"), "go_on": "1"}, follow=True
    )

    html = done.content.decode()
    assert "1 answer needs a look" in html
    assert "Between 0 and 500." in html
    assert stands(response)["/data/office/staff"] == "900"


def test_what_was_saved_wrong_while_it_was_typed_is_said_on_the_next_page(lead, response):
    lead.post(page(response, "office"), sent(response, office__staff="about 20"))

    done = lead.post(
        page(response, "office"),
        {**sent(response, office__staff="about 20"), "go_on": "1"},
        follow=True,
    )

    html = done.content.decode()
    assert done.request["PATH_INFO"] == page(response, "link")
    assert "1 answer on “The office” needs a look." in html
    assert f'<a href="{page(response, "office")}#/data/office/staff">Go back there</a>' in html
    assert html.count("about 20") == 0


def test_what_is_no_number_is_not_held_to_the_range_too(lead, response):
    lead.post(page(response, "office"), sent(response, office__staff="about 20"))

    html = lead.get(reverse("surveys:hand_in", args=[response.public_id])).content.decode()

    assert html.count("is not a number. Write digits only") == 1
    assert "Between 0 and 500." not in html


def test_a_conflict_shows_both_and_the_next_save_counts(lead, response, asked):
    stale = sent(response, office__name="Mine")
    lead.post(page(response, "office"), sent(response, office__name="Theirs"))

    back = lead.post(page(response, "office"), stale)

    html = back.content.decode()
    assert back.status_code == 409
    assert 'value="Mine"' in html
    assert "<b>Theirs</b>" in html
    assert asked.lead.full_name in html
    assert stands(response)["/data/office/name"] == "Theirs"
    again = lead.post(page(response, "office"), sent(response, office__name="Mine"))
    assert again.status_code == 303
    assert stands(response)["/data/office/name"] == "Mine"


def test_a_page_sent_unchanged_from_an_old_tab_takes_nothing_back(lead, response):
    lead.post(page(response, "office"), sent(response, office__name="First"))
    old = sent(response, office__name="First", office__staff="5")
    lead.post(page(response, "office"), sent(response, office__name="Second"))

    done = lead.post(page(response, "office"), old)

    assert done.status_code == 303
    assert stands(response)["/data/office/name"] == "Second"
    assert stands(response)["/data/office/staff"] == "5"


def test_entries_are_added_removed_and_brought_back(lead, response):
    door = reverse("surveys:entries", args=[response.public_id])
    added = lead.post(door, {"add": "/data/room", "section": "room"})
    key = Entry.objects.get().key
    lead.post(
        page(response, "room", key),
        {f"/data/room/seats@{key}": "40", f"base:/data/room/seats@{key}": "0"},
    )

    lead.post(door, {"remove": key})
    gone = stands(response).get("/data/seats_total")
    lead.post(door, {"restore": key})

    assert added["Location"] == page(response, "room", key)
    assert gone == "0"
    assert stands(response)["/data/seats_total"] == "40"


def test_autosave_says_what_became_of_each_change(lead, response):
    door = reverse("surveys:autosave", args=[response.public_id]) + "?section=link"
    batch = [
        {"client_id": "a1", "ref": "/data/link/has", "base": "0", "value": "yes"},
        {"client_id": "a2", "ref": "/data/link/is_fast", "base": "0", "value": "yes"},
    ]

    told = lead.post(door, json.dumps(batch), content_type="application/json").json()
    again = lead.post(door, json.dumps(batch[:1]), content_type="application/json").json()

    assert [one["status"] for one in told["answers"]] == ["saved", "refused"]
    assert [one["status"] for one in again["answers"]] == ["same"]
    assert told["answers"][0]["base"] == Answer.objects.get(client_id="a1").pk
    assert Answer.objects.filter(source=Source.WEB).count() == 1


@pytest.mark.parametrize(
    "body",
    ["", "{", "{}", "[1]", '[{"client_id": 1}]', '[{"client_id": "a", "ref": "x", "base": "-1"}]',
     json.dumps([{"client_id": "a", "ref": "/data/x", "value": "v" * 400_001}]),
     json.dumps([{"client_id": str(n), "ref": "/data/x"} for n in range(501)])],
)  # fmt: skip
def test_autosave_refuses_what_is_no_batch(lead, response, body):
    door = reverse("surveys:autosave", args=[response.public_id])

    refused = lead.post(door, body, content_type="application/json")

    assert refused.status_code == 400
    assert refused.json() == {"error": "These changes are not understood."}


@pytest.mark.parametrize(
    "role", ["officer", "coordinator", "focal_point", "lead", "contributor", "expert"]
)
def test_nobody_else_opens_a_draft(client, response, role):
    client.force_login(people.person_with(role))

    assert client.get(reverse("surveys:response", args=[response.public_id])).status_code == 404
    assert client.get(page(response, "office")).status_code == 404


def test_the_overview_counts_what_is_missing(lead, response):
    html = lead.get(reverse("surveys:response", args=[response.public_id])).content.decode()

    assert html.count("1 required answer missing") == 2
    assert "Required answers missing" in html or "Not opened yet" in html


def revision(response):
    """What the page that is open now is made of."""
    return Response.objects.get(pk=response.pk).revision


def test_the_whole_way_to_acceptance(client, lead, response, asked):
    lead.post(page(response, "office"), sent(response, office__name="Agency"))
    hand_in = reverse("surveys:hand_in", args=[response.public_id])
    early = lead.post(hand_in)
    lead.post(page(response, "link"), sent(response, link__has="no"))
    assert early.status_code == 422
    assert "Is there a leased line?" in early.content.decode()
    assert lead.post(hand_in).status_code == 303

    signed = lead.post(
        reverse("surveys:sign", args=[response.public_id]),
        {"name": "A B", "position": "Head", "revision": revision(response)},
    )
    locked = lead.post(page(response, "office"), sent(response, office__name="Other"))
    assert signed.status_code == 303
    assert locked.status_code == 422

    client.force_login(people.person_with("focal_point", "GEO"))
    clear = reverse("surveys:clear", args=[response.public_id])
    assert client.post(clear, {"do": "return", "note": ""}).status_code == 422
    read = {"do": "clear", "note": "", "revision": revision(response)}
    assert client.post(clear, read).status_code == 303

    client.force_login(people.person_with("officer"))
    seen = client.get(page(response, "office")).content.decode()
    assert "Agency" in seen
    accepted = client.post(reverse("surveys:step", args=[response.public_id]), {"do": "accept"})
    response.refresh_from_db()
    assert accepted.status_code == 303
    assert response.state == "accepted"


MOST_PACKED = 12_000


def test_every_page_of_the_readiness_questionnaire_is_light(client):
    version = make.version(xform=questionnaires.read("readiness_office").xform)
    asked = make.invitation(make.wave(version))
    by = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=by, now=make.NOON)
    client.force_login(asked.lead)

    weights = {}
    for part in parts_of(compiled(version)):
        entry = ""
        if part.repeat_path:
            entry = actions.add_entry(
                response=response, repeat_path=part.repeat_path, by=by, now=make.NOON
            )
        seen = client.get(page(response, part.slug, entry))
        assert b'id="logic"' in seen.content
        weights[part.slug] = len(gzip.compress(seen.content, 6))

    assert len(weights) == 14
    assert {slug: size for slug, size in weights.items() if size > MOST_PACKED} == {}


def test_what_is_missing_is_said_once_and_of_locked_answers_not_at_all(lead, response):
    lead.post(page(response, "office"), sent(response, office__staff="12"))
    home = reverse("surveys:response", args=[response.public_id])

    filling = lead.get(home).content.decode()
    Response.objects.filter(pk=response.pk).update(state="handed_in")
    locked = lead.get(home).content.decode()

    assert "Required answers missing" not in filling
    assert "1 required answer missing" in filling
    assert "required answer" not in locked
    assert "Not opened yet" not in locked
