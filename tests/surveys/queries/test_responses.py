"""Responses are found by their readers, with all that rules ask, in two queries."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, give

from serai.base.access import ANONYMOUS, NotFound
from serai.members.queries import viewer_of
from serai.surveys import access, actions, queries
from serai.surveys.models import Delegation, Response
from serai.surveys.queries import responses
from serai.surveys.states import DelegationScope, DelegationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


def test_its_readers_find_it_and_others_hear_that_there_is_none(begun):
    response, lead = begun

    assert queries.response(lead, response.public_id) == response
    for viewer in (people.viewer_with("officer"), people.viewer_with("lead"), ANONYMOUS):
        with pytest.raises(NotFound):
            queries.response(viewer, response.public_id)
    with pytest.raises(NotFound):
        queries.response(lead, "nowhere")


def test_it_comes_with_what_its_rules_ask(begun, django_assert_num_queries):
    response, lead = begun
    person = people.person_with("contributor", response.invitation.organisation)
    Delegation.objects.create(
        response=response, section="office", person=person, scope=DelegationScope.EDIT,
        state=DelegationState.ACCEPTED, given_at=make.NOON,
    )  # fmt: skip
    helper = viewer_of(person, make.NOON)
    queries.response(helper, response.public_id)

    with django_assert_num_queries(2):
        found = queries.response(helper, response.public_id)
        assert access.may_answer(helper, found)
        assert not access.may_lead(helper, found)
        assert found.wave.survey.initiative is None
        assert found.invitation.country.iso3 == "GEO"
    assert found.parts_given == list(response.delegations.all())
    with django_assert_num_queries(2):
        assert queries.response(lead, response.public_id).pk == response.pk


def test_locked_and_fresh_ones_are_as_stored(begun):
    response, lead = begun
    give(response, lead, NAME, "Agency")

    locked = responses.locked_response(response.pk)
    fresh = responses.fresh_response(response.pk)

    assert locked.revision == fresh.revision > response.revision
    for read in (responses.locked_response, responses.fresh_response):
        with pytest.raises(Response.DoesNotExist):
            read(0)


def test_a_workbook_is_entered_only_where_nobody_has_begun(begun):
    response, lead = begun
    officer, other = people.viewer_with("officer"), people.viewer_with("lead")
    before = queries.fillable_response(officer, response.public_id)

    give(response, lead, NAME, "Agency")

    assert before == response
    assert not responses.enters_for(officer, responses.fresh_response(response.pk))
    for viewer in (officer, other):
        with pytest.raises(NotFound):
            queries.fillable_response(viewer, response.public_id)
    assert queries.fillable_response(lead, response.public_id) == response


def test_what_the_house_wrote_is_no_beginning(begun):
    response, lead = begun
    began = responses.has_begun(response)

    give(response, lead, NAME, "Agency")

    assert (began, responses.has_begun(response)) == (False, True)


def test_parts_are_given_to_those_with_a_role_in_the_organisation(begun):
    response, lead = begun
    place = response.invitation.organisation
    zed = people.person_with("contributor", place, full_name="Zed")
    ann = people.person_with("contributor", place, full_name="Ann")
    people.person_with("contributor", people.organisation("Other"))
    own = actions.begin_for_wave(wave=response.wave, person_id=zed.pk, now=make.NOON)

    found = queries.colleagues(response, make.NOON)

    assert [one.pk for one in found] == [
        one.pk for one in sorted((zed, ann, response.invitation.lead), key=lambda p: p.full_name)
    ]
    assert queries.colleagues(own, make.NOON) == []
