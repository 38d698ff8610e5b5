"""What is stored with an answer: heads, issues, marks of every section it touches, shares of weight."""

import pytest
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import LABEL, NAME, PHONE, STAFF, add, give

from serai.calc.xforms import Ref
from serai.surveys import actions
from serai.surveys.actions import acts
from serai.surveys.models import Answer, AnswerHead, SectionMark
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


def marks(response):
    rows = SectionMark.objects.filter(response=response)
    return {(row.section, row.entry): row.mark for row in rows}


def shares(response):
    found = locked_response(response.pk)
    return found.completeness, found.sufficiency


def test_weights_2_1_1_with_value_reason_and_empty_are_75_and_50_percent(begun):
    response, lead = begun
    empty = shares(response)

    give(response, lead, NAME, "Agency")
    give(response, lead, STAFF, "", "not_known")

    assert empty == (0.0, 0.0)
    assert shares(response) == (0.75, 0.5)
    give(response, lead, PHONE, "112")
    assert shares(response) == (1.0, 0.75)


def test_an_issue_lowers_sufficiency_alone(begun):
    response, lead = begun

    give(response, lead, STAFF, "many")

    assert shares(response) == (0.25, 0.0)
    assert list(response.issues.values_list("path", "kind")) == [(STAFF.path, "type")]


def test_a_section_that_an_answer_elsewhere_opens_is_marked_anew(begun):
    response, lead = begun
    give(response, lead, NAME, "Agency")
    before = marks(response)

    give(response, lead, STAFF, "12")
    opened = marks(response)
    give(response, lead, STAFF, "2")

    assert before[("line", "")] == "not_applicable"
    assert opened[("line", "")] == "not_visited"
    assert marks(response)[("line", "")] == "not_applicable"
    # Weights: name 2, people 1, direct line 1; the speed's 4 count while it is asked.
    assert shares(response) == (0.75, 0.75)


def test_each_entry_has_a_mark_of_its_own(begun):
    response, lead = begun
    for key in ("a", "b"):
        add(response, lead, key)

    give(response, lead, Ref(LABEL, "a"), "Blue")

    found = marks(response)
    assert (found[("room", "a")], found[("room", "b")]) == ("required_done", "not_visited")
    before = shares(response)
    actions.remove_entry(response=response, key="b", by=lead, now=make.NOON)
    # Weights: office 4; a room's name and plan 1 each, as tag and paper of the first room's desk.
    assert (before, shares(response)) == ((1 / 10, 1 / 10), (1 / 8, 1 / 8))


def test_a_visit_tells_an_empty_page_from_an_unopened_one(begun):
    response, lead = begun
    visit = {"response": response, "section": "office", "entry": "", "now": make.NOON}

    actions.note_visit(**visit)
    actions.note_visit(**visit)
    visited = marks(response)[("office", "")]
    give(response, lead, STAFF, "3")
    filled = marks(response)[("office", "")]
    give(response, lead, STAFF, "")

    assert (visited, filled) == ("unanswered", "required_missing")
    assert marks(response)[("office", "")] == "unanswered"


def test_marks_say_how_far_a_section_has_come(begun):
    response, lead = begun
    seen = []

    for ref, text in ((STAFF, "3"), (NAME, "Agency"), (PHONE, "112")):
        give(response, lead, ref, text)
        seen.append(marks(response)[("office", "")])

    assert seen == ["required_missing", "required_done", "all_answered"]


def test_a_row_is_added_and_the_head_moves(begun):
    response, lead = begun
    before = locked_response(response.pk).revision

    give(response, lead, NAME, "First")
    give(response, lead, NAME, "Second")

    rows = Answer.objects.filter(response=response, path=NAME.path, source=Source.WEB)
    assert [row.value for row in rows] == ["First", "Second"]
    head = AnswerHead.objects.get(response=response, path=NAME.path)
    assert head.answer_id == rows[1].pk
    assert locked_response(response.pk).revision == before + 2
    assert len({row.salt for row in rows}) == 2


def test_whoever_asked_for_it_hears_of_each_change(begun, monkeypatch):
    response, lead = begun
    survey = response.wave.survey
    survey.on_event = {"changed": "readiness.look_again"}
    survey.save(update_fields=["on_event"])
    asked = []
    monkeypatch.setattr(acts.jobs, "enqueue", lambda name, **given: asked.append((name, given)))

    give(response, lead, NAME, "Agency")

    key = f"readiness.look_again:{response.pk}:changed:{locked_response(response.pk).revision}"
    assert asked == [("readiness.look_again", {"key": key, "response": response.pk})]
