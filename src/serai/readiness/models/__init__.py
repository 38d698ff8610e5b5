"""Models of the room readiness."""

from serai.readiness.models.assessment import (
    Assessment,
    Attainment,
    CriterionScore,
    Fact,
    Finding,
    Recommendation,
)
from serai.readiness.models.event import Delegation, DeskNote, EventPlan
from serai.readiness.models.framework import Duty, Framework, PlatformPolicy, TierTable
from serai.readiness.models.help import Advisory, HelpMessage, HelpRequest
from serai.readiness.models.place import MeetingRoom, Office
from serai.readiness.models.planning import (
    Price,
    Provision,
    ProvisionStep,
    Scenario,
    ScenarioRun,
)
from serai.readiness.models.probing import ProbePoint, ProbeRun, ProbeTicket, RunVoid
from serai.readiness.models.release import Aggregate, Release, ResultReading

__all__ = [
    "Advisory",
    "Aggregate",
    "Assessment",
    "Attainment",
    "CriterionScore",
    "Delegation",
    "DeskNote",
    "Duty",
    "EventPlan",
    "Fact",
    "Finding",
    "Framework",
    "HelpMessage",
    "HelpRequest",
    "MeetingRoom",
    "Office",
    "PlatformPolicy",
    "Price",
    "ProbePoint",
    "ProbeRun",
    "ProbeTicket",
    "Provision",
    "ProvisionStep",
    "Recommendation",
    "Release",
    "ResultReading",
    "RunVoid",
    "Scenario",
    "ScenarioRun",
    "TierTable",
]
