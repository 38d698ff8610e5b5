"""An organisation's latest word for each platform and sensitivity."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import organisation, person_with

from serai.base.access import NotFound
from serai.members.queries import viewer_of
from serai.readiness.models import PlatformPolicy
from serai.readiness.queries import policies as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return organisation()


@pytest.fixture
def lead(own):
    return viewer_of(person_with("lead", own), make.NOON)


def say(of, word, platform="zoom"):
    PlatformPolicy.objects.create(
        organisation=of, platform=platform, sensitivity="low", word=word, at=make.NOON
    )


def test_the_latest_word_holds(own, lead):
    say(own, "permitted")
    say(own, "forbidden")
    say(organisation(), "permitted", "teams")

    (row,) = queries.policies(lead, own)

    assert (row.platform, row.sensitivity, row.word) == ("zoom", "low", "forbidden")
    assert queries.latest_words(own.pk) == {("zoom", "low"): "forbidden"}


def test_others_are_given_nothing(own):
    say(own, "permitted")
    other = viewer_of(person_with("lead", organisation()), make.NOON)

    assert queries.policies(other, own) == []
    with pytest.raises(NotFound):
        queries.organisation_to_say(other, own.public_id)


def test_a_lead_says_for_the_own_organisation_and_an_officer_for_all(own, lead):
    organisation()
    officer = viewer_of(person_with("officer"), make.NOON)

    assert [row.public_id for row in queries.sayers(lead)] == [own.public_id]
    assert len(queries.sayers(officer)) >= 2
    assert queries.organisation_to_say(lead, own.public_id) == own


def test_platforms_are_those_of_the_table_in_use():
    assert queries.platform_names() == {}
    make.tiers()

    assert queries.platform_names()["zoom"] == "Zoom"
