"""Offices, assessments and advice as doors load them."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.access import NotFound
from serai.readiness.models import Assessment
from serai.readiness.queries import assessments

pytestmark = pytest.mark.django_db


def test_a_stranger_loads_nothing():
    stranger, found = people.viewer_with("lead"), make.assessment(state="under_review")
    advice = make.advice(found, state="proposed")

    for load, number in (
        (assessments.office, found.office.public_id),
        (assessments.assessment, found.public_id),
        (assessments.recommendation, advice.public_id),
        (assessments.recommendation, "nowhere"),
    ):
        with pytest.raises(NotFound):
            load(stranger, number)


def test_the_open_the_confirmed_and_the_latest_shown():
    office = make.office()
    kept = make.assessment(office)
    Assessment.objects.filter(pk=kept.pk).update(state="confirmed", confirmed_at=make.NOON)
    latest = make.assessment(office)

    assert assessments.open_assessment(office) == latest
    assert assessments.confirmed_assessment(office) == kept
    assert assessments.latest_shown(people.viewer_with("officer"), office) == latest
    lead = people.viewer_with("lead", office.organisation)
    assert assessments.latest_shown(lead, office) == kept


def test_verdicts_and_facts_that_wait():
    found = make.assessment()
    found.attainments.create(event="E1", role="host", status="unknown")
    found.attainments.create(event="E2", role="host", status="declared")
    found.findings.create(kind="gap", event="E1", role="host", fact="a.b", is_missing=True)
    found.findings.create(kind="gap", event="", role="host", fact="security.gate", is_missing=True)

    waiting, missing = assessments.unknown_verdicts(found)

    assert [one.event for one in waiting] == ["E1"]
    assert [one.fact for one in missing] == ["a.b"]
