"""Copies that were made: whose they are, and for whom a job makes one."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.access import NotFound
from serai.base.files import Checked
from serai.members.queries import viewer_of
from serai.surveys import access, actions
from serai.surveys.queries.copies import copies_of, copy_file, holder_of, response_to_copy

pytestmark = pytest.mark.django_db
PDF = Checked(b"%PDF-", "offices.pdf", "application/pdf")


def test_copies_are_listed_and_found_for_their_asker_alone():
    response, lead = offices.begun()
    stored = actions.keep_copy(response=response, checked=PDF, by=lead, now=make.NOON)
    other = viewer_of(people.person(), make.NOON)

    assert copies_of(lead, response) == [stored]
    assert copies_of(other, response) == []
    assert copy_file(lead, stored.public_id).response == response
    with pytest.raises(NotFound):
        copy_file(other, stored.public_id)


def test_a_response_that_is_gone_is_no_more_to_copy():
    response, _lead = offices.begun()

    assert response_to_copy(response.pk) == response
    assert response_to_copy(response.pk + 1) is None


def test_the_holder_of_a_response_reads_it_in_the_job():
    response, _lead = offices.begun()
    response.holder_hash = "held"

    assert access.may_read_response(holder_of(response), response)
