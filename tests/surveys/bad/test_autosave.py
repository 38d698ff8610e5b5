"""Every bad batch of changes ends as its row says; the script learns what to keep."""

import json

import pytest
from django.urls import reverse
from tests.surveys.bad import world as place
from tests.surveys.bad.autosave import ROWS

from serai.surveys.models import AnswerHead


def body(world, row):
    if isinstance(row.body, str):
        return row.body.encode("utf-8", "surrogateescape")
    heads = dict(
        AnswerHead.objects.filter(response=world.response).values_list("path", "answer_id")
    )
    bases = {"{base}": heads["/data/office/link"], "{other}": heads["/data/office/link"]}
    sent = [{**one, "base": str(bases.get(one["base"], one["base"]))} for one in row.body]
    return json.dumps(sent).encode()


def sent(world, row):
    number = (world.theirs if row.is_theirs else world.response).public_id
    door = reverse("surveys:autosave", args=[number]) + f"?section={row.section}"
    return world.client(row.who).post(door, body(world, row), content_type="application/json")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_bad_batch(world, row):
    if row.before is not None:
        row.before(world)
    stood = place.before()

    answer = sent(world, row)

    assert answer.status_code == row.status
    if row.status == 200:
        told = answer.json()["answers"]
        assert [(one["status"], one["why"]) for one in told] == list(row.told)
        assert [one["client_id"] for one in told] == [one["client_id"] for one in row.body]
        assert ["theirs" in one for one in told] == [
            status == "conflict" for status, _why in row.told
        ]
    if row.status == 400:
        assert answer.json() == {"error": "These changes are not understood."}
    assert (world.untold(stood.changes()), world.untold(stood.beside())) == (row.stored, row.beside)
    assert list(world.untold(dict.fromkeys(place.issues(), ""))) == list(row.marked)
