"""Corrected submissions: what they replace, what they clear and take out, and what stays."""

import pytest
from tests.factories import forms as form
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import LABEL, NAME, PHONE, ROOM, STAFF, TAG, give, stands

from serai.base.jobs import run_ready
from serai.calc.xforms import EntryAt, Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Parcel
from serai.surveys.actions.superseding import entry_key, origin_of, text_name
from serai.surveys.models import Answer, Entry, Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


@pytest.fixture
def key(begun):
    response, lead = begun
    return actions.make_key(invitation=response.invitation, name="Tablet", by=lead, now=make.NOON)[
        0
    ]


def hand_in(key, number, *, name="Agency", staff="2", phone="112", rooms="", old=""):
    before = f"<deprecatedID>uuid:{old}</deprecatedID>" if old else ""
    xml = (
        f'<data id="offices" version="1"><office><name>{name}</name><staff>{staff}</staff>'
        f"<phone>{phone}</phone></office>{rooms}<line><mbps/></line>"
        f"<meta><instanceID>uuid:{number}</instanceID>{before}</meta></data>"
    )
    received = actions.receive(key=key, parcel=Parcel(xml.encode()), now=make.NOON)
    return actions.apply_submission(submission_id=received.submission.pk, now=make.NOON)


def room(label, *tags):
    desks = "".join(f"<desk><tag>{one}</tag><paper/></desk>" for one in tags)
    return f"<room><label>{label}</label><plan/>{desks}<desks/></room>"


def rooms_of(response):
    rows = response.entries.filter(repeat_path=ROOM, is_removed=False)
    return list(rows.values_list("key", flat=True))


def test_a_correction_replaces_its_own_text_and_clears_what_it_clears(begun, key):
    response, _lead = begun
    hand_in(key, 1)

    step = hand_in(key, 2, name="Edited", phone="", old=1)

    found = stands(response)
    assert (step.state, step.issues) == ("applied", [])
    assert (found[NAME], found[STAFF]) == ("Edited", "2")
    assert PHONE not in found
    assert Suggestion.objects.count() == 0
    assert Answer.objects.filter(response=response, path=PHONE.path).count() == 2


def test_a_correction_of_a_correction_reaches_back_to_the_first(begun, key):
    response, _lead = begun
    hand_in(key, 1)
    hand_in(key, 2, name="Edited", old=1)

    hand_in(key, 3, name="Edited", staff="7", old=2)

    assert stands(response)[STAFF] == "7"
    assert Suggestion.objects.count() == 0


def test_what_somebody_answered_since_stays_and_gets_the_text_beside(begun, key):
    response, lead = begun
    hand_in(key, 1)
    give(response, lead, NAME, "By hand")
    give(response, lead, PHONE, "999")

    hand_in(key, 2, name="Edited", phone="", old=1)

    found = stands(response)
    assert (found[NAME], found[PHONE]) == ("By hand", "999")
    assert [(one.path, one.value) for one in Suggestion.objects.all()] == [(NAME.path, "Edited")]


def test_a_submission_that_corrects_nothing_replaces_nothing(begun, key):
    response, _lead = begun
    hand_in(key, 1)

    hand_in(key, 2, name="Other", phone="")

    found = stands(response)
    assert (found[NAME], found[PHONE]) == ("Agency", "112")
    assert Suggestion.objects.get().value == "Other"


def test_a_text_that_waits_beside_gives_way_to_its_correction(begun, key):
    response, lead = begun
    give(response, lead, NAME, "By hand")
    hand_in(key, 1, name="First")

    hand_in(key, 2, name="Second", old=1)

    rows = Suggestion.objects.order_by("id").values_list("value", "state", "closed_by")
    assert list(rows) == [("First", "declined", None), ("Second", "open", None)]
    assert stands(response)[NAME] == "By hand"


def test_an_entry_that_the_correction_has_no_more_is_taken_out(begun, key):
    response, _lead = begun
    hand_in(key, 1, rooms=room("Blue", "A", "B") + room("Red", "C"))
    first, second = rooms_of(response)

    step = hand_in(key, 2, rooms=room("Red", "C"), old=1)

    found = stands(response)
    (desk,) = response.entries.filter(parent=first, is_removed=False).values_list("key", flat=True)
    assert (step.state, step.issues) == ("applied", [])
    assert rooms_of(response) == [first]
    assert (found[Ref(LABEL, first)], found[Ref(TAG, desk)]) == ("Red", "C")
    assert Entry.objects.get(key=second).is_removed


def test_an_entry_in_which_somebody_answered_stays(begun, key):
    response, lead = begun
    hand_in(key, 1, rooms=room("Blue") + room("Red", "C"))
    first, second = rooms_of(response)
    (desk,) = response.entries.filter(parent=second).values_list("key", flat=True)
    give(response, lead, Ref(TAG, desk), "By hand")

    step = hand_in(key, 2, rooms=room("Blue"), old=1)

    assert rooms_of(response) == [first, second]
    assert (step.state, step.issues) == ("flagged", [["entry_kept", ROOM, second, ""]])


def test_an_entry_of_somebody_elses_stays(begun, key):
    response, lead = begun
    offices.add(response, lead, "mine")
    hand_in(key, 1, rooms=room("Blue"))

    step = hand_in(key, 2, old=1)

    assert (step.state, rooms_of(response)) == ("applied", ["mine"])


def test_after_the_signature_a_correction_waits_beside(begun, key):
    response, lead = begun
    hand_in(key, 1)
    offices.signed(response, lead)

    step = hand_in(key, 2, name="Edited", phone="", old=1)

    found = stands(response)
    assert (found[NAME], found[PHONE]) == ("Agency", "112")
    assert [one.value for one in Suggestion.objects.all()] == ["Edited"]
    assert [issue[:2] for issue in step.issues] == [["locked", NAME.path], ["locked", PHONE.path]]


def test_names_are_the_same_each_time_and_fit_their_columns():
    at = EntryAt(ROOM, "", "1")

    assert text_name("uuid:1", 3) == text_name("uuid:1", "3")
    assert text_name("uuid:1", 3) != text_name("uuid:2", 3)
    assert entry_key("uuid:1", at) != entry_key("uuid:2", at)
    assert len(text_name("uuid:1", 3)) == len(entry_key("uuid:1", at)) == 32


def moving(version: str, name: str, was: str = "") -> str:
    """A form of one question, which is called anew in its second version."""
    asked = form.row("text", name, "The office", ru="Отдел", was=was)
    return form.markdown(asked, version=version, choices="")


def told(key, number: int, version: str, name: str, text: str, old: str = "") -> None:
    before = f"<deprecatedID>uuid:{old}</deprecatedID>" if old else ""
    xml = (
        f'<data id="offices" version="{version}"><{name}>{text}</{name}>'
        f"<meta><instanceID>uuid:{number}</instanceID>{before}</meta></data>"
    )
    received = actions.receive(key=key, parcel=Parcel(xml.encode()), now=make.NOON)
    actions.apply_submission(submission_id=received.submission.pk, now=make.NOON)


@pytest.mark.parametrize(("edited", "now"), [("", "Edited"), ("By hand", "By hand")])
def test_a_correction_replaces_what_a_later_version_carried_on(edited, now):
    by = form.officer()
    survey = make.survey(state="draft", code="offices")
    version = form.published(survey, moving("1", "name"), by)
    asked = make.invitation(make.wave(version))
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    key = actions.make_key(invitation=asked, name="Tablet", by=lead, now=make.NOON)[0]
    told(key, 1, "1", "name", "Told")
    if edited:
        give(response, lead, Ref("/data/name"), edited)
    form.published(survey, moving("2", "office", was="/data/name"), by)
    run_ready(now=make.NOON)
    response.refresh_from_db()

    told(key, 2, "2", "office", "Edited", old="1")

    assert stands(response)[Ref("/data/office")] == now
    assert Suggestion.objects.filter(state="open").count() == bool(edited)


@pytest.mark.parametrize(
    ("name", "origin"),
    [("carry:3.17:abc", 17), ("carry:3:abc", 0), ("aside:3.17:abc", 0), ("c1", 0)],
)
def test_a_carried_answer_names_its_origin(name, origin):
    assert origin_of(name) == origin
