"""A form section by section, and its outline."""

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.surveys import queries
from serai.surveys.queries.previewing import SectionRow

pytestmark = pytest.mark.django_db


def test_sections_come_in_order_with_their_titles():
    version = form.handed_in(make.survey(code="offices"), form.markdown())

    found = queries.preview(version, "ru")

    assert [(one.slug, one.title, one.is_repeat) for one in found] == [
        ("office", "Отдел", False), ("link", "Линия", False), ("room", "Зал", True),
    ]  # fmt: skip


def test_the_outline_counts_what_is_asked_and_what_is_required():
    note = form.row("note", "said", "Read this.", ru="Прочтите.")
    version = form.handed_in(make.survey(code="offices"), form.markdown(note, form.OFFICE))

    assert queries.outline(version, "en") == [
        SectionRow("questions", "First questions", False, 0, 0),
        SectionRow("office", "The office", False, 2, 1),
    ]


def test_a_section_says_when_it_is_asked():
    office = form.OFFICE.replace("Отдел | | | | | |", "Отдел | | | | | ${go} = 'x' |")
    rows = (form.row("text", "go", "Go?", ru="Идём?"), office)
    version = form.handed_in(make.survey(code="offices"), form.markdown(*rows))

    _first, section = queries.preview(version, "en")

    assert section.condition == "“Go?” is “x”"


def test_questions_after_a_group_stand_after_it_under_words_of_ours():
    late = form.row("text", "late", "Late", ru="Позже")
    version = form.handed_in(make.survey(code="offices"), form.markdown(form.OFFICE, late))

    found = queries.preview(version, "ru")

    assert [(one.title, one.is_worded_here) for one in found] == [
        ("Отдел", False), ("Questions after “Отдел”", True),
    ]  # fmt: skip
    assert [one.label for one in found[1].questions] == ["Позже"]
