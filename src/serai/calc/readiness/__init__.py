"""Readiness for virtual events: facts, scores, attainments, gaps, advice.

What loads SciPy is imported by its own module: `forecast`, `programme`, `optimise`.
"""

from serai.calc.readiness.attainment import (
    Attainment,
    Status,
    attain,
    attain_as,
    headline,
    target,
)
from serai.calc.readiness.definition import Definition, DefinitionFault, read_definition
from serai.calc.readiness.facts import (
    Contradiction,
    Fact,
    FactKey,
    Grade,
    OfficeFacts,
    Scope,
    UnknownValue,
    gather,
)
from serai.calc.readiness.gaps import Gap, Question, gaps, offices_lacking, questions
from serai.calc.readiness.ladder import EventType, Gate, Ladder, Role, Sensitivity
from serai.calc.readiness.rules import RULES, Advice, Outcome, Rule, Topic, advise
from serai.calc.readiness.scores import CriterionScore, OfficeScore, Score, score_office

__all__ = [
    "RULES",
    "Advice",
    "Attainment",
    "Contradiction",
    "CriterionScore",
    "Definition",
    "DefinitionFault",
    "EventType",
    "Fact",
    "FactKey",
    "Gap",
    "Gate",
    "Grade",
    "Ladder",
    "OfficeFacts",
    "OfficeScore",
    "Outcome",
    "Question",
    "Role",
    "Rule",
    "Scope",
    "Score",
    "Sensitivity",
    "Status",
    "Topic",
    "UnknownValue",
    "advise",
    "attain",
    "attain_as",
    "gaps",
    "gather",
    "headline",
    "offices_lacking",
    "questions",
    "read_definition",
    "score_office",
    "target",
]
