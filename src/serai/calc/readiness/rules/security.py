"""Data security and risks. What these rules read is seen by security readers alone."""

from serai.calc.readiness.rules.rule import AllOf, AnyOf, AtMost, Below, Not, Rule, Topic

UPDATE_DAYS = 30
NSA = "NSA, selecting and safely using collaboration services"

SEC_1 = Rule(
    "SEC-1", 1, Topic.SECURITY, AtMost("security.multi_factor", "no"),
    "Switch on a second factor for everybody who opens meetings.", NSA,
)  # fmt: skip
SEC_2 = Rule(
    "SEC-2", 1, Topic.SECURITY,
    AllOf((
        Not(Below("security.sensitivity", "medium")),
        AnyOf((
            AtMost("security.end_to_end", "no"),
            Below("security.platform_permitted", "permitted"),
        )),
    )),
    "Use another platform for sensitive matters: one that is permitted and encrypts from end to "
    "end.",
    NSA, "LICENCE",
)  # fmt: skip
SEC_3 = Rule(
    "SEC-3", 1, Topic.SECURITY,
    AnyOf((
        AtMost("security.recording_consent", "sometimes"),
        AllOf((
            Below("security.recording_consent", "not_recorded"),
            AtMost("security.deletion_rule", "no"),
        )),
    )),
    "Adopt a rule: people are asked before a meeting is recorded, and recordings are deleted "
    "after a set time.",
    NSA,
)  # fmt: skip
SEC_4 = Rule(
    "SEC-4", 1, Topic.SECURITY, Not(AtMost("security.update_days", UPDATE_DAYS)),
    "Install security updates within 30 days: now it takes {have}.", NSA,
    gaps={"have": "security.update_days"},
)  # fmt: skip

RULES = (SEC_1, SEC_2, SEC_3, SEC_4)
