"""Who gets letters about an office."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories import programme

from serai.readiness.queries.recipients import leads_of, officers_of

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
