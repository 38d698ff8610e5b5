from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from tests.factories.programme import STAFF, completion, initiative, milestone

from serai.base.shown import Mark
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.programme import queries
from serai.programme.queries import AddresseeRow, RequestRow
from serai.reports.kinds.progress import words as say

EMPTY = TranslatedText()
ASKED = RequestRow(
    public_id="r", initiative="i", initiative_name=EMPTY, text=TranslatedText.of("Please answer."),
    due_on=None, due_words=EMPTY, audience="members", state="open", known_from=date(2021, 1, 1),
    about="", asked_count=3, answered_count=1, waiting_count=2, are_names_released=False, shown=(),
    reads_board=False, is_entered_later=False, sample=False,
)  # fmt: skip


def waiting(iso3: str, state: str = "open") -> AddresseeRow:
    return AddresseeRow(iso3, iso3, TranslatedText.of(iso3.title()), state, "", None, False)


@pytest.mark.parametrize(
    ("changed", "member_count", "sentence"),
    [
        ({}, 3, "Addressed to all 3 members. 2 have not answered yet; their names are not released."),
        ({}, 11, "Addressed to 3 governments and organisations. 2 have not answered yet; their "
                 "names are not released."),
        ({"waiting_count": 1}, 3,
         "Addressed to all 3 members. 1 has not answered yet; the name is not released."),
        ({"waiting_count": 3}, 3, "Addressed to all 3 members. None has answered yet."),
        ({"waiting_count": 0}, 3, "Addressed to all 3 members. All have answered."),
        ({"asked_count": 1, "waiting_count": 1}, 1, "Addressed to the one member. None has answered yet."),
        ({"are_names_released": True,
          "shown": (waiting("GEO"), waiting("UZB", "seen"), waiting("KAZ", "answered"))}, 3,
         "Addressed to all 3 members. No answer yet from: Geo, Uzb."),
    ],
)  # fmt: skip
def test_whom_a_request_addresses(changed, member_count, sentence):
    assert say.waiting_sentence(replace(ASKED, **changed), member_count) == sentence


def test_a_day_in_english_and_russian():
    assert say.day(date(2021, 6, 30)) == "30 June 2021"
    with translation.override("ru"):
        assert say.day(date(2021, 6, 30)) == "30 июня 2021\N{NO-BREAK SPACE}г."


@pytest.mark.parametrize(
    ("words", "status", "shown"),
    [
        ("22 June 2021", Status.OVERDUE, "Overdue by 8 days"),
        ("29 June 2021", Status.OVERDUE, "Overdue by 1 day"),
        ("30 June 2021", Status.DUE, "Due now"),
        ("15 July 2021", Status.DUE_SOON, "Due in 15 days"),
        ("1 March 2021 to 31 December 2021", Status.RUNNING, "Running"),
        ("Q4 2021", Status.PLANNED, "Planned"),
        ("", Status.NO_DATE, "No date is set"),
    ],
)
@pytest.mark.django_db
def test_where_a_milestone_stands(words, status, shown):
    milestone(initiative("a"), words)

    row = queries.milestones(STAFF, date(2021, 6, 30))[0]

    assert (row.status, say.status_words(row)) == (status, shown)
    assert say.mark(row) == Mark(say.TONES[status], say.status_title(status))


@pytest.mark.django_db
def test_a_completed_milestone_keeps_its_words():
    completion(milestone(initiative("a"), "7 May 2021"), "by 30 June 2021")

    row = queries.milestones(STAFF, date(2021, 6, 30))[0]

    assert say.status_words(row) == "Done: by 30 June 2021"


@pytest.mark.django_db
def test_sentences_of_late_and_coming_milestones():
    one = initiative("a")
    for words in ("22 June 2021", "30 June 2021", "1 July 2021"):
        milestone(one, words)

    late, due, soon = queries.milestones(STAFF, date(2021, 6, 30))

    assert say.late_sentence(late) == (
        "Milestone 1 (22 June 2021): 8 days past the latest date; no completion recorded."
    )
    assert say.next_sentence(due) == "Milestone 2 (30 June 2021): due now."
    assert say.next_sentence(soon) == "Milestone 3 (1 July 2021): due in 1 day."


def test_every_status_and_audience_has_words():
    assert {say.status_title(status) for status in Status} == {
        "Done", "Overdue", "Due now", "Due within 30 days", "Running", "Planned", "No date",
    }  # fmt: skip
    assert [say.audience(code) for code in ("public", "members", "secretariat")] == [
        "For everybody", "For members", "For the secretariat",
    ]  # fmt: skip
