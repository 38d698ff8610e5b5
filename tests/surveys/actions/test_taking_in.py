"""Taken over at once; where that fails it is stored all the same, and taken over later."""

import pytest
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.models import Job
from serai.surveys import actions
from serai.surveys.actions import Answered, Parcel, Refused, taking_in
from serai.surveys.models import Response, Submission

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
