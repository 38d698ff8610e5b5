"""A response as a whole: sections and entries, how far each is, who holds it, what can come back."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import LABEL, NAME, STAFF, add, give

from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.models import Delegation, Suggestion
from serai.surveys.queries.responses import fresh_response
from serai.surveys.states import DelegationScope, DelegationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    response, lead = offices.begun()
    for key in ("a", "b"):
        add(response, lead, key)
    return response, lead


def seen(viewer, response):
    return queries.overview(viewer, fresh_response(response.pk), make.NOON)


def given_to(response, section, entry="", state=DelegationState.ACCEPTED):
    person = people.person_with("contributor", response.invitation.organisation)
    Delegation.objects.create(
        response=response, section=section, entry=entry, person=person, state=state,
        scope=DelegationScope.SUGGEST, given_at=make.NOON,
    )  # fmt: skip
    return person


def test_sections_and_entries_stand_in_order_with_what_is_missing(begun):
    response, lead = begun
    give(response, lead, STAFF, "many")
    give(response, lead, Ref(LABEL, "b"), "Blue")

    found = seen(lead, response)

    assert [(one.slug, one.entry, one.number, one.mark.value) for one in found.rows] == [
        ("office", "", 1, "required_missing"), ("room", "", 2, "not_applicable"),
        ("room", "a", 1, "not_visited"), ("room", "b", 2, "required_done"),
        ("line", "", 3, "not_applicable"),
    ]  # fmt: skip
    office = found.rows[0]
    assert (office.missing, office.wrong, office.percent) == (1, 1, 25)
    assert [one.is_repeat for one in found.rows] == [False, True, False, False, False]
    assert len(found.pages) == 4


def test_a_repeat_is_added_to_by_those_who_write_it(begun):
    response, lead = begun
    helper = viewer_of(given_to(response, "room", "a"), make.NOON)

    mine, theirs = (seen(one, response).rows[1] for one in (lead, helper))

    assert (mine.may_add, mine.repeat_path) == (True, "/data/room")
    assert (theirs.may_add, theirs.may_open) == (False, False)


def test_a_helper_opens_the_part_alone_and_sees_no_other_holder(begun):
    response, lead = begun
    person, other = given_to(response, "room", "a"), given_to(response, "line")
    given_to(response, "office", state=DelegationState.DECLINED)

    mine, theirs = seen(lead, response), seen(viewer_of(person, make.NOON), response)

    held = {(one.slug, one.entry): [h.name for h in one.holders] for one in mine.rows}
    assert held[("room", "a")] == [person.full_name]
    assert held[("line", "")] == [other.full_name]
    assert held[("office", "")] == []
    assert [(one.slug, one.entry) for one in theirs.rows if one.may_open] == [("room", "a")]
    assert [h.name for one in theirs.rows for h in one.holders] == [person.full_name]


def test_texts_that_wait_are_counted_where_they_stand(begun):
    response, lead = begun
    for number, (path, entry) in enumerate(((LABEL, "b"), (LABEL, "b"), (NAME.path, ""))):
        Suggestion.objects.create(
            response=response, path=path, entry=entry, value="x", at=make.NOON,
            origin="delegate", client_id=str(number),
        )  # fmt: skip

    found = {(one.slug, one.entry): one.proposals for one in seen(lead, response).rows}

    assert found == {
        ("office", ""): 1, ("room", ""): 0, ("room", "a"): 0, ("room", "b"): 2, ("line", ""): 0,
    }  # fmt: skip


def test_what_was_taken_out_can_come_back_for_its_lead(begun):
    response, lead = begun
    actions.remove_entry(response=response, key="a", by=lead, now=make.NOON)
    helper = viewer_of(given_to(response, "office"), make.NOON)

    found = seen(lead, response)

    assert [one.key for one in found.removed if one.key == "a"] == ["a"]
    assert {one.label for one in found.removed} == {"Room"}
    assert seen(helper, response).removed == ()


def test_one_query_count_for_one_entry_and_three(django_assert_max_num_queries):
    response, lead = offices.begun()
    add(response, lead, "a")
    seen(lead, response)
    with django_assert_max_num_queries(12) as one:
        seen(lead, response)
    add(response, lead, "b")
    add(response, lead, "c")
    seen(lead, response)

    with django_assert_max_num_queries(12) as three:
        found = seen(lead, response)

    assert len(found.pages) == 5
    assert len(one) == len(three)
