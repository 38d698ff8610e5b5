"""Facts from test runs: which count, what they sum up to, and how wide the line is."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.calc.readiness.cases import office as facts_of
from tests.calc.readiness.cases import preset
from tests.factories import assessing as make

from serai.calc.readiness.facts import Fact, Grade
from serai.readiness.models import RunVoid
from serai.readiness.queries.link_facts import (
    measured,
    measured_facts,
    room_need,
    told_facts,
    with_sizing,
)
from serai.readiness.states import RunSource

pytestmark = pytest.mark.django_db
KEYS = preset().keys


def by_key(facts):
    return {one.key: one for one in facts}


def test_runs_become_measured_facts():
    office = make.office()
    make.runs(office, 4)

    found = by_key(measured_facts(measured(office), KEYS))

    assert found["link.down_p5"].value == 40.0
    assert found["link.loss_percent"].value == 0.1
    assert found["link.udp_policy"].value == "open"
    assert found["link.busy_runs"].value == 4.0
    assert {one.grade for one in found.values()} == {Grade.MEASURED}
    assert not any(one.is_thin for one in found.values())


def test_few_runs_are_thin_but_their_number_is_not():
    office = make.office()
    make.runs(office, 1)

    found = by_key(measured_facts(measured(office), KEYS))

    assert found["link.down_p5"].is_thin
    assert not found["link.busy_runs"].is_thin


def test_void_runs_and_other_tools_do_not_count():
    office = make.office()
    void = make.run(office, down_tail_mbps=1.0)
    RunVoid.objects.create(run=void, reason="Wrong room.", at=make.NOON)
    make.run(office, source="entered", receipt="", down_tail_mbps=2.0)
    make.run(office)

    assert by_key(measured_facts(measured(office), KEYS))["link.down_p5"].value == 40.0
    told = by_key(told_facts(measured(office, source=RunSource.ENTERED), KEYS))
    assert (told["link.down_p5"].value, told["link.down_p5"].grade) == (2.0, Grade.DECLARED)
    assert "link.busy_runs" not in told


def test_without_a_run_there_is_no_fact():
    assert list(measured_facts(measured(make.office()), KEYS)) == []


def test_a_run_that_measured_little_gives_little():
    office = make.office()
    make.run(
        office, rtt_ms=None, rtt_p95_ms=None, loss_share=None, jitter_p95_ms=None, udp="not_tried"
    )

    found = by_key(measured_facts(measured(office), KEYS))

    assert not {"link.voice_r_p5", "link.loss_percent", "link.udp_policy"} & set(found)


def test_delays_beyond_rating_leave_the_voice_out():
    office = make.office()
    make.run(office, burst_ratio=-1.0)

    assert "link.voice_r_p5" not in by_key(measured_facts(measured(office), KEYS))


def test_the_source_names_the_newest_runs_that_fit():
    office = make.office()
    rows = [make.run(office, at=make.NOON + timedelta(hours=n)) for n in range(15)]

    source = measured(office).source

    assert source == "runs:" + ",".join(one.public_id for one in reversed(rows[3:]))
    assert len(source) <= 300


def test_a_room_and_ten_voices_need_what_the_method_says():
    wanted = room_need(10)

    assert (round(wanted.up_mbps, 2), round(wanted.down_mbps, 2)) == (4.11, 6.11)


def test_the_line_is_held_against_the_need_in_every_room():
    office = facts_of(
        {"link.down_p5": 12.2133, "link.up_p5": 30.0, "link.sizing_ratio": None}
    )  # fmt: skip

    found = with_sizing(office, SimpleNamespace(people_at_once=10), KEYS)

    fact = found.rooms["hall"]["link.sizing_ratio"]
    assert (fact.value, fact.grade, fact.room) == (2.0, Grade.MEASURED, "hall")


@pytest.mark.parametrize("people", [None, 10])
def test_where_need_or_rate_is_not_known_nothing_is_said(people):
    office = facts_of({"link.sizing_ratio": None})
    if people:
        missing = Fact("link.up_p5", None, Grade.MISSING)
        office = replace(office, facts={**office.facts, "link.up_p5": missing})

    assert with_sizing(office, SimpleNamespace(people_at_once=people), KEYS) == office
