"""Keys and submissions, row by row: stored as it came, the same once, another refused, edits in order."""

import io
from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.files import photo
from tests.factories.programme import programme

from serai.base.access import Denied
from serai.members.queries import token_hash
from serai.surveys import actions
from serai.surveys.actions import LONGEST_XML, Answered, Parcel, Refused, collecting
from serai.surveys.actions.collecting import KEY_DAYS
from serai.surveys.models import DeviceKey, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


@pytest.fixture
def key(begun):
    response, lead = begun
    return make_key(response, lead)


def make_key(response, lead):
    return actions.make_key(invitation=response.invitation, name="Tablet", by=lead, now=make.NOON)[
        0
    ]


def xml(number="1", name="Agency", *, old="", version="1", form_id="offices"):
    before = f"<deprecatedID>uuid:{old}</deprecatedID>" if old else ""
    own = f"<instanceID>uuid:{number}</instanceID>" if number else ""
    return (
        f'<data id="{form_id}" version="{version}"><office><name>{name}</name></office>'
        f"<meta>{own}{before}</meta></data>"
    ).encode()


def receive(key, text, *files):
    return actions.receive(key=key, parcel=Parcel(text, files), now=make.NOON)


def test_a_key_is_kept_as_a_hash_and_ends_by_itself(begun):
    response, lead = begun

    key, secret = actions.make_key(
        invitation=response.invitation, name=" Tablet ", by=lead, now=make.NOON
    )

    stored = DeviceKey.objects.get()
    assert stored == key
    assert (stored.key_hash, stored.name) == (token_hash(secret), "Tablet")
    assert secret not in str(stored.__dict__)
    assert stored.expires_at == make.NOON + timedelta(days=KEY_DAYS)
    assert len(secret) == 32


def test_a_key_ends_once_by_its_lead_or_an_officer(begun, key):
    response, lead = begun
    with pytest.raises(Denied):
        actions.revoke_key(key=key, by=people.viewer_with("lead"), now=make.NOON)
    actions.revoke_key(key=key, by=lead, now=make.NOON)

    again = actions.revoke_key(
        key=key, by=people.viewer_with("officer"), now=make.NOON + timedelta(hours=1)
    )

    assert again.revoked_at == make.NOON
    assert response.invitation.keys.get().revoked_at == make.NOON


def test_a_submission_is_stored_as_it_came(key):
    text = xml()

    received = receive(key, text)

    stored = Submission.objects.get()
    assert (received.told, received.step is not None) == (Answered.CREATED, True)
    assert (bytes(stored.xml), stored.instance_id) == (text, "uuid:1")
    assert (stored.step.state, stored.step.is_late) == ("received", False)
    key.refresh_from_db()
    assert key.used_at == make.NOON


TABLE = {
    "bad XML": (b"<data", Answered.BAD),
    "no instanceID": (xml(""), Answered.BAD),
    "a name that is too long": (xml("x" * 200), Answered.BAD),
    "unknown form": (xml(form_id="strangers"), Answered.NOT_FOUND),
    "unknown version": (xml(version="99"), Answered.NOT_FOUND),
    "another root": (b"<strange/>", Answered.NOT_FOUND),
    "corrects what is unknown": (xml(old="nowhere"), Answered.NOT_FOUND),
    "too large": (b"x" * (LONGEST_XML + 1), Answered.TOO_LARGE),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_is_not_taken_is_told_and_not_stored(key, case):
    text, told = TABLE[case]

    received = receive(key, text)

    assert (received.told, received.submission) == (told, None)
    assert received.sentence
    assert not Submission.objects.exists()


def test_the_same_again_adds_files_and_another_text_is_a_conflict(key):
    receive(key, xml())
    file = ("plan.jpg", io.BytesIO(photo()))

    again = receive(key, xml(), file)
    twice = receive(key, xml(), ("plan.jpg", io.BytesIO(photo())))
    other = receive(key, xml(name="Other"))

    assert [one.told for one in (again, twice, other)] == [
        Answered.CREATED, Answered.CREATED, Answered.CONFLICT,
    ]  # fmt: skip
    assert (again.step, other.submission) == (None, None)
    assert list(Submission.objects.get().files.values_list("name", flat=True)) == ["plan.jpg"]


def test_another_rounds_key_neither_repeats_nor_corrects(begun, key):
    response, _lead = begun
    receive(key, xml())
    other = make_key(*offices.begun(response.version))

    same, edit = receive(other, xml()), receive(other, xml("2", old="1"))

    assert (same.told, edit.told) == (Answered.CONFLICT, Answered.NOT_FOUND)
    assert Submission.objects.count() == 1


def test_the_same_twice_at_once_is_one_and_another_text_a_conflict(key, monkeypatch):
    first = receive(key, xml())
    # The other one began before the first was stored.
    monkeypatch.setattr(collecting, "_known", lambda _instance: None)

    again, other = receive(key, xml()), receive(key, xml(name="Other"))

    assert (again.told, again.submission) == (Answered.CREATED, first.submission)
    assert (other.told, other.submission) == (Answered.CONFLICT, None)
    assert Submission.objects.count() == 1


def test_an_edit_supersedes_and_an_outdated_one_is_a_conflict(key):
    receive(key, xml())

    edit = receive(key, xml("2", "Edited", old="1"))
    late = receive(key, xml("3", "Late", old="1"))
    further = receive(key, xml("4", "Further", old="2"))

    states = {one.instance_id: one.step.state for one in Submission.objects.all()}
    assert [one.told for one in (edit, late, further)] == [
        Answered.CREATED, Answered.CONFLICT, Answered.CREATED,
    ]  # fmt: skip
    assert states == {
        "uuid:1": "superseded", "uuid:2": "superseded", "uuid:4": "received",
    }  # fmt: skip


def test_a_closed_round_takes_it_late_and_an_archived_survey_nothing(begun, key):
    wave = key.invitation.wave
    wave.state = "closed"
    late = receive(key, xml())
    wave.survey.state = "archived"

    archived = receive(key, xml("2"))

    assert (late.told, late.submission.step.is_late) == (Answered.CREATED, True)
    assert archived.told is Answered.CONFLICT


def test_a_file_that_is_not_accepted_is_noted_and_the_rest_is_kept(key):
    received = receive(
        key, xml(), ("virus.exe", io.BytesIO(b"MZ\x90\x00")), ("plan.jpg", io.BytesIO(photo()))
    )

    assert [(one[0], one[1]) for one in received.submission.step.issues] == [("file", "virus.exe")]
    assert [one.name for one in received.submission.files.all()] == ["plan.jpg"]


# ---------------------------------------------------------------- keys of a whole wave
def wave_of_kind(kind, **fields):
    programme()
    survey = make.survey(
        kind=kind, has_signature=False, has_clearance=False, is_anonymous=kind == "feedback"
    )
    version = make.version(survey, xform=offices.xform(), form_id="offices")
    return make.wave(version, **fields)


def wave_key(wave):
    officer = people.viewer_with("officer")
    return actions.make_wave_key(wave=wave, name="Tablet", by=officer, now=make.NOON)[0]


def hand_over(key, *texts):
    steps = []
    for text in texts:
        stored = receive(key, text).submission
        steps.append(actions.apply_submission(submission_id=stored.pk, now=make.NOON))
    return steps


@pytest.mark.parametrize("kind", ["feedback", "interview", "application"])
def test_a_waves_device_hands_in_one_response_after_another(kind):
    wave = wave_of_kind(kind)
    key = wave_key(wave)

    steps = hand_over(key, xml("1"), xml("2", "Other"))

    rows = wave.responses.order_by("id")
    assert [one.state for one in steps] == ["applied", "applied"]
    assert [one.state for one in rows] == ["handed_in", "handed_in"]
    assert [offices.stands(one)[offices.NAME] for one in rows] == ["Agency", "Other"]
    assert [one.person_id for one in rows] == [None if kind == "feedback" else key.person_id] * 2
    authors = {one for row in rows for one in row.answers.values_list("author_id", flat=True)}
    assert authors <= ({None} if kind == "feedback" else {None, key.person_id})


@pytest.mark.parametrize("kind", ["feedback", "interview"])
def test_a_waves_device_corrects_what_it_handed_in(kind):
    wave = wave_of_kind(kind)

    first, second = hand_over(wave_key(wave), xml("1"), xml("2", "Edited", old="1"))

    response = wave.responses.get()
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "applied")
    assert (response.state, offices.stands(response)[offices.NAME]) == ("handed_in", "Edited")
    assert (response.holder_hash, response.cleared_through) == ("", response.signed_through)


def test_what_breaks_a_rule_is_not_handed_in_until_it_is_corrected():
    wave = wave_of_kind("feedback")
    key = wave_key(wave)

    (flagged,) = hand_over(key, xml("1", ""))
    before = wave.responses.get().state
    (mended,) = hand_over(key, xml("2", "Agency", old="1"))

    assert (flagged.state, before) == ("flagged", "filling")
    assert (mended.state, wave.responses.get().state) == ("applied", "handed_in")


def test_only_officers_make_keys_of_a_wave_and_end_them():
    wave = wave_of_kind("feedback", state="planned")
    stranger = people.viewer_with("focal_point", "GEO")
    key = wave_key(wave)
    wave.refresh_from_db()

    with pytest.raises(Denied):
        actions.make_wave_key(wave=wave, name="", by=stranger, now=make.NOON)
    with pytest.raises(Denied):
        actions.revoke_key(key=key, by=stranger, now=make.NOON)
    actions.revoke_key(key=key, by=people.viewer_with("officer"), now=make.NOON)

    assert wave.state == "open"
    assert (key.wave, key.invitation, key.revoked_at) == (wave, None, make.NOON)


def test_where_each_body_answers_once_a_wave_has_no_key():
    with pytest.raises(Refused, match="each body answers once"):
        wave_key(make.wave(make.version(make.survey(kind="questionnaire"))))
