"""From outside no draft is read: only what stood when the answers were let out."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, give

from serai.surveys import actions, queries
from serai.surveys.queries.changes import changes_meanwhile
from serai.surveys.queries.follow_up import AnswerPlace, history
from serai.surveys.queries.let_out import stood_at
from serai.surveys.queries.trail import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead_and_response():
    response, lead = offices.begun()
    for words in ("first draft", "second draft", "Roads"):
        give(response, lead, NAME, words)
    return response, lead


def signed(response, lead):
    offices.signed(response, lead)
    response.refresh_from_db()
    return response


def read_by(viewer, response):
    _label, given = history(viewer, AnswerPlace(response, NAME), make.NOON)
    in_trail = [one.value for one in trail(viewer, response).answers if one.path == NAME.path]
    return [one.words for one in given], in_trail


def test_the_country_reads_what_was_signed_and_its_own_people_every_draft(lead_and_response):
    response, lead = lead_and_response
    signed(response, lead)
    focal_point = people.viewer_with("focal_point", "GEO")

    assert read_by(focal_point, response) == (["Roads"], ["Roads"])
    assert read_by(lead, response) == (
        ["Roads", "second draft", "first draft"], ["first draft", "second draft", "Roads"],
    )  # fmt: skip


def test_the_secretariat_reads_what_was_cleared_and_not_what_was_returned(lead_and_response):
    response, lead = lead_and_response
    signed(response, lead)
    focal_point, officer = people.viewer_with("focal_point", "GEO"), people.viewer_with("officer")
    actions.return_to_agency(response=response, note="Mend.", by=focal_point, now=make.NOON)
    for words in ("third draft", "Rails"):
        give(response, lead, NAME, words)
    actions.sign(response=response, name="A. Head", position="Head", by=lead, now=make.NOON)
    actions.clear(response=response, by=focal_point, now=make.NOON)
    response.refresh_from_db()

    assert read_by(officer, response) == (["Rails"], ["Rails"])
    assert read_by(focal_point, response) == (["Rails", "Roads"], ["Roads", "Rails"])


def test_no_number_sent_along_opens_a_draft(lead_and_response):
    response, lead = lead_and_response
    signed(response, lead)
    drafts = [one.pk for one in response.answers.filter(path=NAME.path, value__endswith="draft")]
    focal_point = people.viewer_with("focal_point", "GEO")

    told = {
        change.before
        for number in drafts
        for change in changes_meanwhile(focal_point, response, make.NOON, number)
    }

    assert len(drafts) == 2
    assert not any("draft" in words for words in told)
    assert queries.response(focal_point, response.public_id) == response


class Row:
    def __init__(self, pk, path="/a", entry=""):
        self.pk, self.path, self.entry = pk, path, entry


def test_of_each_place_the_newest_up_to_each_number_stands():
    rows = [Row(1), Row(2), Row(3, "/b"), Row(4), Row(5), Row(7), Row(9)]

    assert [one.pk for one in stood_at(rows, [3, 7])] == [2, 3, 7]
    assert stood_at(rows, []) == []
