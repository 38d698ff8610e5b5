"""Ideal equipment by event type."""

from serai.calc.readiness.facts import Scope
from serai.calc.readiness.rules.rule import (
    AllOf,
    AtMost,
    Below,
    Interpreted,
    Not,
    RowFails,
    Rule,
    Topic,
)

HEADSETS_PERCENT = 90

EQP_1 = Rule(
    "EQP-1", 1, Topic.EQUIPMENT,
    AllOf((Interpreted(), AtMost("kit.microphone", "ceiling"))),
    "Give every speaker a gooseneck or a directional microphone: interpreters cannot work with "
    "microphones that hear the whole room.",
    "United Nations Office at Geneva, remote simultaneous interpretation", "MIC", Scope.ROOM,
)  # fmt: skip
EQP_2 = Rule(
    "EQP-2", 1, Topic.EQUIPMENT, Below("seats.headset_percent", HEADSETS_PERCENT),
    "Add USB headsets: {have} % of the seats have one, 90 % should.",
    "United Nations Office at Geneva, remote simultaneous interpretation", "HEADSET",
    gaps={"have": "seats.headset_percent"},
)  # fmt: skip
EQP_3 = Rule(
    "EQP-3", 1, Topic.EQUIPMENT, RowFails(("kit.cameras", "kit.displays")),
    "Equip the room with a set of its size: at least {need_cameras} cameras and {need_displays} "
    "displays.",
    "ADB Green Book 11", "ROOM", Scope.ROOM,
    {"need_cameras": "kit.cameras", "need_displays": "kit.displays"},
)  # fmt: skip
EQP_4 = Rule(
    "EQP-4", 1, Topic.EQUIPMENT, Not(AtMost("seats.phone_only_percent", 0)),
    "Give those who speak by telephone a computer on a cable: {have} % join by telephone only.",
    "United Nations Office at Geneva, remote simultaneous interpretation", "SEAT",
    gaps={"have": "seats.phone_only_percent"},
)  # fmt: skip

RULES = (EQP_1, EQP_2, EQP_3, EQP_4)
