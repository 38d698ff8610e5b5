"""Every change in the room readiness."""

from serai.readiness.actions.acts import (
    Refused,
)
from serai.readiness.actions.entering import (
    EnteredRun,
    doubts,
    enter_run,
    import_runs,
)
from serai.readiness.actions.frameworks import (
    Faulty,
    copy_edition,
    delete_draft,
    draft_from_file,
    edit_criterion,
    edit_event_row,
    edit_package,
    edit_weights,
    publish,
    put_framework,
    put_tiers,
    replace_tiers,
)
from serai.readiness.actions.points import (
    PointFacts,
    keep_point,
)
from serai.readiness.actions.policies import (
    say_policies,
)
from serai.readiness.actions.prices import (
    PriceFacts,
    record_prices,
)
from serai.readiness.actions.testing import (
    TestAnswer,
    TestRefused,
    WantedTest,
    expire_tickets,
    issue_ticket,
    purge_series,
    take_in_run,
    void_run,
)

__all__ = [
    "EnteredRun",
    "Faulty",
    "PointFacts",
    "PriceFacts",
    "Refused",
    "TestAnswer",
    "TestRefused",
    "WantedTest",
    "copy_edition",
    "delete_draft",
    "doubts",
    "draft_from_file",
    "edit_criterion",
    "edit_event_row",
    "edit_package",
    "edit_weights",
    "enter_run",
    "expire_tickets",
    "import_runs",
    "issue_ticket",
    "keep_point",
    "publish",
    "purge_series",
    "put_framework",
    "put_tiers",
    "record_prices",
    "replace_tiers",
    "say_policies",
    "take_in_run",
    "void_run",
]
