"""An organisation's word is given on its page."""

import pytest
from django.urls import reverse
from tests.factories import readiness as make
from tests.factories.members import organisation, person_with

from serai.readiness.models import PlatformPolicy

pytestmark = pytest.mark.django_db
LIST = "/en/readiness/policies/"


@pytest.fixture
def own():
    return organisation("Ministry")


@pytest.fixture
def lead(signed_in, own):
    make.tiers()
    return signed_in(person_with("lead", own))


def test_a_lead_finds_the_own_organisation_and_says(lead, own):
    where = reverse("readiness:policies", args=[own.public_id])

    listed = lead.get(LIST).content.decode()
    page = lead.get(where).content.decode()
    answer = lead.post(where, {"zoom_low": "permitted", "source": "Order 5"})

    assert where in listed
    assert "Zoom, sensitivity low" in page
    assert answer.url == where
    row = PlatformPolicy.objects.get()
    assert (row.platform, row.sensitivity, row.word, row.source) == (
        "zoom", "low", "permitted", "Order 5",
    )  # fmt: skip


def test_whoever_gives_no_word_is_told_who_does(signed_in, own):
    client = signed_in(person_with("contributor", own))

    assert "You give no organisation's word." in client.get(LIST).content.decode()
    assert client.get(reverse("readiness:policies", args=[own.public_id])).status_code == 404
