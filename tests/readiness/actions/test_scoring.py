"""One office evaluated from its cleared answers and runs, and all its rows written at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.readiness import actions
from serai.readiness.actions import Refused
from serai.readiness.models import Assessment, Fact, Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def collected(**answered):
    make.framework()
    response = make.answered(**answered)
    return actions.take_in_answers(response_id=response.pk, now=make.NOON)


def scored(officer, found=None, **answered):
    found = found or collected(**answered)
    return actions.score_assessment(assessment=found, by=officer, now=make.NOON)


def fact(found, key):
    return found.facts.values_list("value", "grade", "is_thin").get(key=key)


def test_declared_and_measured_facts_stand_with_grade_and_source(officer):
    found = collected()
    runs = make.runs(found.office)

    scored(officer, found)

    assert fact(found, "link.down_p5") == (40.0, "measured", False)
    assert fact(found, "continuity.ups_minutes") == (20.0, "declared", False)
    assert fact(found, "continuity.second_percent") == (0.0, "declared", False)
    assert fact(found, "plan.power_months") == (999.0, "declared", False)
    assert fact(found, "kit.microphone") == ("omni", "declared", False)
    assert fact(found, "link.sizing_ratio") == (6.55, "measured", False)
    assert fact(found, "content.archive") == (None, "missing", False)
    numbers = {run.public_id for run in runs}
    source = Fact.objects.get(key="link.down_p5").source
    assert set(source.removeprefix("runs:").split(",")) == numbers


def test_scores_attainments_and_headlines(officer):
    found = collected()
    make.runs(found.office)

    scored(officer, found)

    found.refresh_from_db()
    assert found.state == "scored"
    assert set(found.dimensions) == {"C", "I", "D", "L"}
    assert found.score_low <= found.score <= found.score_high
    assert found.scores.count() == 21
    assert found.attainments.count() == 20
    host = dict(found.attainments.filter(role="host").values_list("event", "status"))
    assert host == {
        "E1": "not_attained", "E2": "not_attained", "E3": "not_attained", "E4": "not_attained",
        "E5": "not_attained",
    }  # fmt: skip
    assert found.headline_host == ""
    assert found.headline_attend == "E1"


def test_gaps_of_attending_and_hosting_say_need_and_have(officer):
    found = scored(officer)

    gap = found.findings.get(event="E2", role="host", fact="continuity.ups_minutes")
    assert (gap.kind, gap.need, gap.have, gap.is_missing) == ("gap", 30.0, 20.0, False)
    assert (gap.lever, gap.gate) == ("continuity", "contingency")
    assert set(found.findings.exclude(event="").values_list("role", flat=True)) == {
        "host", "room", "speaker",
    }  # fmt: skip


def test_a_measured_figure_far_below_the_declared_one_is_a_contradiction(officer):
    found = collected(
        says={"connection/other_test": "yes", "connection/other_tested_on": "2021-02-20",
              "connection/other_down": "90", "connection/other_up": "90"}
    )  # fmt: skip
    make.runs(found.office)

    scored(officer, found)

    rows = found.findings.filter(kind="contradiction").values_list("fact", "need", "have")
    assert sorted(rows) == [("link.down_p5", 90.0, 40.0), ("link.up_p5", 90.0, 30.0)]


def test_another_tools_result_counts_as_declared(officer):
    found = collected()
    make.run(found.office, source="entered", tool="speed", receipt="")

    scored(officer, found)

    assert fact(found, "link.down_p5")[:2] == (40.0, "declared")


def test_advice_is_drafted_with_its_gaps_filled_in_both_languages(officer):
    found = scored(officer)

    advice = found.recommendations.get(rule="COL-2")
    assert advice.text["en"]["text"].endswith("now it is 2 days.")
    assert advice.text["ru"]["text"]
    assert (advice.state, advice.facts) == ("draft", {"content.papers_days": 2.0})


def test_scoring_again_replaces_every_row_and_keeps_advice_that_was_proposed(officer):
    found = scored(officer)
    before = (found.facts.count(), found.findings.count(), found.recommendations.count())
    kept = found.recommendations.get(rule="COL-2")
    kept.state = "proposed"
    kept.save()

    scored(officer, found)

    after = (found.facts.count(), found.findings.count(), found.recommendations.count())
    assert after == before
    assert found.recommendations.get(rule="COL-2").pk == kept.pk


def test_nothing_read_of_security_is_stored_with_a_value(officer):
    found = scored(officer)

    rows = found.facts.filter(key__startswith="security.")
    assert rows.count() > 0
    assert {(row.value, row.source, row.known_on) for row in rows} == {(None, "", None)}
    assert (
        not Finding.objects.filter(fact__startswith="security.")
        .exclude(fact="security.gate")
        .exists()
    )
    assert not any("security." in key for row in found.recommendations.all() for key in row.facts)
    assert "17" not in str(AuditEntry.objects.values_list("after", flat=True).last())


def test_the_gate_leaves_as_passed_failed_or_not_known(officer):
    found = scored(officer)

    gate = found.findings.filter(fact="security.gate", event="").values_list("need", "is_missing")
    assert sorted(gate) == [("high", False), ("medium", False)]


def test_offices_of_a_country_that_lack_equipment_are_counted(officer):
    make.framework()
    found = []
    for _n in range(2):
        response = make.answered()
        found.append(actions.take_in_answers(response_id=response.pk, now=make.NOON))

    for one in (*found, found[0]):
        scored(officer, one)

    assert fact(found[0], "country.offices_lacking_kit")[0] == 2.0
    assert found[0].recommendations.filter(rule="SCL-1").count() == 1


def test_an_office_that_only_attends_is_advised_for_attending(officer):
    found = scored(officer, says={"about_office/takes_part": "attend"})

    assert set(found.recommendations.values_list("aims_at", flat=True)) <= {"E1", "E2"}


def test_only_officers_score(officer):
    found = collected()
    lead = found.office.organisation

    with pytest.raises(Denied):
        actions.score_assessment(
            assessment=found, by=people.viewer_with("lead", lead), now=make.NOON
        )


def test_an_office_without_cleared_answers_is_refused(officer):
    found = make.assessment()

    with pytest.raises(Refused):
        scored(officer, found)


@pytest.mark.parametrize("state", ["under_review", "confirmed", "superseded"])
def test_what_is_under_review_or_over_is_not_scored_again(officer, state):
    found = collected()
    Assessment.objects.filter(pk=found.pk).update(state=state, confirmed_at=make.NOON)

    with pytest.raises(Refused):
        scored(officer, found)


def test_without_a_framework_in_use_scoring_is_refused(officer):
    found = collected()
    found.framework.__class__.objects.update(state="retired")

    with pytest.raises(Refused):
        scored(officer, found)


def test_one_office_takes_few_queries(officer):
    found = collected(rooms=({}, {}, {}))
    make.runs(found.office, 30)
    scored(officer, found)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        scored(officer, found)

    assert len(asked) <= 45


def test_who_scored_is_in_the_audit(officer):
    found = scored(officer)

    line = AuditEntry.objects.filter(verb="score_assessment").get()
    assert (line.thing, line.by) == (f"readiness.assessment:{found.pk}", officer.person_id)


# ---------------------------------------------------------------- all that wait
def test_ask_for_scores_asks_once_and_refuses_where_none_waits(officer):
    with pytest.raises(Refused):
        actions.ask_for_scores(by=officer)
    make.assessment(response_number="abc")

    first, second = (actions.ask_for_scores(by=officer) for _n in range(2))

    assert (first.is_new, second.is_new) == (True, False)


def test_score_waiting_leaves_what_is_not_collecting_or_not_the_officer_s(officer):
    under_review = make.assessment(state="under_review", response_number="abc")
    other = people.viewer_with("officer", "startup-hub")
    waits = make.assessment(response_number="abd")

    actions.score_waiting(number=under_review.pk, by=officer, now=make.NOON)
    actions.score_waiting(number=waits.pk, by=other, now=make.NOON)

    assert [one.state for one in Assessment.objects.order_by("id")] == [
        "under_review", "collecting",
    ]  # fmt: skip


def test_score_waiting_scores_one_that_waits(officer):
    found = collected()

    actions.score_waiting(number=found.pk, by=officer, now=make.NOON)

    found.refresh_from_db()
    assert found.state == "scored"
