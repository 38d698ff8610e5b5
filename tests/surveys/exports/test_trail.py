"""A third person verifies a response from the file alone, as docs/surveys/exports.md says."""

import hashlib
import json

import pytest
from tests.factories import members as people
from tests.surveys.queries.test_earlier_entries import signed

from serai.base import audit
from serai.base.audit import canonical
from serai.surveys import actions, queries
from serai.surveys.exports.trail import trail_json

pytestmark = pytest.mark.django_db


def verified(text):
    """Work out every hash of a file with nothing but the file; return what does not hold."""
    file, wrong = json.loads(text), []
    lines = {line["id"]: line for line in file["lines"]}
    for row in file["answers"]:
        told = [row[part] for part in ("salt", "path", "entry", "reason", "source", "value")]
        worked = "2:" + hashlib.sha256("\x1f".join(told).encode()).hexdigest()
        line = lines[row["line"]]
        if not worked == row["hash"] == line["facts"]["after"]["answers"][str(row["number"])]:
            wrong.append(("answer", row["number"]))
    for line in file["lines"]:
        before = bytes.fromhex(line["previous"])
        if hashlib.sha256(before + canonical(line["facts"])).hexdigest() != line["hash"]:
            wrong.append(("line", line["id"]))
    return wrong + [
        ("signature", sign["round"])
        for sign in file["signatures"]
        if sign["answers_hash"] != signed_over(file["answers"], sign["last_answer"])
    ]


def signed_over(rows, last):
    newest = {(row["path"], row["entry"]): row for row in rows if row["number"] <= last}
    parts = [
        "\x1f".join([path, entry, str(row["number"]), row["hash"]])
        for (path, entry), row in sorted(newest.items())
    ]
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


@pytest.fixture
def text():
    found, lead, focal = signed()
    actions.clear(response=found, by=focal, now=found.started_at)
    audit.seal()
    return trail_json(queries.trail(lead, queries.response_again(found))).decode()


def test_every_hash_of_the_file_holds(text):
    assert verified(text) == []
    assert len(json.loads(text)["answers"]) >= 2


def test_a_changed_word_or_line_shows(text):
    file = json.loads(text)
    file["answers"][0]["value"] = "Other"
    file["lines"][-1]["facts"]["by"] = 999

    wrong = verified(json.dumps(file))

    assert wrong == [("answer", file["answers"][0]["number"]), ("line", file["lines"][-1]["id"])]


def test_the_seals_are_those_of_the_chain(text):
    from serai.base.models import AuditSeal

    told = {(line["seal"], line["hash"]) for line in json.loads(text)["lines"]}

    assert told <= set(AuditSeal.objects.values_list("number", "hash"))
    assert None not in {number for number, _hash in told}


def test_the_file_says_what_it_is(text):
    file = json.loads(text)

    assert list(file) == [
        "format", "response", "survey", "wave", "state", "through", "hidden_count", "answers",
        "entries", "signatures", "lines", "sample",
    ]  # fmt: skip
    assert (file["format"], file["state"], file["sample"]) == ("serai-trail-2", "cleared", False)
    assert [one["stances"][0][0] for one in file["signatures"]] == ["cleared"]


def test_the_page_gives_the_file_to_its_own_people_and_the_secretariat_once_cleared(client):
    from tests.factories.signed_in import sign_in

    found, _lead, focal = signed()
    address = f"/en/surveys/responses/{found.public_id}/audit.json"

    def status(person):
        sign_in(client, person)
        return client.get(address).status_code

    officer = people.person_with("officer")
    before = [status(one) for one in (found.invitation.lead, officer)]
    actions.clear(response=found, by=focal, now=found.started_at)
    colleague = people.person_with("contributor", found.invitation.organisation)
    after = [status(one) for one in (officer, colleague, people.person_with("focal_point", "GEO"))]

    assert (before, after) == ([200, 404], [200, 404, 404])
    sign_in(client, officer)
    assert "audit.json" in client.get(f"/en/surveys/responses/{found.public_id}/").content.decode()
