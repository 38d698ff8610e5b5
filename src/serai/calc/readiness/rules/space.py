"""Optimising event space."""

from serai.calc.readiness.facts import Scope
from serai.calc.readiness.rules.rule import (
    AllOf,
    AnyOf,
    AtMost,
    Below,
    BelowOther,
    Interpreted,
    Rule,
    Topic,
)

VIEWING_DISTANCE = 6
PORTS = 2

SPC_1 = Rule(
    "SPC-1", 1, Topic.SPACE,
    BelowOther("space.display_height_m", "space.farthest_viewer_m", 1 / VIEWING_DISTANCE),
    "The picture is {height} m high and the farthest seat {distance} m away. Take a larger "
    "display, or bring it nearer: a sixth of the distance is the least height.",
    "AVIXA DISCAS", "DISPLAY", Scope.ROOM,
    {"height": "space.display_height_m", "distance": "space.farthest_viewer_m"}, True,
)  # fmt: skip
SPC_2 = Rule(
    "SPC-2", 1, Topic.SPACE,
    AnyOf((
        AtMost("space.noise", "loud"),
        AtMost("space.acoustics", "long"),
        AllOf((
            Interpreted(),
            AnyOf((Below("space.noise", "quiet"), Below("space.acoustics", "dry"))),
        )),
    )),
    "Soften the room with carpets, curtains or panels, quiet its ventilation, or move to another.",
    "ISO 20108", "ACOUSTIC", Scope.ROOM, None, True,
)  # fmt: skip
SPC_3 = Rule(
    "SPC-3", 1, Topic.SPACE, Below("space.wired_ports", PORTS),
    "Bring cable to the room: it has {have} network ports, two are the least.",
    "ADB Green Book 11", "CABLE", Scope.ROOM, {"have": "space.wired_ports"},
)  # fmt: skip

RULES = (SPC_1, SPC_2, SPC_3)
