"""Who gets which letter of readiness, and what stands in it: links, never scores."""

from serai.readiness.emails.assessing import TOPICS as ASSESSING_TOPICS
from serai.readiness.emails.assessing import (
    advice_proposed,
    results_disputed,
    results_for_review,
)
from serai.readiness.emails.events import TOPICS as EVENT_TOPICS
from serai.readiness.emails.events import (
    event_warning,
    forecast_warning,
    plan_b_card,
)
from serai.readiness.emails.helping import TOPICS as HELPING_TOPICS
from serai.readiness.emails.helping import (
    help_answered,
    help_closed,
    help_received,
)
from serai.readiness.emails.provision import TOPICS as PROVISION_TOPICS
from serai.readiness.emails.provision import (
    provision_moved,
)
from serai.readiness.emails.releasing import TOPICS as RELEASING_TOPICS
from serai.readiness.emails.releasing import (
    release_asked,
    release_granted,
    release_withdrawn,
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

TOPICS = {
    **ASSESSING_TOPICS,
    **EVENT_TOPICS,
    **HELPING_TOPICS,
    **PROVISION_TOPICS,
    **RELEASING_TOPICS,
    **REMINDING_TOPICS,
    **TESTING_TOPICS,
}

__all__ = [
    "TOPICS",
    "advice_proposed",
    "event_warning",
    "forecast_warning",
    "plan_b_card",
    "help_answered",
    "help_closed",
    "help_received",
    "provision_moved",
    "release_asked",
    "release_granted",
    "release_withdrawn",
    "results_disputed",
    "results_for_review",
    "results_reminder",
    "retest_due",
    "run_doubted",
    "tests_wanted",
]
