"""Effective collaboration."""

from serai.calc.readiness.facts import Scope
from serai.calc.readiness.rules.rule import AnyOf, AtMost, Below, Not, Rule, Topic

PAPER_DAYS = 3
INTERRUPTED_PERCENT = 5

COL_1 = Rule(
    "COL-1", 1, Topic.COLLABORATION,
    AnyOf((AtMost("people.operators", 0), AtMost("people.deputies", 0))),
    "Name somebody who runs online meetings, and a deputy, and have both trained.",
    "ADB Green Book 11", "TRAIN",
)  # fmt: skip
COL_2 = Rule(
    "COL-2", 1, Topic.COLLABORATION, Below("content.papers_days", PAPER_DAYS),
    "Send papers at least three days ahead, as small files: now it is {have} days.",
    "Association for Progressive Communications, online meetings",
    gaps={"have": "content.papers_days"},
)  # fmt: skip
COL_3 = Rule(
    "COL-3", 1, Topic.COLLABORATION, Not(AtMost("event.capitals_outside_hours", 0)),
    "The event runs outside 08:00-18:00 in {have} capitals. Choose a better hour, or let the "
    "inconvenient hours rotate.",
    "time zones of the members", scope=Scope.ORGANISATION,
    gaps={"have": "event.capitals_outside_hours"},
)  # fmt: skip
COL_4 = Rule(
    "COL-4", 1, Topic.COLLABORATION,
    Not(AtMost("collaboration.interrupted_percent", INTERRUPTED_PERCENT)),
    "{have} % of the meetings were interrupted. Go through the check points before each meeting.",
    "CEPT, guide to electronic meetings",
    gaps={"have": "collaboration.interrupted_percent"},
)  # fmt: skip

RULES = (COL_1, COL_2, COL_3, COL_4)
