"""Who gets which letter of readiness, and what stands in it: links, never scores."""

from serai.readiness.emails.assessing import TOPICS as ASSESSING_TOPICS
from serai.readiness.emails.assessing import (
    advice_proposed,
    results_disputed,
    results_for_review,
)
from serai.readiness.emails.provision import TOPICS as PROVISION_TOPICS
from serai.readiness.emails.provision import (
    provision_moved,
)
from serai.readiness.emails.reminding import TOPICS as REMINDING_TOPICS
from serai.readiness.emails.reminding import (
    results_reminder,
    retest_due,
    tests_wanted,
)
from serai.readiness.emails.testing import TOPICS as TESTING_TOPICS
from serai.readiness.emails.testing import (
    run_doubted,
)

TOPICS = {**ASSESSING_TOPICS, **PROVISION_TOPICS, **REMINDING_TOPICS, **TESTING_TOPICS}

__all__ = [
    "TOPICS",
    "advice_proposed",
    "provision_moved",
    "results_disputed",
    "results_for_review",
    "results_reminder",
    "retest_due",
    "run_doubted",
    "tests_wanted",
]
