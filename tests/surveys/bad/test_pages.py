"""Every bad page that is sent without script ends as its row says; what was typed comes back."""

import html
import re

import pytest
from django.urls import reverse
from tests.surveys.bad import world as place
from tests.surveys.bad.pages import ROWS

from serai.surveys.models import AnswerHead

NAMES = {"hand-in": "hand_in", "sign": "sign", "entries": "entries"}


def door(world, row):
    number = world.response.public_id
    if row.door in NAMES:
        return reverse(f"surveys:{NAMES[row.door]}", args=[number])
    slug, _slash, entry = row.door.partition("/")
    words = [number, slug, *([entry] if entry else [])]
    return reverse("surveys:entry" if entry else "surveys:section", args=words)


def body(world, row):
    heads = dict(
        AnswerHead.objects.filter(response=world.response).values_list("path", "answer_id")
    )
    found = dict(row.raw)
    for name, text in row.fields.items():
        path = f"/data/office/{name}"
        found[path] = text
        found[f"base:{path}"] = row.bases.get(name, str(heads.get(path, 0)))
    return found


def fields(text):
    """The texts that stand in the fields of a page."""
    return [
        html.unescape(one)
        for one in re.findall(r'<input id="a[^"]*" name="[^"]*" value="([^"]*)"', text)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_bad_page(world, row):
    if row.before is not None:
        row.before(world)
    stood = place.before()
    client = world.client(row.who)

    answer = client.post(door(world, row), body(world, row))

    shown = client.get(answer["Location"]) if answer.status_code == 303 else answer
    text = html.unescape(shown.content.decode())
    assert answer.status_code == row.status
    assert [one for one in row.says if one not in text] == []
    assert [one for one in row.typed if one not in fields(shown.content.decode())] == []
    assert (world.untold(stood.changes()), world.untold(stood.beside())) == (row.stored, row.beside)
    assert list(world.untold(dict.fromkeys(place.issues(), ""))) == list(row.marked)
    assert stood.entries_changed() == row.entries
