"""What a focal point is shown of the programme's things of the own country."""

import pytest
from tests.factories import members as make
from tests.factories import programme as plan

from serai.members.states import Audience
from serai.programme.queries import things_of_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_to_georgia():
    make.member("GEO")
    make.member("UZB")
    return plan.ask(countries=("GEO", "UZB"))


@pytest.mark.parametrize(
    ("role", "scope", "count"),
    [("focal_point", "GEO", 2), ("deputy", "GEO", 2), ("focal_point", "AZE", 0),
     ("committee", "GEO", 0), ("coordinator", None, 0), ("administrator", None, 0)],
)  # fmt: skip
def test_only_those_who_act_for_the_country_see_its_things(
    request_to_georgia, role, scope, count, django_assert_max_num_queries
):
    plan.milestone(country=make.member("GEO"))
    viewer = make.viewer_with(role, scope)

    with django_assert_max_num_queries(2):
        found = things_of_country(viewer, "GEO")

    assert len(found) == count


def test_an_answer_stays_with_the_secretariat_until_names_are_released(request_to_georgia):
    viewer = make.viewer_with("focal_point", "GEO")
    before = [thing.audience for thing in things_of_country(viewer, "GEO")]
    request_to_georgia.names_released_on = plan.EARLY
    request_to_georgia.save(update_fields=["names_released_on"])

    after = [thing.audience for thing in things_of_country(viewer, "GEO")]

    assert (before, after) == ([Audience.SECRETARIAT], [Audience(request_to_georgia.audience)])
