"""Rows of a page as templates read them."""

import pytest

from serai.calc.xforms import Issue, IssueKind, Ref
from serai.surveys.queries.rows import (
    ChoiceRow,
    EntryRow,
    GroupRow,
    QuestionRow,
    RepeatRow,
    questions_of,
    wrong_words,
)

REF = Ref("/data/a")


def question(name="a", **fields):
    given = {"widget": "text", "value": "", "type": "string"} | fields
    return QuestionRow(
        ref=f"/data/{name}", path=f"/data/{name}", entry="", label=name, hint="", **given
    )


def choices(*chosen):
    return [ChoiceRow(one, one.upper(), one in chosen) for one in ("x", "y", "z")]


def test_questions_are_found_in_groups_and_entries():
    inner = RepeatRow("/r", "/r", "R", [EntryRow("1", 1, [question("c")]), EntryRow("2", 2, [])])
    rows = [question("a"), GroupRow("/g", "G", [question("b"), inner]), question("d")]

    assert [one.label for one in questions_of(rows)] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("fields", "takes"),
    [({}, True), ({"is_locked": True}, False), ({"widget": "note"}, False),
     ({"widget": "result"}, False)],
)  # fmt: skip
def test_who_takes_an_answer(fields, takes):
    assert question(**fields).takes_answer is takes


def test_missing_is_no_fault_yet_and_says_nothing():
    row = question(issues=[Issue(REF, IssueKind.REQUIRED)])

    assert (row.is_wrong, row.sentences) == (False, [])


def test_a_fault_is_said_once_and_why_it_was_not_saved_first():
    row = question(issues=[Issue(REF, IssueKind.CONSTRAINT, "From 0 to 500.")])
    said = row.sentences
    row.why = "The answers are locked."

    assert (row.is_wrong, said) == (True, ["From 0 to 500."])
    assert row.sentences == ["The answers are locked."]


def test_choices_read_as_their_labels():
    assert question(widget="many", value="x z", choices=choices("x", "z")).words == "X, Z"
    assert question(widget="one", value="gone", choices=choices()).words == "gone"
    assert question(value="Agency").words == "Agency"


@pytest.mark.parametrize(
    ("widget", "typed", "chosen"),
    [("many", "y z", [False, True, True]), ("rank", "z", [False, False, True]),
     ("one", "y", [False, True, False]), ("one", "y z", [False, False, False])],
)  # fmt: skip
def test_what_was_typed_is_shown_again(widget, typed, chosen):
    row = question(widget=widget, value="x", choices=choices("x"))

    row.retype(typed)

    assert row.value == typed
    assert [one.is_chosen for one in row.choices] == chosen


def test_a_ranking_has_a_place_for_each_choice():
    row = question(widget="rank", value="z", choices=choices("z"))

    assert row.ranked == ["z", "", ""]
    assert list(row.chosen_count) == [1, 2, 3]


def test_a_question_is_named_on_its_page_and_in_addresses():
    row = question(number=7)

    assert (row.anchor, row.place) == ("q7", "data/a")


def test_a_wrong_number_is_said_as_it_was_written():
    both = wrong_words(Issue(REF, IssueKind.TYPE), "1,234")

    assert "1234" in both
    assert "1.234" in both
    assert wrong_words(Issue(REF, IssueKind.TYPE), "12") == (
        "This is not written as the question expects it. Write it anew."
    )
    assert wrong_words(Issue(REF, IssueKind.CHOICE, "Own words."), "x") == "Own words."
    assert wrong_words(Issue(REF, IssueKind.CHOICE), "x") == (
        "This choice is not offered now. Choose again."
    )
