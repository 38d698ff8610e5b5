"""The duties' doors."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import assessing as make
from tests.factories.members import person, person_with, viewer_with

from serai.readiness.models import Duty

pytestmark = pytest.mark.django_db
LIST = "/en/readiness/duties/"


@pytest.fixture
def officer(signed_in):
    return signed_in(person_with("officer"))


def test_without_duties_the_page_says_what_then(officer):
    assert "Nobody has a duty yet." in officer.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(officer, count, django_assert_num_queries):
    for _ in range(count):
        make.duty(viewer_with("partner"), "supplier")
    officer.get(LIST)

    with django_assert_num_queries(6):
        answer = officer.get(LIST)

    assert answer.content.decode().count("/end/") == count


def test_a_duty_is_given_until_a_day_and_ended(officer):
    someone = person(full_name="A Technician")
    day = timezone.now().date() + timedelta(days=30)

    officer.post(
        f"{LIST}give/",
        {"person": someone.public_id, "kind": "technician", "until_on": day.isoformat()},
    )
    made = Duty.objects.get()
    asked = officer.get(f"{LIST}{made.public_id}/end/").content.decode()
    officer.post(f"{LIST}{made.public_id}/end/")

    made.refresh_from_db()
    assert (made.person_id, made.until_on, made.ended_at is None) == (someone.pk, day, False)
    assert "A Technician, Technician: what they may see" in asked


def test_a_day_that_is_over_comes_back_beside_what_was_written(officer):
    someone = person()

    answer = officer.post(
        f"{LIST}give/",
        {"person": someone.public_id, "kind": "supplier", "until_on": "2021-01-01"},
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until_on"])
    assert Duty.objects.count() == 0


@pytest.mark.parametrize("page", ["", "give/"])
def test_others_find_no_such_page(signed_in, page):
    assert signed_in(person_with("partner")).get(f"{LIST}{page}").status_code == 404
