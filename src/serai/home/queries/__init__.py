"""Every read of the room home."""

from serai.home.queries.keeping import (
    AuditRow,
    JobRow,
    LetterRow,
    StatusPage,
    audit_entries,
    box,
    job,
    jobs,
    letter,
    letters_of,
    status_page,
)
from serai.home.queries.pages import (
    HomePage,
    KeeperPage,
    home_page,
    keeper_page,
    said,
    sections,
    todos_of,
)

__all__ = [
    "AuditRow",
    "HomePage",
    "JobRow",
    "KeeperPage",
    "LetterRow",
    "StatusPage",
    "audit_entries",
    "box",
    "home_page",
    "job",
    "jobs",
    "keeper_page",
    "letter",
    "letters_of",
    "said",
    "sections",
    "status_page",
    "todos_of",
]
