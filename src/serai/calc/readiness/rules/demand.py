"""On-demand scalable infrastructure."""

from serai.calc.readiness.facts import Scope
from serai.calc.readiness.rules.rule import AllOf, AtMost, Below, BelowOther, Not, Rule, Topic

OFFICES = 2
LARGE_EVENTS = 2

SCL_1 = Rule(
    "SCL-1", 1, Topic.DEMAND, Not(Below("country.offices_lacking_kit", OFFICES)),
    "{have} offices of the country lack the same equipment: a national kit on loan serves them all.",
    "docs/methods/budget-plan.md", "LOAN", Scope.ORGANISATION,
    {"have": "country.offices_lacking_kit"},
)  # fmt: skip
SCL_2 = Rule(
    "SCL-2", 1, Topic.DEMAND,
    AllOf((
        Not(AtMost("events.large_a_year", 0)),
        AtMost("events.large_a_year", LARGE_EVENTS),
    )),
    "Rent what large events need for their days: {have} a year do not pay for buying.",
    "docs/methods/budget-plan.md", "RENT", gaps={"have": "events.large_a_year"},
)  # fmt: skip
SCL_3 = Rule(
    "SCL-3", 1, Topic.DEMAND, BelowOther("applications.licence_seats", "content.audience", 1),
    "Webcast the event: {audience} are to be reached, the licence holds {seats}.",
    "platforms' tiers", "CAST",
    gaps={"audience": "content.audience", "seats": "applications.licence_seats"},
)  # fmt: skip

RULES = (SCL_1, SCL_2, SCL_3)
