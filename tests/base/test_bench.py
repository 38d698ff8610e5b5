import pytest
from django.core.exceptions import ImproperlyConfigured
from tests.factories import members as make

from serai.base.access import ANONYMOUS, NotFound
from serai.base.bench import Bench, Shelf
from serai.members.models import Affiliation, Person

pytestmark = pytest.mark.django_db
SHELF = Shelf(Affiliation, "Places", ("person", "organisation", "title", "from_on", "until_on"))


def test_a_row_shows_numbers_of_others_and_its_own_values():
    agency, person = make.organisation("Agency"), make.person(full_name="Nino")
    row = person.affiliations.create(organisation=agency, title="Head", from_on=make.NOON.date())

    assert SHELF.cells(row) == {
        "person": person.pk,
        "organisation": agency.pk,
        "title": "Head",
        "from_on": make.NOON.date(),
        "until_on": None,
    }
    assert list(SHELF.rows(ANONYMOUS)) == [row]


def test_a_column_that_is_no_field_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match=r"The bench of members.affiliation: .*'nick'"):
        Bench().fill([Shelf(Affiliation, "Places", ("nick",))])


def test_what_others_point_at_a_table_is_no_column_of_it():
    with pytest.raises(
        ImproperlyConfigured, match=r"The bench of members.person names what others"
    ):
        Bench().fill([Shelf(Person, "People", ("full_name", "affiliations"))])


def test_tables_are_found_by_name_and_room():
    bench = Bench()
    bench.fill([SHELF])

    assert bench.shelf("members.affiliation") is SHELF
    assert bench.by_room() == {"members": [SHELF]}
    with pytest.raises(NotFound):
        bench.shelf("members.person")
