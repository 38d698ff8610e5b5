"""What the programme keeps about a person."""

from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.text import TranslatedText
from serai.programme import actions
from serai.programme.actions import Due
from serai.programme.models import StatusNote
from serai.programme.queries import own_parts

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF


def parts(person) -> dict[str, list]:
    return {part.name: list(part.rows) for part in own_parts(person.pk)}


def fill(person, mark: str) -> None:
    """Leave one thing of each kind with a person."""
    home = make.initiative(mark, name=TranslatedText.of(mark), keeper=person)
    meeting = make.meeting(home, title=TranslatedText.of(mark))
    actions.invite(meeting=meeting, person_id=person.pk, by=STAFF, now=NOON)
    item = make.action_item(mark, person_id=person.pk, due=Due(date(2021, 7, 7)))
    viewer = people.viewer_of(person, NOON)
    item.notes.create(text=mark, known_from=NOON.date(), recorded_at=NOON, recorded_by=person)
    StatusNote.objects.filter(pk=make.note(home, mark).pk).update(author=person)
    actions.make_feed(scope="all", by=viewer, now=NOON)
    make.risk(home, text=mark, owner_id=person.pk)


def test_each_kind_of_ones_own_things_is_named_and_nobody_elses():
    people.member("GEO")
    person, other = people.person(), people.person()
    fill(person, "mine")
    fill(other, "theirs")

    found = parts(person)

    mine = TranslatedText.of("mine").to_json()
    (meeting,) = found["meetings"]
    assert (meeting["meeting"], meeting["role"], meeting["answer"], meeting["attended"]) == (
        mine, "delegate", "waiting", None,
    )  # fmt: skip
    assert found["action_items"] == [{"text": mine, "due_on": date(2021, 7, 7), "state": "open"}]
    assert [(row["initiative"], row["text"]) for row in found["notes_written"]] == [("mine", mine)]
    assert found["notes_on_action_items"] == [{"text": "mine", "recorded_at": NOON}]
    assert found["calendar_links"] == [
        {"scope": "all", "made_at": NOON, "revoked_at": None, "last_read_at": None}
    ]
    assert found["initiatives_kept"] == [{"initiative": "mine", "name": mine}]
    assert found["risks_owned"] == [{"initiative": "mine", "text": mine, "state": "open"}]


def test_who_has_nothing_has_empty_parts():
    assert {name: rows for name, rows in parts(people.person()).items() if rows} == {}
