"""What is known of a delegation: need, runs on its own clock, checks, ways."""

from datetime import timedelta

import pytest
from tests.factories import readiness as make
from tests.factories.members import member, organisation

from serai.calc.readiness.forecast import Permission, PlanB
from serai.readiness.models import Attainment
from serai.readiness.queries.forecasts import known_delegations

pytestmark = pytest.mark.django_db


def known(made):
    (found,) = known_delegations(made.plan)
    return found


def test_an_event_of_nobody_is_known_to_be_so():
    assert known_delegations(make.event_plan()) == []


def test_the_need_is_the_wider_of_platform_and_ladder():
    plan = make.event_plan()
    few, many = make.delegation(plan, seats=1), make.delegation(plan, seats=3)

    found = {one.delegation.pk: one.need for one in known_delegations(plan)}

    # Teams' recommended meeting, 2.5 up and 4 down, over three quarters of the line; E1 asks 4.
    assert (round(found[few.pk].down_mbps, 2), found[few.pk].up_mbps) == (5.33, 4.0)
    assert (round(found[many.pk].down_mbps, 2), round(found[many.pk].up_mbps, 2)) == (16.0, 10.0)


def test_a_platform_without_tiers_asks_what_the_ladder_asks():
    found = known(make.delegation(make.event_plan(platform="unheard")))

    assert (found.need.down_mbps, found.need.up_mbps, found.need.is_udp_needed) == (4, 4, False)


def test_a_platform_without_a_way_round_udp_needs_it():
    document = make.tiers_document()
    for one in document["platforms"]:
        one["tcp_fallback"] = "no" if one["code"] == "teams" else "yes"
    make.tiers(document=document)
    made = make.delegation()
    make.probe_run(made.office, make.EVENT_AT - timedelta(days=1), udp="blocked")
    make.probe_run(made.office, make.EVENT_AT - timedelta(days=2), udp="not_tried")

    found = known(made)

    assert found.need.is_udp_needed is True
    assert sorted(str(run.udp_open) for run in found.runs) == ["False", "None"]


def test_runs_are_our_probe_s_of_half_a_year_that_count():
    from serai.readiness.models import RunVoid

    made = make.delegation()
    day = timedelta(days=1)
    make.probe_run(made.office, make.EVENT_AT - day)
    make.probe_run(made.office, make.EVENT_AT - day * 181)
    make.probe_run(made.office, make.EVENT_AT + day)
    make.probe_run(made.office, make.EVENT_AT - day, source="entered", receipt="")
    make.probe_run(made.office, make.EVENT_AT - day, up_tail_mbps=None)
    void = make.probe_run(made.office, make.EVENT_AT - day)
    RunVoid.objects.create(run=void, at=make.NOON, reason="Wrong room")

    assert [(run.local_minute, run.down_mbps) for run in known(made).runs] == [(600, 20.0)]


def test_a_run_without_delay_has_no_voice_and_one_with_all_is_not_at_best():
    made = make.delegation()
    at = make.EVENT_AT - timedelta(days=1)
    make.probe_run(made.office, at, rtt_p95_ms=None, rtt_ms=None)
    make.probe_run(
        made.office, at + timedelta(minutes=1), jitter_p95_ms=20.0, loss_share=0.008,
        rtt_p95_ms=620.0, burst_ratio=1.2,
    )  # fmt: skip

    silent, whole = known(made).runs

    assert silent.r is None
    assert (round(whole.r, 3), whole.is_r_at_best) == (61.444, False)


def test_a_voice_that_cannot_be_rated_is_none():
    made = make.delegation()
    make.probe_run(made.office, make.EVENT_AT - timedelta(days=1), rtt_p95_ms=-5.0)

    assert known(made).runs[0].r is None


def test_offsets_are_those_of_the_day_and_of_the_capital():
    from tests.factories import programme as meetings

    summer = meetings.meeting(
        starts_at=make.EVENT_AT, ends_at=make.EVENT_AT + timedelta(hours=1), zone="UTC"
    )
    place = make.probed_office(
        initiative=make.home(), time_zone="Europe/Rome", organisation=organisation(country=None)
    )
    found = known(make.delegation(make.event_plan(meeting=summer), place))

    assert (found.utc_offset, found.capital_offset) == (120, 120)
    home = member("GEO")
    home.time_zone = "Asia/Tbilisi"
    home.save()
    place = make.probed_office(
        initiative=make.home(), time_zone="Europe/Rome", organisation=organisation()
    )
    later = make.event_plan(starts_at=make.EVENT_AT + timedelta(days=1))
    assert known(make.delegation(later, place)).capital_offset == 240


def test_the_latest_word_on_the_platform_counts():
    made = make.delegation()
    assert (known(made).facts.platform, known(made).checks.platform) == (None, "unknown")
    make.policy(made.office.organisation, "forbidden")
    make.policy(made.office.organisation, "approval")
    make.policy(made.office.organisation, "forbidden", sensitivity="high")
    make.policy(made.office.organisation, "forbidden", platform="zoom")

    assert known(made).facts.platform is Permission.APPROVAL


@pytest.mark.parametrize(
    ("facts", "microphone", "is_declared"),
    [({}, "unknown", False), ({"kit.microphone": "gooseneck"}, "pass", False),
     ({"kit.microphone": "omni"}, "fail", False)],
)  # fmt: skip
def test_the_microphone_of_a_speaker_is_held_against_the_event(facts, microphone, is_declared):
    place = make.probed_office(initiative=make.home())
    hall = make.probed_room(place, seats=9)
    made = make.delegation(make.event_plan(event="E2"), place, room=hall, role="speaker")
    make.assessment(place, facts, state="scored")

    found = known(made)

    assert (found.checks.microphone, found.facts.is_declared) == (microphone, is_declared)


def test_a_line_that_was_told_and_not_measured_is_declared():
    from serai.readiness.models import Fact

    made = make.delegation()
    scored = make.assessment(made.office, state="scored")
    Fact.objects.create(
        assessment=scored, key="link.down_p5", value=20, scope="office", grade="declared",
        known_on=make.NOON.date(),
    )  # fmt: skip

    assert known(made).facts.is_declared is True


@pytest.mark.parametrize(
    ("seats", "people", "room"), [(None, 4, "unknown"), (4, 4, "pass"), (3, 4, "fail")]
)
def test_a_room_is_held_against_its_people(seats, people, room):
    place = make.probed_office(initiative=make.home())
    hall = make.probed_room(place, seats=seats)
    made = make.delegation(place=place, room=hall, role="room", seats=people)

    assert known(made).checks.room == room


def test_nobody_asks_for_the_room_of_people_at_their_desks():
    assert known(make.delegation()).checks.room == ""


@pytest.mark.parametrize(
    ("facts", "may"),
    [({"continuity.second_line": "hotspot", "continuity.failover_months": 12}, True),
     ({"continuity.second_line": "hotspot", "continuity.failover_months": 13}, False),
     ({"continuity.second_line": "hotspot"}, False),
     ({"continuity.second_line": "none", "continuity.failover_months": 1}, False)],
)  # fmt: skip
def test_a_hotspot_counts_once_it_was_tried_within_a_year(facts, may):
    made = make.delegation()
    make.assessment(made.office, facts, state="scored")

    assert known(made).feasible[PlanB.HOTSPOT] is may


def test_a_framework_that_knows_no_second_line_has_no_hotspot():
    from tests.factories import planning

    plan = make.event_plan(framework=planning.framework())
    made = make.delegation(plan)
    planning.scored(made.office)

    assert known(made).feasible[PlanB.HOTSPOT] is False


def test_another_office_of_the_city_that_attains_the_event_is_a_way():
    made = make.delegation()
    near = make.assessment(
        make.probed_office(initiative=make.home(), city="TBILISI"), state="scored"
    )
    Attainment.objects.create(assessment=near, event="E1", role="room", status="confirmed")
    assert known(made).feasible[PlanB.GREEN_OFFICE] is True

    Attainment.objects.update(status="not_attained")
    assert known(made).feasible[PlanB.GREEN_OFFICE] is False


def test_ones_own_office_is_no_other_office():
    made = make.delegation()
    own = make.assessment(made.office, state="scored")
    Attainment.objects.create(assessment=own, event="E1", role="room", status="confirmed")

    assert known(made).feasible[PlanB.GREEN_OFFICE] is False


def test_dialling_in_and_sound_alone():
    document = make.tiers_document()
    for one in document["platforms"]:
        one["dial_in"] = "yes" if one["code"] == "teams" else "unknown"
    make.tiers(document=document)
    made = make.delegation()
    assert known(made).feasible[PlanB.DIAL_IN] is True
    assert known(made).feasible[PlanB.AUDIO_ONLY] is False

    make.runs_at_ten(made.office, 0, bad=3)
    assert known(made).feasible[PlanB.AUDIO_ONLY] is True


SECOND = {"continuity.line_percent": 99.0, "continuity.failover_months": 3}


@pytest.mark.parametrize(
    ("facts", "low", "high"),
    [
        ({"continuity.line_percent": 99.0}, 0.99, 0.99),
        ({**SECOND, "continuity.second_line": "hotspot"}, 0.99, 0.9999),
        ({**SECOND, "continuity.second_line": "second_provider",
          "continuity.second_path": "other"}, 0.99, 0.9999),
        ({**SECOND, "continuity.second_line": "second_provider",
          "continuity.second_path": "same"}, 0.99, 0.99),
        ({**SECOND, "continuity.second_line": "same_provider"}, 0.99, 0.99),
        ({**SECOND, "continuity.second_line": "hotspot", "continuity.failover_months": 13},
         0.99, 0.99),
    ],
)  # fmt: skip
def test_how_much_of_the_time_an_office_is_reached(facts, low, high):
    made = make.delegation()
    make.assessment(made.office, facts, state="scored")

    found = known(made).reach

    assert (round(found.low, 6), round(found.high, 6)) == (low, high)


def test_an_office_that_said_nothing_of_its_outages_is_reached_nobody_knows_how_often():
    made = make.delegation()
    assert known(made).reach is None

    make.assessment(made.office, {"continuity.second_line": "hotspot"}, state="scored")
    assert known(made).reach is None
