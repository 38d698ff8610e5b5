"""Who may be named, and who is, told to those who may name them."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.members.queries import viewer_of
from serai.surveys import queries
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    programme()
    return fresh_response(offices.narrow().pk)


def test_those_of_its_initiative_may_be_named_and_nobody_else_sees_the_list(found):
    officer, boss = people.person_with("officer"), people.person_with("coordinator")
    for stranger in ("contributor", "expert"):  # the expert advises another initiative
        people.person_with(stranger)
    focal = people.viewer_with("focal_point", "GEO")

    named = {number for number, _name in queries.possible_readers(focal, found, make.NOON)}
    unasked = queries.possible_readers(viewer_of(officer, make.NOON), found, make.NOON)

    assert named == {officer.pk, boss.pk}
    assert unasked == queries.readers_by_name(viewer_of(officer, make.NOON), found) == []
