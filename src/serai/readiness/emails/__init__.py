"""Who gets which letter of readiness, and what stands in it: links, never scores."""

from serai.readiness.emails.testing import TOPICS as TESTING_TOPICS
from serai.readiness.emails.testing import run_doubted

TOPICS = {**TESTING_TOPICS}

__all__ = ["TOPICS", "run_doubted"]
