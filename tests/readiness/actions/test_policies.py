"""An organisation's word for platforms: new rows for what changed."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import organisation, person_with

from serai.base.access import Denied
from serai.members.queries import viewer_of
from serai.readiness import actions
from serai.readiness.models import PlatformPolicy

pytestmark = pytest.mark.django_db


def test_a_lead_says_and_only_what_changed_is_a_new_row():
    make.tiers()
    own = organisation()
    lead = viewer_of(person_with("lead", own), make.NOON)
    first = {("zoom", "low"): "permitted", ("zoom", "high"): "forbidden"}
    given = {"organisation": own, "by": lead, "now": make.NOON}
    actions.say_policies(words=first, source="Order 5", **given)

    again = actions.say_policies(words={**first, ("zoom", "high"): "approval"}, source="", **given)

    assert [(one.platform, one.sensitivity, one.word) for one in again] == [
        ("zoom", "high", "approval")
    ]
    assert PlatformPolicy.objects.count() == 3


def test_an_unknown_platform_keeps_all_out():
    make.tiers()
    own = organisation()
    lead = viewer_of(person_with("lead", own), make.NOON)
    words = {("zoom", "low"): "permitted", ("pigeon", "low"): "permitted"}

    with pytest.raises(actions.Refused, match="pigeon"):
        actions.say_policies(organisation=own, words=words, source="", by=lead, now=make.NOON)

    assert not PlatformPolicy.objects.exists()


def test_others_do_not_say():
    own = organisation()
    other = viewer_of(person_with("lead", organisation()), make.NOON)

    with pytest.raises(Denied):
        actions.say_policies(organisation=own, words={}, source="", by=other, now=make.NOON)
