"""What waits for each person in readiness."""

from datetime import timedelta

import pytest
from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories import planning
from tests.factories.readiness import help_request

from serai.base.access import ANONYMOUS
from serai.readiness.queries import has_readiness, todos

pytestmark = pytest.mark.django_db
NOON = make.NOON
DAY = timedelta(days=1)


def said(viewer) -> list[tuple[str, str]]:
    return [(todo.verb, todo.title) for todo in todos(viewer, NOON)]


@pytest.mark.parametrize(
    ("role", "concerned"),
    [
        ("contributor", True), ("lead", True), ("focal_point", True), ("deputy", True),
        ("officer", True), ("coordinator", True), ("expert", True), ("committee", False),
        ("partner", False), ("participant", False), ("administrator", False),
    ],
)  # fmt: skip
def test_whom_the_room_concerns(role, concerned):
    assert has_readiness(people.viewer_with(role)) is concerned


def test_a_duty_makes_it_a_concern_and_a_visitor_has_none(django_assert_num_queries):
    hand = people.viewer_with("participant")
    make.duty(hand, "technician")

    assert has_readiness(hand) is True
    with django_assert_num_queries(0):
        assert has_readiness(ANONYMOUS) is False
    assert todos(ANONYMOUS, NOON) == []


def test_a_lead_checks_results_and_decides_on_advice():
    place = people.organisation("Roads")
    lead = people.viewer_with("lead", place)
    shown = make.assessment(
        make.office(organisation=place, name="Head office"), state="under_review",
        due_on=NOON.date() + DAY,
    )  # fmt: skip
    held = make.assessment(
        make.office(organisation=place, name="Branch"), state="confirmed", confirmed_at=NOON
    )
    make.advice(held, state="proposed")
    make.advice(shown, state="proposed")
    make.advice(make.assessment(make.office()), state="proposed")

    assert said(lead) == [("Check", "Results of Head office"), ("Decide", "Advice to Branch")]
    assert [todo.due_at for todo in todos(lead, NOON)] == [NOON.date() + DAY, None]


def test_a_focal_point_agrees_to_deliveries_of_the_country():
    focal = people.viewer_with("focal_point", "GEO")
    planning.provided()
    planning.provided(country=people.member("GEO"))
    planning.provided(planning.office(country="KAZ"))
    planning.provided(state="agreed")

    assert said(focal) == [("Agree", "2 deliveries are proposed")]


def test_an_officer_answers_shows_confirms_and_verifies():
    officer = people.viewer_with("officer")
    make.assessment(state="collecting", dispute="Wrong.")
    make.assessment(state="scored")
    make.assessment(state="under_review", due_on=NOON.date() - DAY)
    make.assessment(state="under_review", agreed_at=NOON, due_on=NOON.date() + DAY)
    make.assessment(state="under_review", due_on=NOON.date() + DAY)
    planning.provided(state="installed")

    assert said(officer) == [
        ("Answer", "1 result is disputed"), ("Show", "1 result is scored"),
        ("Confirm", "2 results may be confirmed"), ("Verify", "1 delivery is installed"),
    ]  # fmt: skip


def test_an_officer_of_another_initiative_has_nothing_to_do():
    make.assessment(state="scored")

    assert said(people.viewer_with("officer", "startup-hub")) == []


def test_technicians_install_and_suppliers_deliver():
    technician, supplier = (people.viewer_with("participant") for _n in range(2))
    make.duty(technician, "technician")
    make.duty(supplier, "supplier")
    help_request(planning.provided(state="delivered").office)
    planning.provided(state="delivered")
    planning.provided(state="ordered", supplier_id=supplier.person_id)
    planning.provided(state="ordered")

    assert said(technician) == [("Install", "1 delivery has come")]
    assert said(supplier) == [("Deliver", "1 order is open")]


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_any_number(count, django_assert_num_queries):
    officer = people.viewer_with("officer")
    for _n in range(count):
        make.assessment(state="scored")

    with django_assert_num_queries(3):
        assert len(todos(officer, NOON)) == 1
