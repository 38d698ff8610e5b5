"""One rule asked of one office: fires, does not, or lacks facts."""

from tests.calc.readiness.cases import office, preset

from serai.calc.readiness.facts import see
from serai.calc.readiness.ladder import Role
from serai.calc.readiness.rules.rule import Advice, Case, Outcome, Rule, look

FIRES, QUIET, MISSING = Outcome.FIRES, Outcome.QUIET, Outcome.FACTS_MISSING


def ask(rule: Rule, changes: dict, event: str = "E3") -> Advice:
    ladder, keys = preset().ladder, preset().keys
    aimed = ladder.event(event)
    return look(
        rule, Case(see(office(changes), "hall", keys), keys, aimed, ladder.rows(aimed, Role.HOST))
    )


def filled(rule: Rule, changes: dict, event: str = "E3") -> str:
    """The text with its gaps filled, as a room would after translating it."""
    return rule.text.format(**dict(ask(rule, changes, event).gaps))
