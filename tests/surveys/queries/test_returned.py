"""Where the questions of a former version stand now."""

import pytest
from tests.factories import surveys as make

from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.queries.responses import fresh_response
from serai.surveys.queries.returned import paths_since, plain_text

pytestmark = pytest.mark.django_db
SECOND = (
    make.XFORM.replace("<mbps/>", "<speed/>")
    .replace('<bind nodeset="/data/link/mbps"',
             '<bind nodeset="/data/link/speed" serai:was="/data/link/mbps"')
    .replace('ref="/data/link/mbps"', 'ref="/data/link/speed"')
    .replace(" /data/link/mbps &gt;", " /data/link/speed &gt;")
)  # fmt: skip
THIRD = (
    SECOND.replace("<speed/>", "<rate/>").replace('serai:was="/data/link/mbps"', 'serai:was="/data/link/speed"')
    .replace('<bind nodeset="/data/link/speed"', '<bind nodeset="/data/link/rate"')
    .replace('ref="/data/link/speed"', 'ref="/data/link/rate"')
    .replace(" /data/link/speed &gt;", " /data/link/rate &gt;")
)  # fmt: skip


def test_moves_are_followed_from_version_to_version():
    survey = make.survey()
    for text in (make.XFORM, SECOND):
        make.version(survey, text)
        survey.versions.update(state="superseded")
    asked = make.invitation(make.wave(make.version(survey, THIRD)))
    response = fresh_response(
        actions.start_response(
            invitation=asked, by=viewer_of(asked.lead, make.NOON), now=make.NOON
        ).pk
    )

    assert paths_since(response, "1")["/data/link/mbps"] == ("/data/link/rate", "")
    assert paths_since(response, "2")["/data/link/speed"] == ("/data/link/rate", "")
    assert paths_since(response, "1")["/data/office/name"] == ("/data/office/name", "")
    assert (paths_since(response, "3"), paths_since(response, "99")) == ({}, {})


def test_a_cell_loses_blanks_at_both_ends():
    assert plain_text("  a\r\nb \n") == "a\nb"
