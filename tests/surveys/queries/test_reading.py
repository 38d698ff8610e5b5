"""Questions as they are read: texts, kinds of answer, rules, groups in groups."""

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.surveys import queries

pytestmark = pytest.mark.django_db
END = "| | end_group | | | | | | | | | | |"

KINDS = {
    "text": "Text", "integer": "A whole number", "decimal": "A number", "date": "A day",
    "time": "A time of day", "datetime": "A day and a time", "geopoint": "A place",
    "geotrace": "A line of places", "geoshape": "An area", "image": "A file",
    "select_one yes_no": "One of these", "select_multiple yes_no": "Any of these",
    "rank yes_no": "All of these, in order", "acknowledge": "A tick", "barcode": "A bar code",
}  # fmt: skip


def test_every_kind_of_answer_has_words():
    rows = [form.row(kind, f"q{place}", "Q", ru="В") for place, kind in enumerate(KINDS)]

    version = form.handed_in(make.survey(code="offices"), form.markdown(*rows))

    (section,) = queries.preview(version, "en")
    assert [one.answer for one in section.questions] == [*KINDS.values()]


def test_notes_and_calculations_are_not_asked():
    rows = (
        form.row("note", "said", "Read this.", ru="Прочтите."),
        form.row("text", "a", "A", ru="А", required="${said} = ''", constraint=". != 'x'",
                 message="Not x."),
    )  # fmt: skip

    version = form.handed_in(make.survey(code="offices"), form.markdown(*rows))

    (section,) = queries.preview(version, "en")
    note, question = section.questions
    assert (note.is_asked, question.is_asked) == (False, True)
    assert question.required == "“Read this.” is not answered"
    assert (question.constraint, question.message) == ("the answer is not “x”", "Not x.")
    assert (question.is_always_required, note.is_always_required) == (False, False)


def test_repeats_in_groups_and_in_repeats_show_their_heads():
    rows = (
        "| | begin_group | office | The office | Отдел | | | | | | | |",
        "| | begin_repeat | room | Room | Зал | | | | | | | |",
        form.row("text", "name", "Its name", ru="Имя"),
        "| | begin_repeat | desk | Desk | Стол | | | | | | | |",
        form.row("text", "tag", "Its tag", ru="Метка"),
        "| | end_repeat | | | | | | | | | | |",
        "| | end_repeat | | | | | | | | | | |",
        form.row("text", "note", "Note", ru="Что"),
        END,
    )

    version = form.handed_in(make.survey(code="offices"), form.markdown(*rows))

    (section,) = queries.preview(version, "en")
    assert [(one.label, one.kind, one.is_repeat, one.depth) for one in section.questions] == [
        ("Room", "group", True, 1), ("Its name", "input", False, 2),
        ("Desk", "group", True, 2), ("Its tag", "input", False, 3),
        ("Note", "input", False, 1),
    ]  # fmt: skip


def test_texts_that_quote_answers_read_without_them():
    rows = (
        form.row("text", "a", "Name", ru="Имя"),
        form.row("text", "b", "Where is ${a}?", ru="Где ${a}?"),
    )

    version = form.handed_in(make.survey(code="offices"), form.markdown(*rows))

    (section,) = queries.preview(version, "en")
    assert section.questions[1].label == "Where is ?"
