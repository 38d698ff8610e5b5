"""What happened to each question, class by class, and what an officer may confirm."""

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.calc.xforms import Change
from serai.surveys.models import FormVersion
from serai.surveys.queries.comparing import comparison_rows, moves_to_confirm

pytestmark = pytest.mark.django_db
A = form.row("text", "a", "Name", ru="Имя")
NUMBER = form.row("integer", "n", "Number", ru="Число", constraint=". < 100")


@pytest.fixture
def by():
    return form.officer()


def pair(by, first: list[str], second: list[str], **how) -> tuple[FormVersion, FormVersion]:
    survey = make.survey(state="draft", code="offices", languages=["en", "ru"])
    before = form.published(survey, form.markdown(*first), by)
    return before, form.handed_in(survey, form.markdown(*second, version="2", **how), by)


CLASSES = {
    "label": (NUMBER, form.row("integer", "n", "Figure", ru="Число", constraint=". < 100"), "label"),
    "bounds": (NUMBER, NUMBER.replace("100", "200"), "widened"),
    "tighter": (NUMBER, NUMBER.replace("100", "50"), "narrowed"),
    "type": (NUMBER, NUMBER.replace("integer", "date"), "type_changed"),
    "logic": (NUMBER, form.row("integer", "n", "Number", ru="Число", constraint=". < 100",
                               relevant="${a} = 'x'"), "logic"),
}  # fmt: skip


@pytest.mark.parametrize("case", CLASSES)
def test_a_question_is_in_its_class(by, case):
    old, new, expected = CLASSES[case]
    before, after = pair(by, [A, old], [A, new])

    found = comparison_rows(before, after, "en")

    assert [(one.new, [change.value for change in one.changes]) for one in found.rows] == [
        ("/data/n", [expected])
    ]
    assert found.counts == {Change.SAME: 1, Change(expected): 1}


def test_what_differs_stands_in_words_on_both_sides(by):
    old = form.row("select_one yes_no", "c", "Choice", ru="Выбор")
    new = form.row("select_one yes_no", "c", "Choice", ru="Выбор", required="yes")
    choices = form.CHOICES + "| | yes_no | maybe | Maybe | Может |\n"
    before, after = pair(by, [old], [new], choices=choices)

    (found,) = comparison_rows(before, after, "en").rows

    assert [(one.what, one.old, one.new) for one in found.differing] == [
        ("Required", "", "always"),
        ("Choices", "yes: Yes; no: No", "yes: Yes; no: No; maybe: Maybe"),
    ]


def test_texts_are_in_the_readers_language(by):
    before, after = pair(by, [A], [form.row("text", "a", "Name", ru="Название")])

    (found,) = comparison_rows(before, after, "ru").rows

    assert (found.old_text, found.new_text) == ("Имя", "Название")


def test_new_and_gone_questions_are_offered_as_moves_by_their_texts(by):
    before, after = pair(by, [A], [form.row("text", "b", "Title", ru="Название")])

    assert moves_to_confirm(before, after) == ({"/data/b": "Title"}, {"/data/a": "Name"})


def test_a_move_that_is_said_in_the_form_needs_no_confirming(by):
    moved = form.row("text", "b", "Title", ru="Название", was="/data/a")
    before, after = pair(by, [A], [moved])

    assert moves_to_confirm(before, after) == ({}, {})
    (found,) = comparison_rows(before, after, "en").rows
    assert (found.old, found.new, found.changes) == ("/data/a", "/data/b", (Change.MOVED,))


def test_questions_of_repeats_are_compared_too(by):
    before, after = pair(by, [form.ROOMS], [form.ROOMS.replace("Seats", "Chairs")])

    (found,) = comparison_rows(before, after, "en").rows

    assert (found.old_text, found.new_text, found.changes) == ("Seats", "Chairs", (Change.LABEL,))
