"""Whether a report is needed: one that says the same may stand already."""

from datetime import date

import pytest
from tests.factories.programme import STAFF, completion, initiative, meeting, milestone
from tests.factories.reports import BLOCK, NOON, D, coordinator, officer, run

from serai.base.text import TranslatedText
from serai.programme import actions as programme
from serai.reports import actions
from serai.reports.actions import CannotMove
from serai.reports.actions.repeats import issued_alike

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


def standing(**fields):
    asked = {
        "kind": "progress", "as_of": D, "audience": "members", "languages": ["en"],
        "meeting_id": None, "sample": False,
    } | fields  # fmt: skip
    return actions.standing_run(**asked, today=D)


@pytest.mark.parametrize("state", ["draft", "in_review", "cleared", "issued"])
def test_an_equal_run_stands_until_it_is_withdrawn(state):
    made = run(state)

    assert standing() == made
    actions.withdraw_run(run=made, reason="Wrong", by=coordinator(), now=NOON)
    assert standing() is None


def test_a_report_of_the_sample_never_stands_for_a_real_one():
    run("issued", sample=True)

    assert standing() is None
    assert standing(sample=True).number == 1


def test_another_day_reader_language_or_meeting_is_another_report():
    run(languages=["en", "ru"])
    of_meeting = meeting()

    assert standing(languages=["ru", "en"]).number == 1
    for fields in (
        {"as_of": date(2021, 6, 29)}, {"audience": "public"}, {"languages": ["en"]},
        {"meeting_id": of_meeting.pk},
    ):  # fmt: skip
        assert standing(**({"languages": ["en", "ru"]} | fields)) is None


def test_an_issued_report_is_needed_again_once_a_fact_is_entered(virtual):
    row = milestone(virtual, "22 June 2021")
    run("issued")

    completion(row, "22 June 2021", D)

    assert standing() is None


def test_an_issued_report_is_needed_again_once_a_newer_note_is_cleared(virtual):
    issued = run("issued")
    told = programme.Told(date(2021, 6, 20), "Records")
    made = programme.draft_note(
        initiative=virtual, part="objective", text=TranslatedText.of("As it is."), by=STAFF,
        now=NOON, told=told,
    )  # fmt: skip

    assert standing() == issued
    programme.clear_note(note=made, by=STAFF, now=NOON, told=told)
    assert standing() is None


def test_what_says_the_same_is_not_issued_a_second_time():
    first, second = run("issued"), run("cleared")

    with pytest.raises(CannotMove, match=f"Report {first.number} says the same and is issued."):
        actions.issue_run(run=second, by=coordinator(), now=NOON)

    assert issued_alike(second, today=D) == first


def test_a_correction_is_issued_once_it_differs():
    first, by = run("issued"), officer()
    corrected = actions.correct_run(run=first, by=by, now=NOON)
    assert issued_alike(corrected, today=D) == first

    actions.write_narrative(
        run=corrected, block=BLOCK, text=TranslatedText.of("Said better."), version=0, by=by,
        now=NOON,
    )  # fmt: skip

    assert issued_alike(corrected, today=D) is None
