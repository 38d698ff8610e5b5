"""Who gets which letter of readiness, and what stands in it: links, never scores."""

from serai.readiness.emails.assessing import TOPICS as ASSESSING_TOPICS
from serai.readiness.emails.assessing import (
    advice_proposed,
    results_disputed,
    results_for_review,
)

TOPICS = {**ASSESSING_TOPICS}

__all__ = ["TOPICS", "advice_proposed", "results_disputed", "results_for_review"]
