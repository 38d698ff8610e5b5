"""Who gets letters about an office."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories import programme

from serai.readiness.queries.recipients import leads_of, officers_of, officers_of_plan

pytestmark = pytest.mark.django_db


def test_leads_of_the_organisation_alone():
    office = make.office()
    lead = people.person_with("lead", office.organisation)
    people.person_with("contributor", office.organisation)
    people.person_with("lead")

    assert leads_of(office, make.NOON) == [lead]


def test_officers_of_the_initiative_else_coordinators():
    office = make.office(initiative=programme.initiative(code="virtual-carec"))
    coordinator = people.person_with("coordinator")
    assert officers_of(office, make.NOON) == [coordinator]

    officer = people.person_with("officer", "virtual-carec")
    people.person_with("officer", "startup-hub")
    assert officers_of(office, make.NOON) == [officer]


def test_officers_of_an_event_are_those_of_its_framework_s_initiative():
    from tests.factories import readiness

    plan = readiness.event_plan()
    coordinator = people.person_with("coordinator")
    assert officers_of_plan(plan, make.NOON) == [coordinator]

    officer = people.person_with("officer", readiness.HOME)
    people.person_with("officer", "startup-hub")
    assert officers_of_plan(plan, make.NOON) == [officer]
