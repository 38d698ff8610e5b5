"""Copies are asked for once, and of each kind the latest is kept."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.access import Denied
from serai.base.files import Checked, files_of
from serai.base.models import Job
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.queries.copies import thing_of

pytestmark = pytest.mark.django_db


def copy(content: bytes, ending: str = "pdf") -> Checked:
    return Checked(content, f"offices.{ending}", "application/pdf")


def test_a_copy_asked_for_twice_is_made_once():
    response, lead = offices.begun()

    for _time in range(2):
        actions.ask_copy(response=response, kind="pdf", language="en", by=lead, now=make.NOON)

    (job,) = Job.objects.filter(name="surveys.build_copy")
    assert job.key == actions.copy_key(response, lead, "pdf")


def test_the_latest_of_each_kind_is_kept():
    response, lead = offices.begun()
    for content, ending in ((b"1", "pdf"), (b"2", "docx"), (b"3", "pdf")):
        actions.keep_copy(response=response, checked=copy(content, ending), by=lead, now=make.NOON)

    kept = files_of(thing_of(response))

    assert [(one.name, one.bytes) for one in kept] == [("offices.docx", 1), ("offices.pdf", 1)]


def test_strangers_are_refused():
    response, _lead = offices.begun()
    other = viewer_of(people.person(), make.NOON)

    with pytest.raises(Denied):
        actions.ask_copy(response=response, kind="pdf", language="en", by=other, now=make.NOON)
    with pytest.raises(Denied):
        actions.keep_copy(response=response, checked=copy(b"1"), by=other, now=make.NOON)
    assert Job.objects.count() == 0
