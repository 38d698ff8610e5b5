"""Deliveries: made, moved with a note, verified by a later assessment alone."""

from datetime import timedelta

import pytest
from tests.factories import planning as make
from tests.factories.members import grant, person, viewer_with

from serai.base.access import Denied
from serai.base.models import Message as Letter
from serai.readiness.actions import (
    Refused,
    change_provision,
    check_provision,
    move_provision,
    provide_advice,
    provide_plan,
)
from serai.readiness.models import Fact, Provision

pytestmark = pytest.mark.django_db
RUN_PLAN = {
    "lines": [
        {"office": "", "country": "GEO", "package": "LOAN", "option": "GEO/kit/LOAN", "cost": "1"},
    ]
}


def test_accepted_advice_becomes_a_delivery_that_tells_lead_and_focal_point():
    found = make.advice()
    organisation = found.assessment.office.organisation
    lead, focal = person(), person()
    grant("lead", to=lead, organisation=organisation)
    grant("focal_point", to=focal, member=organisation.member)

    made = provide_advice(advice=found, by=make.staff(), now=make.NOON)

    assert (made.package, made.office, made.before) == (
        "LINK", found.assessment.office, found.assessment
    )  # fmt: skip
    assert [(one.state, one.note) for one in made.steps.all()] == [("proposed", "")]
    letters = Letter.objects.filter(key__startswith="readiness.provision_moved:")
    assert {one.person_id for one in letters} == {lead.pk, focal.pk}


@pytest.mark.parametrize("fields", [{"state": "proposed"}, {"package": ""}])
def test_only_accepted_advice_that_buys_something_is_provided(fields):
    with pytest.raises(Refused, match="Only advice that the agency accepted"):
        provide_advice(advice=make.advice(**fields), by=make.staff(), now=make.NOON)


def test_advice_on_its_way_is_not_provided_twice():
    found = make.advice()
    made = provide_advice(advice=found, by=make.staff(), now=make.NOON)

    with pytest.raises(Refused, match="on its way already"):
        provide_advice(advice=found, by=make.staff(), now=make.NOON)
    move_provision(
        provision=made, state="cancelled", note="Too dear.", by=make.staff(), now=make.NOON
    )
    assert provide_advice(advice=found, by=make.staff(), now=make.NOON).pk != made.pk


def test_lines_of_a_plan_are_provided_once():
    first = make.scored()
    run = make.planned(plan=RUN_PLAN)
    number = first.office.public_id
    run.plan["lines"] = [
        *RUN_PLAN["lines"],
        {"office": number, "country": "GEO", "package": "LINK", "option": "x", "cost": "1"},
    ]
    run.save()

    made = provide_plan(run=run, lines=[0, 1, 7], by=make.staff(), now=make.NOON)

    assert [(one.package, one.office, one.before) for one in made] == [
        ("LOAN", None, None), ("LINK", first.office, first)
    ]  # fmt: skip
    assert made[0].country.iso3 == "GEO"
    with pytest.raises(Refused, match="not on its way yet"):
        provide_plan(run=run, lines=[0, 1], by=make.staff(), now=make.NOON)


def test_others_than_officers_provide_nothing():
    with pytest.raises(Denied):
        provide_advice(advice=make.advice(), by=viewer_with("lead"), now=make.NOON)
    with pytest.raises(Denied):
        provide_plan(run=make.planned(), lines=[0], by=viewer_with("expert"), now=make.NOON)


def test_a_move_keeps_its_note_and_who_made_it():
    found = make.provided()
    focal = viewer_with("focal_point", "GEO")

    move_provision(provision=found, state="agreed", note=" Gladly. ", by=focal, now=make.NOON)

    step = found.steps.order_by("-id").first()
    assert (found.state, step.note, step.by_id) == ("agreed", "Gladly.", focal.person_id)


@pytest.mark.parametrize(
    ("state", "wanted", "says"),
    [
        ("installed", "verified", "Nobody verifies by hand"),
        ("proposed", "ordered", "moved meanwhile"),
        ("ordered", "cancelled", "Say in a sentence why"),
    ],
)
def test_moves_that_are_refused(state, wanted, says):
    found = make.provided(state=state)

    with pytest.raises(Refused, match=says):
        move_provision(provision=found, state=wanted, by=make.staff(), now=make.NOON)
    found.refresh_from_db()
    assert found.state == state


def test_an_officer_does_not_agree_for_a_country():
    with pytest.raises(Denied):
        move_provision(provision=make.provided(), state="agreed", by=make.staff(), now=make.NOON)


def test_who_supplies_is_written_by_officers():
    found, someone = make.provided(), person()
    given = {"supplier_id": someone.pk, "serials": " A1\nA2 ", "due_on": make.NOON.date()}

    change_provision(provision=found, **given, by=make.staff(), now=make.NOON)

    found.refresh_from_db()
    assert (found.supplier, found.serials, found.due_on) == (someone, "A1\nA2", make.NOON.date())
    with pytest.raises(Denied):
        change_provision(provision=found, **given, by=viewer_with("lead"), now=make.NOON)


def retested(rate: float, *, days: int = 14):
    """An installed line whose office was tested so many days later."""
    before = make.scored(state="confirmed")
    found = make.provided(before.office, state="installed", before=before)
    later = make.scored(
        before.office, rate=None, as_of=(make.NOON + timedelta(days=days)).date(),
        state="under_review",
    )  # fmt: skip
    Fact.objects.create(
        assessment=later, scope="office", key="link.rate", value=rate, grade="measured",
        known_on=later.as_of,
    )  # fmt: skip
    return found, later


def test_a_later_assessment_that_shows_the_promise_verifies():
    found, later = retested(20)

    check_provision(provision=found, by=make.staff(), now=make.NOON)

    found.refresh_from_db()
    assert (found.state, found.verified_by) == ("verified", later)


def test_a_later_assessment_that_does_not_show_it_sends_it_back():
    found, _later = retested(19)

    check_provision(provision=found, by=make.staff(), now=make.NOON)

    found.refresh_from_db()
    assert (found.state, found.verified_by) == ("delivered", None)
    assert "does not show" in found.steps.order_by("-id").first().note


def test_without_a_later_assessment_nothing_is_verified():
    found, _later = retested(20, days=-3)

    with pytest.raises(Refused, match="tested and scored again"):
        check_provision(provision=found, by=make.staff(), now=make.NOON)
    assert Provision.objects.get(pk=found.pk).state == "installed"


def test_only_what_is_installed_is_checked():
    with pytest.raises(Refused):
        check_provision(provision=make.provided(), by=make.staff(), now=make.NOON)
