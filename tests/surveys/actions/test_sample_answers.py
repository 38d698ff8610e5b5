"""Answers of the sample: cleared, accepted, marked, and verified like others."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.surveys import actions
from serai.surveys.actions import altered_rows
from serai.surveys.queries import answers

pytestmark = pytest.mark.django_db


def test_they_stand_as_cleared_with_what_followed_from_them():
    wave = make.wave(sample=True)
    asked = make.invitation(wave)
    given = {"/data/link/has": "yes", "/data/link/mbps": "20", "/data/room/seats": "12"}

    found = actions.put_sample_response(invitation=asked, values=given, now=make.NOON)

    assert (found.state, found.sample, asked.state) == ("accepted", True, "done")
    whole = answers(people.viewer_with("officer"), wave, make.NOON, "en", paths=list(given))
    assert {path: [row.value for row in rows] for path, rows in whole.told.items()} == {
        path: [value] for path, value in given.items()
    }
    assert found.answers.filter(path="/data/link/is_fast").latest("pk").value == "yes"
    assert altered_rows() == []
