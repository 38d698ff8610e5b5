"""Shares of many: chosen, looked at, let out, published, withdrawn."""

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import readiness as make

from serai.readiness.models import Aggregate

pytestmark = pytest.mark.django_db
NEW = reverse("readiness:make_aggregate")
LIST = reverse("readiness:released")


def at(name, thing):
    return reverse(f"readiness:{name}", args=[thing.public_id])


@pytest.fixture
def officer(signed_in):
    return signed_in(people.person_with("officer"))


def test_without_a_framework_it_says_what_to_do(officer):
    answer = officer.get(NEW)

    assert answer.status_code == 422
    assert "Publish one first" in answer.content.decode()


def test_it_is_looked_at_first_and_then_let_out(officer, client, signed_in):
    make.many({"E1": 12, "E2": 12})
    assert "Look at it first" in officer.get(NEW).content.decode()

    page = officer.get(f"{NEW}?measure=host").content.decode()
    assert Aggregate.objects.count() == 0
    assert "24 organisations of 4 countries" in page
    answer = officer.post(NEW, {"measure": "host"})

    made = Aggregate.objects.get()
    assert answer.headers["Location"] == at("aggregate", made)
    shown = officer.get(at("aggregate", made)).content.decode()
    assert "50 %" in shown
    assert "hidden" in shown
    assert at("aggregate", made) in officer.get(LIST).content.decode()


def test_what_cannot_be_told_says_so(officer):
    make.many({"E1": 4})

    assert "No share can be told of so few" in officer.get(f"{NEW}?measure=host").content.decode()
    answer = officer.post(NEW, {"measure": "host"})

    assert answer.status_code == 422
    assert "five organisations of three countries" in answer.content.decode()


def test_one_too_near_an_earlier_one_is_not_let_out(officer):
    make.many({"E1": 12, "E2": 12})
    officer.post(NEW, {"measure": "host"})
    make.many({"E2": 2})

    page = officer.get(f"{NEW}?measure=host").content.decode()
    answer = officer.post(NEW, {"measure": "host"})

    assert "Choose other countries" in page
    assert (answer.status_code, Aggregate.objects.count()) == (422, 1)


def test_an_unknown_measure_comes_back(officer):
    make.framework()

    assert officer.post(NEW, {"measure": "nonsense"}).status_code == 422
    assert officer.get(f"{NEW}?measure=nonsense").status_code == 200


def test_members_then_everybody_then_nobody(client, signed_in):
    make.many({"E1": 12, "E2": 12})
    officer = people.person_with("officer")
    signed_in(officer).post(NEW, {"measure": "host"})
    made = Aggregate.objects.get()
    client.logout()
    assert client.get(at("aggregate", made)).status_code in {302, 404}

    signed_in(officer).post(at("publish_aggregate", made))
    client.logout()
    assert client.get(at("aggregate", made)).status_code == 200
    assert at("aggregate", made) in client.get(LIST).content.decode()

    signed_in(officer).post(at("withdraw_aggregate", made))
    assert (
        "moved meanwhile"
        in client.post(at("publish_aggregate", made), follow=True).content.decode()
    )
    client.logout()
    assert client.get(at("aggregate", made)).status_code in {302, 404}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_shares_are_a_file(officer, kind):
    make.many({"E1": 12, "E2": 12})
    officer.post(NEW, {"measure": "host", "countries": ["AZE", "GEO", "KAZ", "UZB"]})

    answer = officer.get(at("aggregate", Aggregate.objects.get()) + f"?as={kind}")

    assert answer["Content-Disposition"].endswith(f'{kind}"')
