"""What a workbook holds is what its reader reads."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.queries import workbook
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db
NARROW = make.XFORM.replace(
    '<bind nodeset="/data/office/name"',
    '<bind nodeset="/data/office/name" serai:audience="security"',
)


def labels(book):
    return [[asked.label for asked in leaf.asked] for leaf in book.leaves if leaf.asked]


@pytest.fixture
def asked():
    return make.invitation(make.wave(make.version(xform=NARROW)))


@pytest.fixture
def response(asked):
    lead = viewer_of(asked.lead, make.NOON)
    return actions.start_response(invitation=asked, by=lead, now=make.NOON)


def test_its_lead_finds_all_of_it_in_the_language_asked_for(asked, response):
    book = workbook(viewer_of(asked.lead, make.NOON), response, make.NOON, "ru")

    assert (book.language, book.response, book.version) == ("ru", response.public_id, "1")
    assert [leaf.title for leaf in book.leaves] == ["Отдел", "Линия", "Зал"]
    assert labels(book)[0] == ["Название отдела", "Кто проводит мероприятия"]


def test_a_narrow_question_is_in_no_workbook_of_the_secretariat_once_cleared(response):
    newest = response.answers.order_by("-pk").first()
    type(response).objects.update(
        cleared_through=newest.pk, signed_through=newest.pk, state="cleared"
    )

    book = workbook(people.viewer_with("officer"), fresh_response(response.pk), make.NOON, "en")

    assert labels(book)[0] == ["People who run events"]


def test_the_checksum_is_of_what_stands_in_it(asked, response):
    lead = viewer_of(asked.lead, make.NOON)
    first = workbook(lead, response, make.NOON, "en").hash

    assert workbook(lead, response, make.NOON, "ru").hash == first
    actions.add_entry(response=response, repeat_path="/data/room", by=lead, now=make.NOON)
    assert workbook(lead, fresh_response(response.pk), make.NOON, "en").hash != first
