"""Missing facts are asked for in surveys, where they were answered."""

from datetime import date

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.access import Denied
from serai.readiness import actions
from serai.readiness.actions import Refused
from serai.readiness.queries.asking import missing_facts
from serai.surveys.models import AnswerRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


@pytest.fixture
def found(officer):
    """An office of which all is well but what nobody answered."""
    make.framework()
    response = make.answered(
        says={"security/update_days": None, "continuity/plan_last_mile_rehearsed_on": None,
              "content/language_channels": None},
        rooms=({"cameras": "", "microphone_type": "gooseneck"},),
    )  # fmt: skip
    found = actions.take_in_answers(response_id=response.pk, now=make.NOON)
    make.runs(found.office, rtt_ms=50.0, rtt_p95_ms=60.0)
    return actions.score_assessment(assessment=found, by=officer, now=make.NOON)


def test_missing_facts_come_with_the_verdicts_that_wait_and_their_questions(officer, found):
    rows = missing_facts(officer, found)

    waiting = {one.fact: one.verdict_count for one in rows}
    assert waiting["plan.last_mile_months"] >= 1
    counts = [one.verdict_count for one in rows]
    assert counts == sorted(counts, reverse=True)
    assert not any(one.fact.startswith("security.") for one in rows)
    assert "line fails" in next(one.question for one in rows if one.fact == "plan.last_mile_months")


def test_chosen_facts_become_requests(officer, found):
    name = next(
        one.name for one in missing_facts(officer, found) if one.fact == "plan.last_mile_months"
    )

    count = actions.ask_for_facts(
        assessment=found, names=[name], due_on=date(2021, 4, 1), by=officer, now=make.NOON
    )

    rows = AnswerRequest.objects.values_list("path", "state", "reason", "due_on")
    assert count == len(rows) == 2
    assert set(rows) == {
        (f"/data/continuity/{path}", "asked", "missing", date(2021, 4, 1))
        for path in ("plan_last_mile", "plan_last_mile_rehearsed_on")
    }


@pytest.mark.parametrize("names", [[], ["link.down_p5@"], ["security.update_days@"]])
def test_nothing_that_can_be_asked_is_refused(officer, found, names):
    with pytest.raises(Refused):
        actions.ask_for_facts(assessment=found, names=names, due_on=None, by=officer, now=make.NOON)


def test_only_officers_ask(found):
    with pytest.raises(Denied):
        actions.ask_for_facts(
            assessment=found, names=["x"], due_on=None,
            by=people.viewer_with("lead", found.office.organisation), now=make.NOON,
        )  # fmt: skip
