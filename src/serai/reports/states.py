"""What a report run may become, and who moves it."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class RunState(StrEnum):
    """The life of one report run."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CLEARED = "cleared"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


STATE_WORDS: Mapping[RunState, object] = {
    RunState.DRAFT: _("Draft"),
    RunState.IN_REVIEW: _("In review"),
    RunState.CLEARED: _("Cleared, not yet issued"),
    RunState.ISSUED: _("Issued"),
    RunState.WITHDRAWN: _("Withdrawn"),
}


class FileFormat(StrEnum):
    """The formats a run is issued in."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


ALLOWED: dict[RunState, frozenset[RunState]] = {
    RunState.DRAFT: frozenset({RunState.IN_REVIEW, RunState.WITHDRAWN}),
    RunState.IN_REVIEW: frozenset({RunState.DRAFT, RunState.CLEARED, RunState.WITHDRAWN}),
    RunState.CLEARED: frozenset({RunState.ISSUED, RunState.IN_REVIEW, RunState.WITHDRAWN}),
    RunState.ISSUED: frozenset({RunState.WITHDRAWN}),
    RunState.WITHDRAWN: frozenset(),
}

OWNER: dict[RunState, str] = {
    RunState.DRAFT: "officer",
    RunState.IN_REVIEW: "coordinator",
    RunState.CLEARED: "coordinator",
    RunState.ISSUED: "coordinator",
    RunState.WITHDRAWN: "nobody",
}

REMARK_DAYS = 5  # working days that focal points have for remarks on their country's block
STALE_DAYS = 30  # a note older than this is offered with a warning
