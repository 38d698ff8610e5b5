"""Every change in the room readiness."""

# offices and assessment
from serai.readiness.actions.moving import Refused
from serai.readiness.actions.offices import take_in_answers
from serai.readiness.actions.scoring import score_assessment

__all__ = ["Refused", "score_assessment", "take_in_answers"]
