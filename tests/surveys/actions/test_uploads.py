"""Files of a page are kept under their response and named by the answer; a bad one keeps all out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.files import photo
from tests.factories.offices import LABEL, PLAN, add

from serai.base.access import Denied
from serai.base.models import StoredFile
from serai.surveys import actions, queries
from serai.surveys.actions import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    response, lead = offices.begun()
    add(response, lead, "a")
    return response, lead


def keep(response, by, lead, *files):
    here = queries.place(lead, response.public_id, "room", "a")
    rows = queries.section_page(lead, here, make.NOON).questions()
    return actions.keep_uploads(
        response=response, files=files, names={row.ref: row for row in rows}, by=by, now=make.NOON
    )


def upload(content=None, name="plan.jpg"):
    return SimpleUploadedFile(name, content or photo(), "image/jpeg")


def test_a_file_is_kept_and_named_by_its_question(begun):
    response, lead = begun

    found = keep(response, lead, lead, (f"{PLAN}@a", upload()))

    stored = StoredFile.objects.get(thing=f"surveys.response:{response.pk}")
    assert found == {f"{PLAN}@a": f"{stored.public_id} plan.jpg"}
    assert (stored.received_by_id, stored.sample) == (lead.person_id, False)


def test_what_is_sent_for_another_question_is_left(begun):
    response, lead = begun

    found = keep(
        response, lead, lead, (f"{LABEL}@a", upload()), ("/data/nowhere", upload()),
        (f"{PLAN}@b", upload()),
    )  # fmt: skip

    assert found == {}
    assert not StoredFile.objects.filter(thing__startswith="surveys.response:").exists()


def test_a_file_that_is_not_accepted_is_said_at_its_question(begun):
    response, lead = begun

    with pytest.raises(Refused) as refused:
        keep(response, lead, lead, (f"{PLAN}@a", upload(b"MZ\x90\x00 program", "plan.exe")))

    assert refused.value.field == f"{PLAN}@a"
    assert not StoredFile.objects.filter(thing__startswith="surveys.response:").exists()


def test_strangers_leave_no_file(begun):
    response, lead = begun

    with pytest.raises(Denied):
        keep(response, people.viewer_with("officer"), lead, (f"{PLAN}@a", upload()))
