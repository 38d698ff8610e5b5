"""How many other offices of a country lack equipment."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.readiness.queries.lacking import others_lacking_kit

pytestmark = pytest.mark.django_db


def lacks(country="GEO", *, lever="kit", is_missing=False, state="scored"):
    office = make.office(organisation=people.organisation(country=country))
    found = make.assessment(office)
    found.findings.create(
        kind="gap", event="E1", role="host", fact="kit.cameras", lever=lever, is_missing=is_missing
    )
    type(found).objects.filter(pk=found.pk).update(state=state)
    return office


def test_other_offices_of_the_country_are_counted_once_each():
    own = lacks()
    lacks()
    lacks(lever="link")
    lacks(is_missing=True)
    lacks("KAZ")
    lacks(state="superseded")

    assert others_lacking_kit(own) == 1


def test_an_international_office_has_no_others():
    assert others_lacking_kit(make.office(organisation=people.organisation(country=None))) == 0
