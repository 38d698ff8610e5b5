"""Every change of a report run."""

from serai.reports.actions.making import (
    finish_run,
    make_files,
    make_unissued,
    sha256,
    verify_files,
)
from serai.reports.actions.narratives import EditedMeanwhile, take_latest_note, write_narrative
from serai.reports.actions.remarks import answer_remark, remark_on_block
from serai.reports.actions.runs import (
    CannotMove,
    clear_run,
    correct_run,
    issue_run,
    reopen_run,
    send_to_review,
    start_run,
    withdraw_run,
)

__all__ = [
    "CannotMove",
    "EditedMeanwhile",
    "answer_remark",
    "clear_run",
    "correct_run",
    "finish_run",
    "issue_run",
    "make_files",
    "make_unissued",
    "remark_on_block",
    "reopen_run",
    "send_to_review",
    "sha256",
    "start_run",
    "take_latest_note",
    "verify_files",
    "withdraw_run",
    "write_narrative",
]
