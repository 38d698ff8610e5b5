"""Who has a copy of a response, and who opens it."""

from dataclasses import dataclass

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS, Viewer
from serai.members.queries import viewer_of
from serai.surveys import access, actions
from serai.surveys.models import Response
from serai.surveys.queries.responses import with_parts

pytestmark = pytest.mark.django_db


@dataclass
class Copy:
    response: Response
    received_by_id: int | None


@pytest.fixture
def response() -> Response:
    asked = make.invitation()
    lead = viewer_of(asked.lead, make.NOON)
    return with_parts(actions.start_response(invitation=asked, by=lead, now=make.NOON))


def lead_of(response: Response) -> Viewer:
    return viewer_of(response.invitation.lead, make.NOON)


def test_a_copy_is_opened_by_its_asker_while_they_read(response):
    lead, stranger = lead_of(response), viewer_of(people.person(), make.NOON)

    assert access.may_open_copy(lead, Copy(response, lead.person_id))
    assert not access.may_open_copy(lead, Copy(response, stranger.person_id))
    assert not access.may_open_copy(stranger, Copy(response, stranger.person_id))


@pytest.mark.parametrize(("is_anonymous", "may"), [(False, True), (True, False)])
def test_nothing_is_kept_of_whoever_answers_without_a_name(response, is_anonymous, may):
    response.holder_hash = "held"
    response.wave.survey.is_anonymous = is_anonymous
    holder = access.with_held(ANONYMOUS, [access.holder_key("held")])

    assert access.may_read_response(holder, response)
    assert access.may_have_copy(holder, response) is may
    assert not access.may_have_copy(ANONYMOUS, response)
