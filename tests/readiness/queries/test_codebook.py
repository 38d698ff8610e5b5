"""Rows of files: sample apart, superseded left out, security never."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.readiness.models import Assessment
from serai.readiness.queries import codebook

pytestmark = pytest.mark.django_db


def test_facts_come_with_office_grade_and_source_and_security_stays():
    officer = people.viewer_with("officer")
    found = make.assessment(make.office(audience="secretariat"), state="scored")
    found.facts.create(
        scope="office", key="continuity.ups_minutes", value=20.0, unit="min", grade="declared",
        is_stale=True, source="answer:abc",
    )  # fmt: skip
    found.facts.create(scope="office", key="security.multi_factor", grade="declared")

    (row,) = codebook.fact_rows(officer)

    assert (row.office, row.member, row.fact, row.value) == (
        found.office.name, "GEO", "continuity.ups_minutes", 20.0,
    )  # fmt: skip
    assert (row.thin, row.stale, row.source) == ("", "yes", "answer:abc")


def test_what_was_replaced_is_in_no_file():
    officer = people.viewer_with("officer")
    found = make.assessment()
    found.attainments.create(event="E1", role="host", status="unknown")
    Assessment.objects.filter(pk=found.pk).update(state="superseded")

    assert codebook.attainment_rows(officer) == []
    assert codebook.gap_rows(officer) == []
