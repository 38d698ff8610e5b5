"""Submissions taken over: empty places filled, nested entries matched, files that come later, late ones."""

import io

import pytest
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.files import photo
from tests.factories.offices import (
    COUNT,
    DESK,
    LABEL,
    NAME,
    PAPER,
    PHONE,
    PLAN,
    ROOM,
    STAFF,
    TAG,
    add,
    give,
    stands,
)

from serai.base.models import Message
from serai.calc.xforms import Ref
from serai.surveys import actions
from serai.surveys.actions import Parcel
from serai.surveys.models import Answer, Entry, SubmissionStep, Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


def key_of(response, lead):
    return actions.make_key(invitation=response.invitation, name="Tablet", by=lead, now=make.NOON)[
        0
    ]


def instance(*, number="1", name="Agency", staff="2", rooms="", phone="112"):
    return (
        f'<data id="offices" version="1"><office><name>{name}</name><staff>{staff}</staff>'
        f"<phone>{phone}</phone></office>{rooms}<line><mbps/></line>"
        f"<meta><instanceID>uuid:{number}</instanceID></meta></data>"
    ).encode()


def room(label, *tags, plan=""):
    desks = "".join(f"<desk><tag>{one}</tag><paper/></desk>" for one in tags)
    return f"<room><label>{label}</label><plan>{plan}</plan>{desks}<desks/></room>"


def hand_in(key, xml, *files):
    received = actions.receive(key=key, parcel=Parcel(xml, files), now=make.NOON)
    return actions.apply_submission(submission_id=received.submission.pk, now=make.NOON)


def keys(repeat, parent=""):
    rows = Entry.objects.filter(repeat_path=repeat, parent=parent, is_removed=False)
    return list(rows.values_list("key", flat=True))


def test_entries_in_entries_are_made_with_their_answers(begun):
    response, lead = begun

    step = hand_in(
        key_of(response, lead), instance(rooms=room("Blue", "A", "B") + room("Red", "C"))
    )

    blue, red = keys(ROOM)
    found = stands(response)
    assert (step.state, step.issues) == ("applied", [])
    assert (found[Ref(LABEL, blue)], found[Ref(LABEL, red)]) == ("Blue", "Red")
    assert [found[Ref(TAG, one)] for one in keys(DESK, blue)] == ["A", "B"]
    assert [found[Ref(TAG, one)] for one in keys(DESK, red)] == ["C"]
    assert (found[Ref(COUNT, blue)], found[Ref(COUNT, red)]) == ("2", "1")


def test_entries_are_matched_in_order_and_only_new_ones_are_added(begun):
    response, lead = begun
    add(response, lead, "mine")
    (desk,) = keys(DESK, "mine")
    give(response, lead, Ref(LABEL, "mine"), "Ours")

    hand_in(key_of(response, lead), instance(rooms=room("Theirs", "A") + room("New")))

    found = stands(response)
    first, second = keys(ROOM)
    assert (first, keys(DESK, "mine")) == ("mine", [desk])
    assert (found[Ref(LABEL, "mine")], found[Ref(TAG, desk)]) == ("Ours", "A")
    assert found[Ref(LABEL, second)] == "New"
    beside = Suggestion.objects.get()
    assert (beside.path, beside.entry, beside.value) == (LABEL, "mine", "Theirs")


def test_a_narrow_question_is_filled_like_any_other_and_stays_narrow(begun):
    response, lead = begun

    step = hand_in(key_of(response, lead), instance(phone="9999"))

    assert stands(response)[PHONE] == "9999"
    assert "9999" not in str(step.issues)


def test_applied_twice_is_once(begun):
    response, lead = begun
    step = hand_in(key_of(response, lead), instance(rooms=room("Blue")))
    before = Answer.objects.count()

    again = actions.apply_submission(submission_id=step.submission_id, now=make.NOON)

    assert (again.state, Answer.objects.count()) == ("applied", before)
    assert len(keys(ROOM)) == 1


def test_a_reason_is_no_empty_place(begun):
    response, lead = begun
    give(response, lead, STAFF, "", "not_known")

    hand_in(key_of(response, lead), instance(staff="7"))

    assert STAFF not in stands(response)
    assert Suggestion.objects.get(path=STAFF.path).value == "7"


def test_a_file_that_came_along_is_named_by_its_answer(begun):
    response, lead = begun
    file = ("blue.jpg", io.BytesIO(photo()))

    step = hand_in(key_of(response, lead), instance(rooms=room("Blue", plan="blue.jpg")), file)

    stored = step.submission.files.get().file
    (key,) = keys(ROOM)
    assert step.waiting == []
    assert stands(response)[Ref(PLAN, key)] == f"{stored.public_id} blue.jpg"


def test_a_file_that_comes_later_takes_its_place(begun):
    response, lead = begun
    key, xml = key_of(response, lead), instance(rooms=room("Blue", plan="blue.jpg"))
    first = hand_in(key, xml)
    waited = list(first.waiting)

    second = hand_in(key, xml, ("blue.jpg", io.BytesIO(photo())))

    (entry,) = keys(ROOM)
    stored = second.submission.files.get().file
    assert waited == ["blue.jpg"]
    assert second.waiting == []
    assert stands(response)[Ref(PLAN, entry)] == f"{stored.public_id} blue.jpg"
    assert SubmissionStep.objects.count() == 1


def test_a_later_file_replaces_nothing_that_was_answered_meanwhile(begun):
    response, lead = begun
    key, xml = key_of(response, lead), instance(rooms=room("Blue", plan="blue.jpg"))
    hand_in(key, xml)
    (entry,) = keys(ROOM)
    give(response, lead, Ref(PLAN, entry), "0123456789ab own.jpg")

    step = hand_in(key, xml, ("blue.jpg", io.BytesIO(photo())))

    assert step.waiting == []
    assert stands(response)[Ref(PLAN, entry)] == "0123456789ab own.jpg"


def test_what_breaks_a_rule_is_written_and_told_to_the_lead(begun):
    response, lead = begun

    step = hand_in(key_of(response, lead), instance(name="", staff="many"))

    assert step.state == "flagged"
    assert sorted((kind, path) for kind, path, _entry, _why in step.issues) == [
        ("required", NAME.path), ("type", STAFF.path),
    ]  # fmt: skip
    assert stands(response)[STAFF] == "many"
    letter = Message.objects.get(key__startswith="surveys.submission_flagged:")
    assert letter.person_id == lead.person_id
    assert "many" not in letter.text


def test_paths_within_the_form_but_in_no_entry_are_kept_as_an_issue(begun):
    response, lead = begun
    asked = response.invitation
    key = key_of(response, lead)
    for ref, text in ((NAME, "Agency"), (STAFF, "2"), (PHONE, "1")):
        give(response, lead, ref, text)
    offices.signed(response, lead)

    step = hand_in(key, instance(rooms=room("Blue", "A")))

    assert keys(ROOM) == []
    assert {kind for kind, *_rest in step.issues} == {"entry"}
    assert ["entry", LABEL] in [issue[:2] for issue in step.issues]
    assert asked.responses.count() == 1
    assert PAPER not in {path for path, _entry in stands(response)}
