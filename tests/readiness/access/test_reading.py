"""Section 9 of the design, cell by cell, for offices, runs, results, facts, advice on security."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories import programme

from serai.base.access import ANONYMOUS, NotFound
from serai.readiness import access
from serai.readiness.models import Assessment
from serai.readiness.queries import assessments, codebook
from serai.readiness.queries import offices as office_queries

pytestmark = pytest.mark.django_db

CASES = (
    "contributor", "lead", "focal_point", "deputy", "officer", "coordinator", "reader", "expert",
    "officer_elsewhere", "expert_elsewhere", "other_lead", "other_focal_point", "administrator",
    "nobody", "visitor",
)  # fmt: skip


def row(allowed):
    return {one: one in allowed.split() for one in CASES}


OWN = "contributor lead"
COUNTRY = "focal_point deputy"
STAFF = "officer coordinator reader"
EVERYBODY = f"{OWN} {COUNTRY} {STAFF} expert"


@pytest.fixture
def house():
    """An office of an initiative, and everybody who might look."""
    initiative = programme.initiative(code="virtual-carec")
    programme.initiative(code="startup-hub")
    place = people.organisation(country="GEO")
    office = make.office(organisation=place, initiative=initiative)
    viewers = {
        "contributor": people.viewer_with("contributor", place),
        "lead": people.viewer_with("lead", place),
        "focal_point": people.viewer_with("focal_point", "GEO"),
        "deputy": people.viewer_with("deputy", "GEO"),
        "officer": people.viewer_with("officer", "virtual-carec"),
        "coordinator": people.viewer_with("coordinator"),
        "reader": people.viewer_with("officer", "virtual-carec"),
        "expert": people.viewer_with("expert", "virtual-carec:GEO"),
        "officer_elsewhere": people.viewer_with("officer", "startup-hub"),
        "expert_elsewhere": people.viewer_with("expert", "virtual-carec:KAZ"),
        "other_lead": people.viewer_with("lead", people.organisation(country="GEO")),
        "other_focal_point": people.viewer_with("focal_point", "KAZ"),
        "administrator": people.viewer_with("administrator"),
        "nobody": people.viewer_with(None),
        "visitor": ANONYMOUS,
    }
    make.duty(viewers["reader"], "security_reader")
    return office, viewers


def found_by(ask, viewers):
    return {name: ask(viewer) for name, viewer in viewers.items()}


def test_who_sees_an_office(house):
    office, viewers = house

    assert found_by(lambda one: access.may_see_office(one, office), viewers) == row(EVERYBODY)


@pytest.mark.parametrize(
    ("audience", "allowed"), [("country", f"{OWN} {COUNTRY}"), ("secretariat", EVERYBODY)]
)
def test_runs_are_the_secretariats_once_answers_were_cleared(house, audience, allowed):
    office, viewers = house
    office.audience = audience

    assert found_by(lambda one: access.may_see_runs(one, office), viewers) == row(allowed)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("collecting", STAFF),
        ("scored", STAFF),
        ("under_review", EVERYBODY),
        ("confirmed", EVERYBODY),
        ("superseded", EVERYBODY),
    ],
)
def test_scores_and_gaps_are_the_agencys_once_shown(house, state, allowed):
    office, viewers = house
    office.audience = "secretariat"
    office.save()
    found = make.assessment(office)
    Assessment.objects.filter(pk=found.pk).update(state=state, confirmed_at=make.NOON)
    found = assessments.whole_assessments().get(pk=found.pk)

    assert found_by(lambda one: access.may_see_results(one, found), viewers) == row(allowed)
    assert found_by(lambda one: access.may_see_facts(one, found), viewers) == row(allowed)


def test_what_was_released_to_members_shows_results_and_no_fact(house):
    office, viewers = house
    office.audience = "secretariat"
    office.save()
    found = make.assessment(office, state="under_review", audience="members")

    seen = found_by(lambda one: access.may_see_results(one, found), viewers)
    facts = found_by(lambda one: access.may_see_facts(one, found), viewers)

    assert seen["other_focal_point"]
    assert not seen["visitor"]
    assert facts == row(EVERYBODY)


def test_security_answers_are_for_the_lead_and_named_readers(house):
    office, viewers = house

    seen = found_by(lambda one: access.reads_security(one, office), viewers)

    assert seen == row("lead reader")


@pytest.mark.parametrize(
    ("topic", "state", "allowed"),
    [
        ("space", "draft", STAFF),
        ("space", "proposed", EVERYBODY),
        ("security", "draft", "reader"),
        ("security", "proposed", "lead reader"),
    ],
)
def test_who_reads_advice(house, topic, state, allowed):
    office, viewers = house
    found = make.assessment(office, state="under_review")
    advice = make.advice(found, topic=topic, state=state)

    assert found_by(lambda one: access.may_see_advice(one, advice), viewers) == row(allowed)
    listed = found_by(lambda one: len(assessments.advice_of(one, found)) == 1, viewers)
    for name, may in row(allowed).items():
        if access.may_see_results(viewers[name], found):
            assert listed[name] == may


@pytest.mark.parametrize(
    ("rule", "state", "allowed"),
    [
        (access.may_assess, "scored", STAFF),
        (access.may_answer_results, "under_review", "lead"),
        (access.may_answer_results, "scored", ""),
    ],
)
def test_who_acts_on_results(house, rule, state, allowed):
    office, viewers = house
    found = make.assessment(office, state=state)

    assert found_by(lambda one: rule(one, found), viewers) == row(allowed)


def test_who_decides_on_advice_and_who_proposes_it(house):
    office, viewers = house
    advice = make.advice(make.assessment(office), state="proposed")

    assert found_by(lambda one: access.may_decide_advice(one, advice), viewers) == row("lead")
    assert found_by(lambda one: access.may_propose_advice(one, advice), viewers) == row(STAFF)


def test_lists_and_single_reads_agree_with_the_rules(house):
    office, viewers = house
    office.audience = "secretariat"
    office.save()
    found = make.assessment(office, state="under_review", dimensions={})
    found.facts.create(scope="office", key="continuity.ups_minutes", value=20.0, grade="declared")
    found.findings.create(kind="gap", event="E1", role="host", fact="continuity.ups_minutes")
    found.attainments.create(event="E1", role="host", status="unknown")

    def loads(viewer):
        try:
            return assessments.assessment(viewer, found.public_id) == found
        except NotFound:
            return False

    allowed = row(EVERYBODY)
    assert found_by(loads, viewers) == allowed
    for reads in (
        office_queries.offices, codebook.fact_rows, codebook.gap_rows, codebook.attainment_rows,
    ):  # fmt: skip
        assert found_by(lambda one, reads=reads: len(reads(one)) == 1, viewers) == allowed


def test_before_it_is_shown_no_file_of_an_agency_holds_it(house):
    office, viewers = house
    found = make.assessment(office, state="scored", dimensions={})
    found.findings.create(kind="gap", event="E1", role="host", fact="continuity.ups_minutes")

    allowed = row(STAFF)
    assert found_by(lambda one: len(codebook.gap_rows(one)) == 1, viewers) == allowed
    states = found_by(lambda one: [row.state for row in office_queries.offices(one)], viewers)
    assert states["lead"] == [""]
    assert states["officer"] == ["scored"]
