"""What is not known, and who was asked."""

from datetime import timedelta

import pytest
from tests.factories import assessing
from tests.factories import readiness_report as make

from serai.base.text import TranslatedText
from serai.readiness.queries.unknowns import unknowns
from serai.surveys.models import AnswerRequest, Response

pytestmark = pytest.mark.django_db
MISSING = {"power/ups_minutes": None}


def test_the_most_telling_fact_comes_first_with_when_it_was_asked():
    found = make.scored_office(
        says={**make.STRONG, **MISSING}, rooms=[make.STRONG_ROOM], runs=4
    )  # fmt: skip
    AnswerRequest.objects.create(
        response=Response.objects.get(public_id=found.response_number),
        path="/data/power/ups_minutes", question=TranslatedText.of("How long?"),
        reason="missing", made_at=make.NOON, asked_at=make.NOON, state="asked",
    )  # fmt: skip

    rows = unknowns(assessing.people.viewer_with("officer"), [found], make.DAY, most=2)

    by_fact = {one.fact: one for one in rows}
    assert len(rows) == 2
    ups = by_fact["continuity.ups_minutes"]
    assert (ups.asked_on, ups.is_answered, ups.is_tested) == (make.DAY, False, False)
    assert ups.name == "Minutes that router and computers run on batteries"
    assert not any(one.fact.startswith("security.") for one in rows)
    before = unknowns(
        assessing.people.viewer_with("officer"), [found], make.DAY - timedelta(days=1), most=2
    )
    assert {one.fact: one.asked_on for one in before}["continuity.ups_minutes"] is None
