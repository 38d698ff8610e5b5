"""Capacity evaluation and adjustment."""

from serai.calc.readiness.rules.rule import (
    AllOf,
    AnyOf,
    AtMost,
    Below,
    BelowOther,
    Not,
    RowFails,
    Rule,
    Topic,
)

RATES = ("link.down_p5", "link.up_p5")
BUSY_RUNS = 3
HALF = 0.5

CAP_1 = Rule(
    "CAP-1", 1, Topic.CAPACITY, RowFails(RATES),
    "Raise the line to at least {need_down} Mbit/s down and {need_up} Mbit/s up in busy hours. "
    "Measured now: {down} down and {up} up.",
    "docs/methods/readiness-scores.md; link sizing", "LINK",
    gaps={
        "need_down": "link.down_p5", "need_up": "link.up_p5",
        "down": "link.down_p5", "up": "link.up_p5",
    },
)  # fmt: skip
CAP_2 = Rule(
    "CAP-2", 1, Topic.CAPACITY,
    AllOf((
        Not(Below("link.busy_runs", BUSY_RUNS)),
        AnyOf((
            BelowOther("link.down_p5", "link.contract_down", HALF),
            BelowOther("link.up_p5", "link.contract_up", HALF),
        )),
    )),
    "Hold the provider to the contract of {contract_down} Mbit/s down and {contract_up} Mbit/s up: "
    "in busy hours {down} and {up} arrive.",
    "the office's own test runs",
    gaps={
        "contract_down": "link.contract_down", "contract_up": "link.contract_up",
        "down": "link.down_p5", "up": "link.up_p5",
    },
)  # fmt: skip
CAP_3 = Rule(
    "CAP-3", 1, Topic.CAPACITY,
    AllOf((RowFails(("link.loss_percent", "link.jitter_ms")), Not(RowFails(RATES)))),
    "The line is fast enough, but packets are lost or late. Connect the meeting places by cable "
    "and give sound and picture priority in the network.",
    "Microsoft Teams, network targets", "QOS",
)  # fmt: skip
CAP_4 = Rule(
    "CAP-4", 1, Topic.CAPACITY, AtMost("link.udp_policy", "blocked"),
    "UDP is blocked. Open port 3478 and the platform's media ports, or have a relay (TURN) over "
    "TLS on port 443.",
    "jitsi/jitsi-videobridge issue 2194",
)  # fmt: skip

RULES = (CAP_1, CAP_2, CAP_3, CAP_4)
