"""Every bad workbook ends as its row says: read or not, cell by cell, taken whole, nothing else touched."""

import html
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.surveys.bad import world as place
from tests.surveys.bad.workbooks import ROWS


def address(name, response):
    return reverse(f"surveys:{name}", args=[response.public_id])


def content(world, row, client):
    if isinstance(row.change, bytes):
        return row.change
    answer = client.get(address("workbook_xlsx", world.response))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    row.change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def carried(text, name):
    return text.partition(f'name="{name}" value="')[2].partition('"')[0]


def told(world, taken):
    """Return what becomes of each cell that is not as it was, and of what belongs nowhere."""
    cells = [(place.short(one.meant.ref.path, one.meant.ref.entry), one.fate.value, one.why)
             for one in taken.cells if one.fate.value != "same"]  # fmt: skip
    strays = [(f"{one.sheet} {one.address}", "refused", one.why) for one in taken.strays]
    return [(next(iter(world.untold({cell: ""}))), fate, why) for cell, fate, why in cells + strays]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_bad_workbook(world, row):
    if row.before is not None:
        row.before(world)
    file = io.BytesIO(content(world, row, world.client("lead")))
    file.name = row.file
    if row.between is not None:
        row.between(world)
    client, stood = world.client(row.who), place.before()

    answer = client.post(address("workbook", world.response), {"workbook": file})

    text = html.unescape(answer.content.decode())
    assert answer.status_code == (row.status or (422 if row.says else 200))
    assert row.says in text
    if answer.status_code == 200:
        assert told(world, answer.context["taken"]) == list(row.fates)
        assert [one for one in row.typed if one not in text] == []
        assert stood.changes() == {}
        sent = {name: carried(answer.content.decode(), name) for name in ("packed", "seen")}
        assert client.post(address("take_workbook", world.response), sent).status_code == 200
    assert (world.untold(stood.changes()), world.untold(stood.beside())) == (row.stored, row.beside)
    assert list(world.untold(dict.fromkeys(place.issues(), ""))) == list(row.marked)
    assert stood.entries_changed() == row.entries
