"""Requests listed and searched, what each may do next, answers looked for."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.access import NotFound
from serai.members.queries import viewer_of
from serai.readiness.queries import help as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def subjects(viewer, **kept):
    return [row.subject for row in queries.help_requests(viewer, make.NOON, **kept)]


def test_the_urgent_and_the_oldest_come_first_and_closed_ones_last(officer):
    day = timedelta(days=1)
    for subject, priority, state, moved in (
        ("old", "normal", "new", make.NOON - 3 * day),
        ("fresh", "normal", "new", make.NOON),
        ("urgent", "now", "new", make.NOON),
        ("closed", "now", "closed", make.NOON - 9 * day),
    ):
        make.help_request(subject=subject, priority=priority, state=state, moved_at=moved)

    rows = queries.help_requests(officer, make.NOON)

    assert [(row.subject, row.days) for row in rows] == [
        ("urgent", 0), ("old", 3), ("fresh", 0), ("closed", 9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [("", 2), ("звука НЕТ", 1), ("кабель", 1), ("head", 1), ("head кабель", 0), ("  ", 2)],
)
def test_words_are_looked_for_in_any_case_and_language(officer, words, found):
    make.help_request(subject="Нет звука", text="Проверьте КАБЕЛЬ.")
    make.help_request(make.office(name="Head office"), subject="No picture")

    assert len(subjects(officer, words=words)) == found


def test_states_and_kinds_narrow_the_list(officer):
    make.help_request(subject="a", state="closed")
    make.help_request(subject="b", state="waiting", kind="consultancy")

    assert subjects(officer, state="open") == ["b"]
    assert subjects(officer, state="closed") == ["a"]
    assert subjects(officer, kind="consultancy") == ["b"]


def test_a_request_of_others_is_not_found():
    with pytest.raises(NotFound):
        queries.help_request(
            people.viewer_with("lead", people.organisation()), make.help_request().public_id
        )


def test_the_desk_sees_rooms_and_events_and_the_agency_its_own_steps(officer):
    asked = make.help_request(state="solved")
    asked.office.rooms.create(key="a", name="Hall")
    make.event_with(asked.office)
    found = queries.help_request(officer, asked.public_id)
    lead = people.viewer_with("lead", asked.office.organisation)

    at_desk, at_agency = queries.help_page(officer, found), queries.help_page(lead, found)

    assert (at_desk.rooms, len(at_desk.events), at_desk.moves) == (("Hall",), 1, ())
    assert (at_agency.rooms, at_agency.events) == ((), ())
    assert [one.value for one in at_agency.moves] == ["closed", "reopened"]
    assert not at_desk.may_take


def test_a_new_request_may_be_taken(officer):
    asked = make.help_request()
    technician = viewer_of(make.technician(), make.NOON)

    assert queries.help_page(officer, asked).may_take
    assert [one.value for one in queries.help_page(technician, asked).moves] == ["solved"]
    assert [number for number, _name in queries.technicians()] == [technician.person_id]


def test_only_own_offices_and_their_events_are_offered():
    own = make.office()
    ahead = make.event_with(own)
    make.event_with(make.office())
    make.office(organisation=own.organisation, is_closed=True, unit_key="closed")
    lead = people.viewer_with("lead", own.organisation)

    offices = queries.offices_to_help(lead)

    assert offices == [own]
    assert queries.events_to_help(offices) == [ahead.plan]
    assert queries.offices_to_help(people.viewer_with("officer")) == []


def test_answers_are_looked_for_and_hidden_ones_are_the_officers(officer):
    make.advisory("No sound?")
    make.advisory("No picture?", is_shown=False)
    lead = people.viewer_with("lead", people.organisation())

    assert len(queries.advisories(officer)) == 2
    assert len(queries.advisories(lead)) == 1
    assert queries.advisories(lead, "PICTURE") == []
    assert len(queries.advisories(lead, "cable sound")) == 1
    with pytest.raises(NotFound):
        queries.advisory(lead, "nothing")


def test_short_words_are_no_names():
    asked = make.help_request(asked_by=people.person(full_name="Li Wu"))

    assert queries.names_left("Li asks Wu", asked) == []
    assert queries.names_left("As Li Wu said", asked) == ["Li Wu"]


def test_a_part_of_a_name_is_looked_for_as_it_is_written():
    asked = make.help_request(asked_by=people.person(full_name="May Turner"))

    assert queries.names_left("You may turn it off.", asked) == []
    assert queries.names_left("As MAY TURNER said", asked) == ["May Turner"]
    assert queries.names_left("Ask May.", asked) == ["May"]
