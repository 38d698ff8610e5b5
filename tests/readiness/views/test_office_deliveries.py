"""What an office's page says of deliveries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import planning as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page(signed_in, office, person=None):
    client = signed_in(person or people.person_with("officer"))
    return client.get(reverse("readiness:office", args=[office.public_id])).content.decode()


def test_an_office_shows_what_is_provided_and_its_line_before_and_after(signed_in):
    make.framework()
    office = make.office(audience="secretariat")
    made = make.provided(office)
    make.at_step(made, "installed", make.NOON)
    make.provided(office, "ROOM")
    for number in range(6):
        make.tested(office, make.NOON - (number + 1) * DAY, 5 + number / 10)
        make.tested(office, make.NOON + (number + 1) * DAY, 25 + number / 10)

    shown = page(signed_in, office)

    assert shown.count("/en/readiness/deliveries/") == 2
    assert shown.count("The line before and after</summary>") == 1
    assert "6, on 6 days" in shown


def test_an_office_without_any_says_nothing_of_deliveries(signed_in):
    make.framework()
    make.provided(make.office())

    assert "<h2>Deliveries</h2>" not in page(signed_in, make.office())


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_any_number_that_did_not_change_the_line(
    signed_in, count, django_assert_num_queries
):
    make.framework()
    office = make.office()
    for _n in range(count):
        make.provided(office, "ROOM")
    officer = people.person_with("officer")
    page(signed_in, office, officer)

    with django_assert_num_queries(17):
        page(signed_in, office, officer)
