"""Points are kept by officers."""

from decimal import Decimal

import pytest
from tests.factories.members import NOON, viewer_with
from tests.factories.readiness import probe_point

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.readiness import actions
from serai.readiness.actions import PointFacts, TestRefused
from serai.readiness.models import ProbePoint

pytestmark = pytest.mark.django_db
FACTS = PointFacts(
    "Manila", "https://probe.example.org:8575/", "Manila", Decimal("14.6"), Decimal(121)
)


def test_an_officer_adds_a_point():
    made = actions.keep_point(facts=FACTS, by=viewer_with("officer"), now=NOON)

    assert (made.name, made.url) == ("Manila", "https://probe.example.org:8575")
    assert AuditEntry.objects.get(verb="keep_point").before is None


def test_a_point_is_changed_and_what_stood_is_in_the_audit():
    kept = probe_point(name="Old")

    actions.keep_point(facts=FACTS, point=kept, by=viewer_with("officer"), now=NOON)

    assert ProbePoint.objects.get().name == "Manila"
    assert AuditEntry.objects.get(verb="keep_point").before["name"] == "Old"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (PointFacts("A", "probe.example.org"), "url"),
        (PointFacts("A", "ftp://probe.example.org"), "url"),
        (PointFacts("A", "https://probe.example.org/?a=1"), "url"),
        (PointFacts("A", "https://probe.example.org", latitude=Decimal(1)), "longitude"),
        (PointFacts("Taken", "https://probe.example.org"), "name"),
    ],
)
def test_a_point_that_cannot_be_is_refused_at_its_field(facts, field):
    probe_point(name="Taken")

    with pytest.raises(TestRefused) as refused:
        actions.keep_point(facts=facts, by=viewer_with("officer"), now=NOON)

    assert refused.value.field == field


@pytest.mark.parametrize("role", ["lead", "contributor", "focal_point", "expert", "administrator"])
def test_nobody_else_keeps_points(role):
    with pytest.raises(Denied):
        actions.keep_point(facts=FACTS, by=viewer_with(role), now=NOON)
