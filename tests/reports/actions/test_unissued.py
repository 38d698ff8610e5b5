from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.programme import STAFF, initiative, meeting, milestone
from tests.factories.reports import NOON, D, carec, narratives, officer

from serai.base.text import TranslatedText
from serai.programme import actions as programme
from serai.programme.models import Meeting
from serai.reports.access import audience_viewer
from serai.reports.actions.unissued import make_unissued, next_meeting
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


def on(month: int, day: int, **fields) -> int:
    """A meeting of a whole day in Manila."""
    begins = datetime(2021, month, day, tzinfo=ZoneInfo("Asia/Manila"))
    ends = begins + timedelta(days=1)
    return meeting(starts_at=begins, ends_at=ends, title=f"{month}-{day}", **fields).pk


@pytest.mark.parametrize(
    ("day", "found"),
    [((6, 29), "june"), ((6, 30), "june"), ((7, 1), "september"), ((9, 15), "september"),
     ((9, 16), None)],
)  # fmt: skip
def test_the_meeting_is_that_of_the_day_in_its_zone_or_the_next(day, found):
    known = {"june": on(6, 30), "september": on(9, 15), None: None}
    on(7, 2, state="cancelled")
    on(7, 3, kind="consultation")

    assert next_meeting(audience_viewer("members"), date(2021, *day)) == known[found]


def test_a_real_officer_is_led_to_no_sample_meeting_and_a_sample_one_is():
    real = on(9, 15)
    made_up = on(7, 15)
    Meeting.objects.filter(pk=made_up).update(sample=True)
    one = officer()

    found = [next_meeting(who, D) for who in (one, replace(one, is_sample=True))]

    assert found == [real, made_up]
