"""Who keeps frameworks, prices, plans and duties, and works at the desk: every role, allowed and refused."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.factories import members as people_make
from tests.factories import readiness as make

from serai.base.access import Viewer
from serai.members.queries import viewer_of
from serai.readiness import access
from serai.readiness.models import Duty

pytestmark = pytest.mark.django_db
STAFF = {"officer", "coordinator"}


def viewer(person) -> Viewer:
    return viewer_of(person, make.NOON)


def admitted(people, rule, *things) -> set[str]:
    return {role for role, person in people.items() if rule(viewer(person), *things)}


def technician():
    person = people_make.person()
    Duty.objects.create(person=person, kind="technician", from_on=make.NOON.date())
    return viewer(person)


@pytest.mark.parametrize("build", [make.framework, make.tiers], ids=["framework", "tiers"])
def test_what_is_in_use_is_read_by_everybody_signed_in_and_kept_by_staff(people, build):
    found = build()

    assert admitted(people, access.may_read_framework, found) == set(people)
    assert admitted(people, access.may_keep_framework, found) == STAFF
    assert not access.may_read_framework(Viewer(), found)
    assert not access.may_keep_framework(Viewer(), found)


@pytest.mark.parametrize("build", [make.framework, make.tiers], ids=["framework", "tiers"])
def test_a_draft_is_read_by_staff_alone(people, build):
    assert admitted(people, access.may_read_framework, build(state="draft")) == STAFF


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_of_an_initiative_keep_its_own(role):
    found = make.framework()
    own = viewer(people_make.person_with(role, make.HOME))
    other = viewer(people_make.person_with(role, "startup-hub"))

    assert [access.may_keep_framework(one, found) for one in (own, other)] == [True, False]


@pytest.mark.parametrize(
    "rule",
    [access.may_see_agencies, access.may_give_duty, access.may_keep_advisories],
    ids=lambda rule: rule.__name__,
)
def test_staff_alone_see_lists_give_duties_and_write_answers(people, rule):
    assert admitted(people, rule) == STAFF
    assert not rule(Viewer())


def test_staff_alone_plan(people):
    found = make.framework()

    assert admitted(people, access.may_plan, found) == STAFF
    assert not access.may_plan(technician(), found)


def test_an_organisations_word_is_given_by_its_lead_and_staff(people):
    own = people_make.organisation()
    lead = viewer(people_make.person_with("lead", own))

    assert admitted(people, access.may_say_policy, own) == STAFF
    assert access.may_say_policy(lead, own)
    assert not access.may_say_policy(lead, people_make.organisation())
    assert admitted(people, access.may_say_policies) == {*STAFF, "lead"}


def test_an_event_is_planned_by_staff_and_worked_at_by_technicians_too(people, monkeypatch):
    monkeypatch.setattr("serai.readiness.access.keeping.initiative_of", lambda thing: make.HOME)
    plan = SimpleNamespace()

    assert admitted(people, access.may_keep_event, plan) == STAFF
    assert admitted(people, access.may_work_at, plan) == STAFF
    assert not access.may_keep_event(technician(), plan)
    assert access.may_work_at(technician(), plan)


def test_a_duty_that_ended_is_none():
    person = people_make.person()
    Duty.objects.create(
        person=person, kind="technician", from_on=make.NOON.date(),
        ended_at=make.NOON - timedelta(days=1),
    )  # fmt: skip

    assert access.duties_of(viewer(person)) == frozenset()
    assert access.duties_of(Viewer()) == frozenset()
    assert not access.is_technician(viewer(person))


def test_things_belong_to_the_initiative_of_what_they_are_part_of():
    place = make.office()
    room = place.rooms.create(key="room1", name="Room")
    nowhere = make.office(initiative=None)

    found = [access.initiative_of(one) for one in (place, room, make.framework(), nowhere)]

    assert found == [make.HOME, make.HOME, make.HOME, None]


@pytest.mark.parametrize(
    ("first", "last", "ended", "stands"),
    [(0, None, False, True), (0, 0, False, True), (1, None, False, False), (-2, -1, False, False),
     (0, None, True, False)],
)  # fmt: skip
def test_a_duty_counts_from_its_first_day_to_its_last(first, last, ended, stands):
    today, someone = make.NOON.date(), people_make.person()
    Duty.objects.create(
        person=someone, kind="technician", from_on=today + timedelta(days=first),
        until_on=None if last is None else today + timedelta(days=last),
        ended_at=make.NOON if ended else None,
    )  # fmt: skip

    assert access.is_technician(viewer(someone)) is stands
