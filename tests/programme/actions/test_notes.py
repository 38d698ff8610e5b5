"""Status notes."""

from datetime import date

import pytest
from tests.factories.members import viewer_with
from tests.factories.programme import NOON, STAFF, initiative, told

from serai.base.access import Denied
from serai.base.text import TranslatedText
from serai.programme import actions, queries
from serai.programme.actions import Refused

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)


def test_a_note_is_read_once_it_is_cleared():
    one = initiative("virtual-carec")
    note = actions.draft_note(
        initiative=one, part="objective", text="Meet online", by=STAFF, now=NOON
    )

    assert queries.notes(STAFF, D) == {}
    actions.clear_note(note=note, by=STAFF, now=NOON)

    assert str(queries.notes(STAFF, D)["virtual-carec"]["objective"].text) == "Meet online"
    assert queries.notes(STAFF, date(2021, 6, 29)) == {}
    assert queries.drafts(STAFF, one, D) == []


def test_a_cleared_note_stays_as_it_is():
    note = actions.draft_note(
        initiative=initiative(), part="approach", text="Ask", by=STAFF, now=NOON
    )
    actions.change_note(note=note, text=TranslatedText.of("Ask and count"), by=STAFF, now=NOON)
    actions.clear_note(note=note, by=STAFF, now=NOON)

    with pytest.raises(Refused, match="Write a new note"):
        actions.change_note(note=note, text=TranslatedText.of("Other"), by=STAFF, now=NOON)

    assert str(note.text) == "Ask and count"


def test_a_note_older_than_30_days_is_stale():
    one = initiative("virtual-carec")
    note = actions.draft_note(
        initiative=one, part="approach", text="Ask", by=STAFF, now=NOON, told=told(date(2021, 5, 1))
    )
    actions.clear_note(note=note, by=STAFF, now=NOON, told=told(date(2021, 5, 1)))

    assert queries.notes(STAFF, D)["virtual-carec"]["approach"].is_stale is True
    assert queries.notes(STAFF, date(2021, 5, 31))["virtual-carec"]["approach"].is_stale is False


def test_a_member_writes_no_note():
    with pytest.raises(Denied):
        actions.draft_note(
            initiative=initiative(), part="approach", text="Ask",
            by=viewer_with("focal_point", "GEO"), now=NOON,
        )  # fmt: skip
