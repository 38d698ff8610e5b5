"""What may follow what, and who moves it: the tables of section 3.4, whole."""

from enum import StrEnum

import pytest

from serai.programme import states
from serai.programme.states import ALLOWED, MEETING_PREFIX, OWNER, may_follow

MOVES = {
    "InitiativeState": {
        "proposed": {"active", "closed"},
        "active": {"paused", "closed"},
        "paused": {"active", "closed"},
        "closed": set(),
    },
    "PlanState": {"proposed": {"approved", "rejected"}, "approved": set(), "rejected": set()},
    "NoteState": {"draft": {"cleared"}, "cleared": set()},
    "MeetingState": {
        "planned": {"called", "cancelled"},
        "called": {"papers_out", "held", "cancelled"},
        "papers_out": {"held", "cancelled"},
        "held": {"minutes_draft"},
        "minutes_draft": {"minutes_agreed"},
        "minutes_agreed": set(),
        "cancelled": set(),
    },
    "DecisionState": {"proposed": {"adopted"}, "adopted": {"superseded"}, "superseded": set()},
    "ActionState": {
        "open": {"done", "dropped"},
        "done": {"verified", "open"},
        "dropped": set(),
        "verified": set(),
    },
    "RequestState": {"open": {"closed"}, "closed": set()},
    "AddresseeState": {
        "open": {"seen", "answered", "declined", "not_applicable"},
        "seen": {"seen", "answered", "declined", "not_applicable"},
        "answered": set(),
        "declined": {"answered"},
        "not_applicable": {"answered"},
    },
    "RiskState": {"open": {"closed", "happened"}, "happened": {"closed"}, "closed": set()},
    "ImportState": {"previewed": {"applied"}, "applied": {"undone"}, "undone": set()},
}


@pytest.mark.parametrize("name", MOVES)
def test_moves_are_exactly_the_table(name):
    kind: type[StrEnum] = getattr(states, name)

    found = {one.value: {other.value for other in kind if may_follow(one, other)} for one in kind}

    assert found == MOVES[name]


def test_every_machine_is_in_the_table():
    assert {kind.__name__ for kind in ALLOWED} == set(MOVES)


@pytest.mark.parametrize("kind", ALLOWED, ids=lambda kind: kind.__name__)
def test_every_state_has_an_owner(kind):
    assert set(OWNER[kind]) == set(kind)


@pytest.mark.parametrize(
    ("kind", "owners"),
    [
        ("PlanState", {"proposed": "officer", **dict.fromkeys(
            ("approved", "rejected"), "coordinator; of what is kept to itself, focal point or lead"
        )}),
        ("ActionState", {"open": "officer", "done": "owner", "dropped": "owner",
                         "verified": "officer"}),
        ("AddresseeState", dict.fromkeys(MOVES["AddresseeState"], "focal_point")),
        ("MeetingState", dict.fromkeys(MOVES["MeetingState"], "officer")),
    ],
)  # fmt: skip
def test_owners_are_those_of_the_design(kind, owners):
    table = OWNER[getattr(states, kind)]

    assert {state.value: owner for state, owner in table.items()} == owners


def test_a_plain_word_is_understood_as_the_state_before():
    assert may_follow("planned", states.MeetingState.CALLED) is True
    assert may_follow("planned", states.MeetingState.HELD) is False


def test_every_kind_of_meeting_has_a_prefix_of_its_own():
    assert {kind.value: prefix for kind, prefix in MEETING_PREFIX.items()} == {
        "ministerial": "MC",
        "senior_officials": "SOM",
        "steering": "SC",
        "consultation": "CON",
        "working_group": "WG",
        "technical": "TM",
    }
    assert set(MEETING_PREFIX) == set(states.MeetingKind)


def test_the_reasons_for_a_new_date_are_those_of_the_design():
    assert [reason.value for reason in states.ChangeReason] == [
        "waiting_for_member", "waiting_for_partner", "procurement", "staffing", "connectivity",
        "scope_change", "holiday_or_event", "force_majeure", "quality_rework",
        "correction_of_entry", "other",
    ]  # fmt: skip
