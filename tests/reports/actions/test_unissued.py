from datetime import date

import pytest
from tests.factories.programme import STAFF, initiative, milestone
from tests.factories.reports import NOON, D, carec, narratives

from serai.base.text import TranslatedText
from serai.programme import actions as programme
from serai.reports.access import audience_viewer
from serai.reports.actions.unissued import make_unissued, meeting_on
from serai.reports.states import FileFormat

pytestmark = pytest.mark.django_db


def made(*formats: FileFormat, **fields):
    asked = {"kind": "progress", "as_of": D, "audience": "members", "languages": ["en", "ru"]}
    return make_unissued(**(asked | fields), formats=formats)


def test_the_same_question_gives_the_same_hash_also_after_later_changes():
    carec()
    first = made(narratives=narratives())
    later = NOON.replace(year=2022)
    row = programme.add_milestone(
        initiative=programme_initiative(), name=TranslatedText.of("New"), kind="event",
        audience="members", by=STAFF, now=later,
    )  # fmt: skip
    programme.propose_plan(milestone=row, words="1 May 2023", by=STAFF, now=later)

    assert made(narratives=narratives()) == first
    assert made(narratives=narratives(), as_of=date(2021, 8, 15)) != first


def programme_initiative():
    from serai.programme.queries import initiative as one

    return one(STAFF, "virtual-carec")


def test_files_are_named_by_kind_day_and_language():
    milestone(initiative("a"), "22 June 2021")

    assert sorted(made(FileFormat.HTML, FileFormat.PDF).files) == [
        "progress-2021-06-30.en.html", "progress-2021-06-30.en.pdf",
        "progress-2021-06-30.ru.html", "progress-2021-06-30.ru.pdf",
    ]  # fmt: skip


def test_a_sample_report_says_so_in_its_name():
    milestone(initiative("a"), "22 June 2021", sample=True)

    assert sorted(made(FileFormat.HTML, languages=["en"]).files) == [
        "sample-progress-2021-06-30.en.html"
    ]


def test_the_latest_notes_are_its_narrative():
    one = initiative("a")
    note = programme.draft_note(
        initiative=one, part="objective", text=TranslatedText.of("The note."), by=STAFF, now=NOON
    )
    programme.clear_note(note=note, by=STAFF, now=NOON)

    found = made(FileFormat.HTML, languages=["en"]).files["progress-2021-06-30.en.html"]

    assert "The note." in found.decode()


def test_the_meeting_is_found_by_its_day_in_its_zone():
    carec()

    assert meeting_on(audience_viewer("members"), D) is not None
    assert meeting_on(audience_viewer("members"), date(2021, 6, 29)) is None
