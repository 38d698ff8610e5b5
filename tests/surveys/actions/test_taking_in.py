"""Taken over at once; where that fails it is stored all the same, and taken over later."""

import io

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import DateTimeField
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.files import photo
from tests.factories.programme import programme

from serai.base.audit import request_number
from serai.base.models import AuditEntry, Job, Message, StoredFile
from serai.members.queries import viewer_of_person_id
from serai.surveys import actions, queries
from serai.surveys.actions import Answered, Parcel, Refused, applying, taking_in
from serai.surveys.models import Response, Submission, Suggestion

pytestmark = pytest.mark.django_db
XML = (
    b'<data id="offices" version="1"><office><name>Agency</name></office>'
    b"<meta><instanceID>uuid:1</instanceID></meta></data>"
)


@pytest.fixture
def key():
    response, lead = offices.begun()
    return actions.make_key(invitation=response.invitation, name="Tablet", by=lead, now=make.NOON)[
        0
    ]


def take_in(key):
    return actions.take_parcel(key=key, parcel=Parcel(XML), now=make.NOON)


def test_what_comes_is_taken_over_at_once(key):
    received = take_in(key)

    step = Submission.objects.get().step
    assert (received.told, step.state, step.response) == (
        Answered.CREATED, "applied", Response.objects.get(),
    )  # fmt: skip
    assert not Job.objects.exists()


@pytest.mark.parametrize("error", [ValueError, RuntimeError, Refused, RecursionError])
def test_what_fails_is_stored_and_put_off(error, key, monkeypatch):
    def fail(*_args):
        Response.objects.update(language="xx")
        raise error("broken")

    monkeypatch.setattr(taking_in, "take_over", fail)

    received = take_in(key)

    step = Submission.objects.get().step
    job = Job.objects.get()
    assert (received.told, step.state) == (Answered.CREATED, "received")
    assert (job.name, job.arguments) == (
        "surveys.apply_submission",
        {"submission_id": step.submission_id},
    )
    assert Response.objects.get().language != "xx"


def test_the_same_again_is_taken_over_once(key):
    first, again = take_in(key), take_in(key)

    assert (first.submission, again.told) == (again.submission, Answered.CREATED)
    assert Submission.objects.count() == 1


def test_what_is_refused_is_not_taken_over(key):
    received = actions.take_parcel(key=key, parcel=Parcel(b"<data"), now=make.NOON)

    assert (received.told, Submission.objects.count()) == (Answered.BAD, 0)


# ---------------------------------------------------------------- without a name
SENT = make.NOON.replace(hour=13, minute=37)
DAY = make.NOON.replace(hour=0)
PHOTO = "plan.jpg"


def nameless_key(kind="feedback"):
    """A key of a whole wave, made by an officer before anything is handed in."""
    programme()
    survey = make.survey(
        kind=kind, has_signature=False, has_clearance=False, is_anonymous=kind == "feedback"
    )
    wave = make.wave(make.version(survey, offices.xform(), form_id="offices"))
    officer = people.viewer_with("officer")
    return actions.make_wave_key(wave=wave, name="Tablet", by=officer, now=make.NOON)[0]


def sent(number, name, *, plan="", old=""):
    before = f"<deprecatedID>uuid:{old}</deprecatedID>" if old else ""
    return (
        f'<data id="offices" version="1"><office><name>{name}</name><staff>2</staff>'
        f"<phone>112</phone></office><room><label>Blue</label><plan>{plan}</plan><desks/></room>"
        f"<line><mbps/></line><meta><instanceID>uuid:{number}</instanceID>{before}</meta></data>"
    ).encode()


def kept_moments():
    """All moments and people in the house's tables, by table and column, then by row.

    By row and not one after another: a base gives its rows in any order."""
    found = {}
    for model in (*apps.get_app_config("surveys").get_models(), StoredFile, AuditEntry, Message):
        for field in model._meta.concrete_fields:
            is_person = field.related_model is get_user_model()
            if is_person or isinstance(field, DateTimeField):
                rows = model.objects.values_list("pk", field.attname)
                found[model.__name__, field.attname] = dict(rows)
    for name in ("by", "request_id"):
        found["AuditEntry", name] = dict(AuditEntry.objects.values_list("pk", name))
    return found


def left(key, monkeypatch, is_careful):
    """Hand in, the answer's file later, and a correction; return what was added of whom and when.

    First what differs by column, of rows that were there too; then what new rows hold."""
    if is_careful:
        monkeypatch.setattr(applying, "sound", lambda *_args: None)
    before = kept_moments()
    token = request_number.set("r1")
    for parcel in (
        Parcel(sent("1", "Agency")),
        Parcel(sent("2", "Other", plan=PHOTO)),
        Parcel(sent("2", "Other", plan=PHOTO), [(PHOTO, io.BytesIO(photo()))]),
        Parcel(sent("3", "", old="1")),
        Parcel(sent("4", "Third", old="3"), [("more.jpg", io.BytesIO(photo()))]),
    ):
        key.refresh_from_db()
        assert actions.take_parcel(key=key, parcel=parcel, now=SENT).told is Answered.CREATED
    request_number.reset(token)
    after = kept_moments()
    differing = {
        name: {*rows.values()} - {*before[name].values()} - {None, "", DAY}
        for name, rows in after.items()
    }
    return {name: values for name, values in differing.items() if values}, {
        name: [value for pk, value in rows.items() if pk not in before[name]]
        for name, rows in after.items()
    }


@pytest.mark.parametrize("is_careful", [False, True])
def test_of_answers_without_a_name_no_person_and_the_day_alone_is_kept(is_careful, monkeypatch):
    key = nameless_key()

    new, added = left(key, monkeypatch, is_careful)

    assert new == {}
    assert {*added["AuditEntry", "by"]} == {None}
    assert {*added["StoredFile", "received_by_id"]} == {None}
    assert {*added["Answer", "author_id"]} == {None}
    assert (
        {*added["Submission", "received_at"]} == {*added["SubmissionStep", "changed_at"]} == {DAY}
    )
    assert Response.objects.count() == 2
    key.refresh_from_db()
    assert key.used_at == DAY


def test_of_answers_under_a_name_both_are_kept(monkeypatch):
    key = nameless_key("interview")

    new, added = left(key, monkeypatch, is_careful=False)

    assert {*added["Submission", "received_at"]} == {SENT}
    assert {*added["StoredFile", "received_by_id"]} == {key.person_id}
    assert {*added["AuditEntry", "by"]} == {None, key.person_id}
    assert new["SubmissionStep", "changed_at"] == {SENT}


def test_texts_beside_answers_without_a_name_bear_none_either():
    key = nameless_key()
    first = actions.take_parcel(key=key, parcel=Parcel(sent("1", "Agency")), now=SENT)
    first.submission.refresh_from_db()
    # Emptied, as erasing does, the first says nothing any more: a correction waits beside.
    Submission.objects.filter(pk=first.submission.pk).update(xml=b"", sha256="")

    actions.take_parcel(key=key, parcel=Parcel(sent("2", "Other", old="1")), now=SENT)

    beside = Suggestion.objects.get(value="Other")
    assert (beside.by_id, beside.at) == (None, DAY)


def test_who_looks_at_them_is_told_the_day_alone():
    key = nameless_key()
    actions.take_parcel(key=key, parcel=Parcel(sent("1", "")), now=SENT)
    officer = viewer_of_person_id(key.person_id, make.NOON)

    (row,) = queries.submissions(officer, key.wave)

    assert (row.is_nameless, row.received_at) == (True, DAY)
