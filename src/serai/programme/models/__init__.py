"""Models of the room programme."""

from serai.programme.models.decision import ActionItem, ActionNote, Decision
from serai.programme.models.exchange import ImportBatch
from serai.programme.models.fact import Fact
from serai.programme.models.feed import CalendarFeed
from serai.programme.models.initiative import Initiative, InitiativeText, Outline, StatusNote
from serai.programme.models.meeting import AgendaItem, Attendance, Meeting, Paper
from serai.programme.models.milestone import (
    Baseline,
    BaselineLine,
    Completion,
    Dependency,
    ManualFlag,
    Milestone,
    MilestoneText,
    Plan,
    PlanVerdict,
    Withdrawal,
)
from serai.programme.models.programme import Programme
from serai.programme.models.request import Request, RequestAddressee
from serai.programme.models.risk import Risk, RiskReview
from serai.programme.models.step import Step

__all__ = [
    "ActionItem",
    "ActionNote",
    "AgendaItem",
    "Attendance",
    "Baseline",
    "BaselineLine",
    "CalendarFeed",
    "Completion",
    "Decision",
    "Dependency",
    "Fact",
    "ImportBatch",
    "Initiative",
    "InitiativeText",
    "ManualFlag",
    "Meeting",
    "Milestone",
    "MilestoneText",
    "Outline",
    "Paper",
    "Plan",
    "PlanVerdict",
    "Programme",
    "Request",
    "RequestAddressee",
    "Risk",
    "RiskReview",
    "StatusNote",
    "Step",
    "Withdrawal",
]
