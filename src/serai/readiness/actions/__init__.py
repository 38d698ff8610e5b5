"""Every change in the room readiness."""

# offices and assessment
from serai.readiness.actions.advising import (
    accept_advice,
    decline_advice,
    finish_advice,
    propose_advice,
)
from serai.readiness.actions.asking import ask_for_facts
from serai.readiness.actions.moving import Refused
from serai.readiness.actions.offices import take_in_answers
from serai.readiness.actions.reviewing import (
    agree_results,
    confirm_results,
    dispute_results,
    show_results,
)
from serai.readiness.actions.scoring import score_assessment

__all__ = [
    "Refused",
    "accept_advice",
    "agree_results",
    "ask_for_facts",
    "confirm_results",
    "decline_advice",
    "dispute_results",
    "finish_advice",
    "propose_advice",
    "score_assessment",
    "show_results",
    "take_in_answers",
]
