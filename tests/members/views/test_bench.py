"""The doors of the repair bench."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import members as make
from tests.factories.signed_in import sign_in

from serai.base.bench import BENCH
from serai.members.models import Unlock

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    person = make.person_with("administrator")
    sign_in(client, person)
    now = timezone.now()
    Unlock.objects.create(
        administrator=person, scope="secretariat", reason="Repair", opened_at=now,
        until_at=now + timedelta(minutes=30),
    )  # fmt: skip
    client.keeper = person
    return client


def test_every_table_and_row_opens(keeper):
    make.person_with("lead")
    assert keeper.get(reverse("members:bench")).status_code == 200

    answers = {
        name: keeper.get(reverse("members:bench_table", args=[name])).status_code
        for name in BENCH.shelves
    }
    row = reverse("members:bench_row", args=["members.person", keeper.keeper.pk])

    assert answers == dict.fromkeys(BENCH.shelves, 200)
    assert keeper.get(row).status_code == 200


def test_the_bench_carries_the_policy_and_no_style_of_its_own(keeper):
    answer = keeper.get(reverse("members:bench_table", args=["members.person"]))

    page = answer.content.decode()
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert (" style=" in page, "<style" in page) == (False, False)


def test_the_unlock_page_leads_to_it_while_open(keeper):
    page = keeper.get(reverse("members:unlock")).content.decode()
    Unlock.objects.update(state="closed", closed_at=timezone.now())
    later = keeper.get(reverse("members:unlock")).content.decode()

    address = reverse("members:bench")
    assert (f'href="{address}"' in page, f'href="{address}"' in later) == (True, False)
    assert keeper.get(address).status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "officer", "focal_point", "lead", "contributor"])
def test_nobody_else_finds_it(client, role):
    sign_in(client, make.person_with(role))

    assert client.get(reverse("members:bench")).status_code == 404


def test_an_old_sign_in_is_asked_for_again(keeper):
    older = sign_in(Client(), keeper.keeper, fresh=False)

    answer = older.get(reverse("members:bench"))

    assert answer["Location"].startswith(reverse("members:sign_in_again"))


def test_a_place_is_set_right_and_a_slip_comes_back_with_what_was_typed(keeper):
    agency = make.organisation()
    place = make.person().affiliations.create(organisation=agency, from_on=make.NOON.date())
    address = reverse("members:bench_row", args=["members.affiliation", place.pk])
    typed = {"title": "Head of unit", "from_on": "2021-06-30", "until_on": "2020-01-01"}

    wrong = keeper.post(address, typed | {"reason": "A slip"})
    right = keeper.post(address, typed | {"until_on": "", "reason": "A slip"})

    place.refresh_from_db()
    page = wrong.content.decode()
    assert (wrong.status_code, 'value="Head of unit"' in page) == (422, True)
    assert "The row would not hold together" in page
    assert (right.status_code, place.title) == (303, "Head of unit")
    told = keeper.get(reverse("members:unlock")).content.decode()
    assert f"Set right: members.affiliation:{place.pk}. A slip" in told


def test_a_table_without_repairs_takes_none(keeper):
    address = reverse("members:bench_row", args=["members.person", keeper.keeper.pk])

    keeper.post(address, {"state": "closed", "reason": "no"})

    keeper.keeper.refresh_from_db()
    assert keeper.keeper.state == "active"
