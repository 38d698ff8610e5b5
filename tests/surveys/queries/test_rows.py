"""Rows of a page as templates read them."""

import re

import pytest
from django.utils import translation

from serai.calc.xforms import Issue, IssueKind, Ref
from serai.surveys.queries.rows import (
    ChoiceRow,
    EntryRow,
    GroupRow,
    QuestionRow,
    RepeatRow,
    questions_of,
    told_words,
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
    row = question()

    assert (row.anchor, row.place) == ("/data/a", "data/a")


def test_a_wrong_number_is_said_as_it_was_written():
    both = wrong_words(Issue(REF, IssueKind.TYPE), "1,234", "int")

    assert "1234" in both
    assert "1.234" in both
    assert wrong_words(Issue(REF, IssueKind.TYPE), "12", "date") == (
        "This is not written as the question expects it. Write it anew."
    )
    assert wrong_words(Issue(REF, IssueKind.TYPE), "2.5", "int") == (
        "Write a whole number, such as 50."
    )
    assert wrong_words(Issue(REF, IssueKind.CHOICE, "Own words."), "x", "string") == "Own words."
    assert wrong_words(Issue(REF, IssueKind.CHOICE), "x", "string") == (
        "This choice is not offered now. Choose again."
    )


@pytest.mark.parametrize(
    ("value", "typed", "words"),
    [("12.5", "12,5", "12,5"), ("1000.50", "1000,50", "1000,50"), ("-3", "-3", "-3"),
     ("1.234", "1.234", "1,234"), ("0.125", "0,125", "0,125"), ("about 2.5", "about 2.5", "about 2.5")],
)  # fmt: skip
def test_a_number_is_shown_with_the_languages_decimal_sign(value, typed, words):
    with translation.override("ru"):
        row = question(widget="number", value=value, type="decimal")

        assert (row.typed, row.words) == (typed, words)
    assert question(value=value).typed == value


@pytest.mark.parametrize(
    ("sort", "typed", "is_fit"),
    [("int", "50", True), ("int", "−3", True), ("int", "2.5", False), ("int", "about20", False),
     ("int", "1,000,000", True), ("decimal", "2.5", True), ("decimal", "12,5", True),
     ("decimal", "about20", False)],
)  # fmt: skip
def test_what_is_no_number_is_known_while_it_is_typed(sort, typed, is_fit):
    row = question(widget="number", type=sort)

    assert bool(re.search(row.fits, typed)) is is_fit
    assert row.unfit.startswith("Write a whole number" if sort == "int" else "Write a number")
    assert question(widget="one", type=sort).fits == ""


@pytest.mark.parametrize(
    ("value", "sort", "english", "russian"),
    [
        ("2026-03-03", "date", "3 March 2026", "3 марта 2026\N{NO-BREAK SPACE}г."),
        ("2026-03-03T10:05", "dateTime", "3 March 2026, 10:05", "3 марта 2026\N{NO-BREAK SPACE}г., 10:05"),
        (
            "2026-03-03T10:05:00.000+05:00", "dateTime", "3 March 2026, 10:05 UTC+05:00",
            "3 марта 2026\N{NO-BREAK SPACE}г., 10:05 UTC+05:00",
        ),
        ("soon", "date", "soon", "soon"),
        ("", "date", "", ""),
        ("2026-03-03", "string", "2026-03-03", "2026-03-03"),
        ("12.5", "decimal", "12.5", "12,5"),
    ],
)  # fmt: skip
def test_days_and_numbers_are_read_in_the_readers_notation(value, sort, english, russian):
    said = told_words(value, sort)
    with translation.override("ru"):
        russian_said = told_words(value, sort)

    assert (said, russian_said) == (english, russian)


def test_a_day_is_read_in_words_typed_as_it_is_kept_and_a_result_left_to_the_script():
    row = question(widget="date", type="date", value="2026-03-03")
    result = question(widget="result", type="date", value="2026-03-03")

    assert (row.words, row.typed, result.words) == ("3 March 2026", "2026-03-03", "2026-03-03")
