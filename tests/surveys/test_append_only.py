"""What was answered, signed, cleared or sent stays, on either engine; only values are erased."""

import pytest
from django.db import IntegrityError, transaction
from tests.factories import members as people
from tests.factories import surveys as make

from serai.surveys.models import (
    Answer,
    Clearance,
    DeviceKey,
    Entry,
    EntryAct,
    Reading,
    Response,
    SignOff,
    Submission,
)
from serai.surveys.states import EntryVerb, ReaderRole, ReadingWay, Source, Stance

pytestmark = pytest.mark.django_db
PROTECTED = (Answer, EntryAct, SignOff, Clearance, Submission, Reading)
# A column each of them has that a forger would like to change.
COLUMN = {Answer: "value", EntryAct: "verb", SignOff: "name", Clearance: "note",
          Submission: "sha256", Reading: "role"}  # fmt: skip


def facts(*, sample: bool = False) -> Answer:
    """One row of each protected kind; the answer is given back."""
    asked = make.invitation()
    by = asked.lead
    response = Response.objects.create(
        wave=asked.wave, invitation=asked, version=asked.wave.version, sample=sample
    )
    entry = Entry.objects.create(response=response, repeat_path="/data/room", key="r1")
    EntryAct.objects.create(
        entry=entry, verb=EntryVerb.ADD, by=by, source=Source.WEB, at=make.NOON, sample=sample
    )
    signed = SignOff.objects.create(
        response=response, round=1, by=by, name="A", position="B", at=make.NOON,
        answers_hash="0" * 64, sample=sample,
    )  # fmt: skip
    Clearance.objects.create(
        response=response, sign_off=signed, stance=Stance.CLEARED, by=people.person(),
        at=make.NOON, sample=sample,
    )  # fmt: skip
    key = DeviceKey.objects.create(
        invitation=asked, key_hash="1" * 64, made_at=make.NOON, expires_at=make.NOON
    )
    Submission.objects.create(
        device_key=key, form_version=response.version, instance_id="uuid:1", xml=b"<data/>",
        sha256="2" * 64, received_at=make.NOON, sample=sample,
    )  # fmt: skip
    Reading.objects.create(
        response=response, reader=by, day=make.NOON.date(), way=ReadingWay.PAGE,
        role=ReaderRole.OFFICER, first_at=make.NOON, sample=sample,
    )  # fmt: skip
    return Answer.objects.create(
        response=response, path="/data/office/name", value="Agency", form_version=response.version,
        author=by, source=Source.WEB, client_id="c1", at=make.NOON, salt="ab", sample=sample,
    )  # fmt: skip


def refused(act) -> bool:
    """Tell whether the database refuses an act."""
    try:
        with transaction.atomic():
            act()
    except IntegrityError as error:
        return "is append-only" in str(error)
    return False


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_no_row_is_changed(model):
    facts()

    assert refused(lambda: model.objects.update(**{COLUMN[model]: "forged"}))


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_no_row_is_removed_unless_it_is_sample(model):
    facts()

    assert refused(lambda: model.objects.filter(sample=False)._raw_delete("default"))


@pytest.mark.parametrize("model", [Answer, EntryAct, Clearance, Submission])
def test_sample_rows_are_removed(model):
    facts(sample=True)

    assert model.objects.filter(sample=True)._raw_delete("default") == 1


def test_an_answer_is_erased_with_its_salt():
    answer = facts()

    Answer.objects.filter(pk=answer.pk).update(value="", salt="")

    answer.refresh_from_db()
    assert (answer.value, answer.salt, answer.path) == ("", "", "/data/office/name")


@pytest.mark.parametrize(
    "change",
    [{"value": ""}, {"salt": ""}, {"value": "", "salt": "", "path": "/data/x"},
     {"value": "", "salt": "", "author": None}],
)  # fmt: skip
def test_nothing_else_of_an_answer_is_erased(change):
    facts()

    assert refused(lambda: Answer.objects.update(**change))


def test_a_submission_is_emptied_with_its_sum():
    facts()

    Submission.objects.update(xml=b"", sha256="")

    found = Submission.objects.get()
    assert (bytes(found.xml), found.sha256, found.instance_id) == (b"", "", "uuid:1")


@pytest.mark.parametrize(
    "change",
    [{"xml": b""}, {"sha256": ""}, {"xml": b"<data/>", "sha256": ""},
     {"xml": b"", "sha256": "", "instance_id": "uuid:2"},
     {"xml": b"", "sha256": "", "sample": True}],
)  # fmt: skip
def test_nothing_else_of_a_submission_is_emptied(change):
    facts()

    assert refused(lambda: Submission.objects.update(**change))
