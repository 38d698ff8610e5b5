"""What a plan is counted from."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import planning as make

from serai.readiness.models import Fact, MeetingRoom
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.plan_inputs import (
    asked_of,
    basis_of,
    counted_assessments,
    digest,
    facts_of,
    plan_inputs,
)

pytestmark = pytest.mark.django_db


def test_counted_assessments_takes_the_confirmed_one_before_a_newer_one():
    place = make.office()
    confirmed = make.scored(place, state="confirmed")
    make.scored(place, state="under_review")
    other = make.scored()
    make.scored(make.office(is_closed=True))
    make.scored(state="collecting")
    make.scored(make.office(initiative=None))

    assert counted_assessments(make.framework()) == [confirmed, other]


def test_the_latest_price_of_the_currency_holds():
    make.scored()
    make.price("LINK", 1)
    held = make.price("LINK", 2, priced_on=date(2021, 6, 1))
    make.price("LINK", 3, priced_on=date(2021, 7, 1))
    make.price("LINK", 4, currency="EUR", priced_on=date(2021, 6, 2))
    own = make.price("LINK", 5, country="GEO")

    basis = basis_of(make.scenario(), make.NOON.date())

    assert basis.prices == (held.pk, own.pk)
    assert basis.unpriced == ("ROOM", "LOAN")


def test_a_basis_is_the_same_until_a_fact_changes():
    one = make.scored()
    before = digest([one])

    assert digest([one]) == before
    one.facts.update(value=3)
    assert digest([one]) != before


def test_asked_of_writes_the_scenario_plainly():
    made = make.scenario(5, caps={"GEO": "4"})

    assert asked_of(made) == {
        "budget": "5", "currency": "USD", "years": 0, "factors": {}, "floors": {},
        "caps": {"GEO": "4"}, "exclusions": [], "values": {},
    }  # fmt: skip


def test_facts_of_sorts_rooms_and_leaves_out_what_the_framework_does_not_know():
    one = make.scored(rate=7)
    hall = MeetingRoom.objects.create(office=one.office, key="r1", name="Hall")
    kept = {"assessment": one, "grade": "declared", "scope": "room"}
    Fact.objects.create(**kept, room=hall, key="kit.camera", value="yes")
    Fact.objects.create(**kept, key="kit.unheard", value=1)
    other = make.scored(rate=None)
    Fact.objects.create(assessment=other, grade="declared", scope="office", key="kit.camera",
                        value="perhaps")  # fmt: skip

    first, second = facts_of([one, other], definition_of(make.framework()))

    assert (first.code, first.country) == (one.office.public_id, "GEO")
    assert {key: fact.value for key, fact in first.facts.items()} == {"link.rate": 7}
    assert first.rooms["r1"]["kit.camera"].value == "yes"
    assert (dict(second.facts), dict(second.rooms)) == ({}, {})


def test_plan_inputs_reads_a_run_in_five_queries(django_assert_num_queries):
    for _ in range(3):
        make.scored()
    make.price("LINK")
    run = make.planned(make.scenario(100, floors={"GEO": {"event": "E3", "offices": 2}}))
    definition_of(make.framework())

    with django_assert_num_queries(5):
        found = plan_inputs(run)

    assert len(found.offices) == 3
    assert [(one.country, one.event, one.minimum) for one in found.limits.floors] == [
        ("GEO", "E3", 2)
    ]
    assert found.limits.budget == Decimal(100)
    assert found.is_changed is False
