"""Contingency and plan B."""

from serai.calc.readiness.rules.rule import AtMost, Not, RowFails, Rule, Topic

REHEARSED_MONTHS = 12

PLB_1 = Rule(
    "PLB-1", 1, Topic.CONTINUITY, AtMost("continuity.contact_list", "no"),
    "Make a list of contacts that is kept outside the office's own systems, and download it.",
    "CEPT, guide to electronic meetings",
)  # fmt: skip
PLB_2 = Rule(
    "PLB-2", 1, Topic.CONTINUITY, RowFails(("continuity.ups_minutes",)),
    "Put computers and router on batteries for {need} minutes.",
    "ADB Green Book 11", "UPS", gaps={"need": "continuity.ups_minutes"},
)  # fmt: skip
PLB_3 = Rule(
    "PLB-3", 1, Topic.CONTINUITY,
    RowFails(("continuity.second_line", "continuity.second_percent")),
    "Get a second way to the internet that carries what the event needs.",
    "the ladder of event types", "PATH2",
)  # fmt: skip
PLB_4 = Rule(
    "PLB-4", 1, Topic.CONTINUITY, Not(AtMost("continuity.rehearsed_months", REHEARSED_MONTHS)),
    "Rehearse plan B a week before the next event: the latest rehearsal was {have} months ago.",
    "ADB Green Book 11", gaps={"have": "continuity.rehearsed_months"},
)  # fmt: skip

RULES = (PLB_1, PLB_2, PLB_3, PLB_4)
