"""Every bad submission of a device ends as its row says; none is lost, none trusted."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.surveys.bad import world as place
from tests.surveys.bad.collect import ROWS

from serai.surveys.models import SubmissionStep

POSITION = re.compile(r"Line \d+, column \d+: ")


def sent(world, row):
    if row.send is not None:
        return row.send(reverse("collect:submission", args=[world.secret]))
    files = {name: SimpleUploadedFile(name, content) for name, content in row.files.items()}
    return place.hand_in(world, row.xml, row.key, **files)


def issue(found):
    kind, path, entry, _why = found
    return f"{kind} {place.short(path, entry)}".strip()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_bad_submission(world, row):
    if row.before is not None:
        row.before(world)
    stood = place.before()

    answer = sent(world, row)

    nature = "submit_success" if row.status == 201 else "submit_error"
    told = POSITION.sub("", answer.content.decode())
    kept = stood.arrived()
    steps = SubmissionStep.objects.filter(submission__in=kept)
    assert (answer.status_code, told.rpartition('">')[2].partition("</message>")[0]) == (
        row.status, row.says,
    )  # fmt: skip
    assert f'nature="{nature}"' in told
    assert [(one.state, [issue(found) for found in one.issues]) for one in steps] == (
        [(row.state, list(row.issues))] if row.state else []
    )
    assert [bytes(one.xml) for one in kept] == ([row.xml] if row.state else [])
    assert (world.untold(stood.changes()), world.untold(stood.beside())) == (row.stored, row.beside)
    assert stood.entries_changed() == row.entries
