"""Every change of a report run."""

from serai.reports.actions.documents import (
    MEDIA_TYPES,
    build,
    documents_in,
    draft_file,
    programme_day,
    sha256,
    snapshot,
)
from serai.reports.actions.files import findable, finish_run, make_files, verify_files
from serai.reports.actions.findings import findings
from serai.reports.actions.narratives import (
    OPEN_TO_CHANGES,
    EditedMeanwhile,
    take_latest_note,
    write_narrative,
)
from serai.reports.actions.papers import put_on_agenda
from serai.reports.actions.rebuilding import ask_rebuild, keep_rebuilt, rebuild
from serai.reports.actions.remarks import answer_remark, remark_on_block
from serai.reports.actions.repeats import standing_run
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
from serai.reports.actions.unissued import make_unissued, next_meeting

__all__ = [
    "MEDIA_TYPES",
    "OPEN_TO_CHANGES",
    "CannotMove",
    "EditedMeanwhile",
    "answer_remark",
    "ask_rebuild",
    "build",
    "clear_run",
    "correct_run",
    "documents_in",
    "draft_file",
    "findings",
    "findable",
    "finish_run",
    "issue_run",
    "keep_rebuilt",
    "make_files",
    "make_unissued",
    "next_meeting",
    "programme_day",
    "put_on_agenda",
    "rebuild",
    "remark_on_block",
    "reopen_run",
    "send_to_review",
    "sha256",
    "snapshot",
    "standing_run",
    "start_run",
    "take_latest_note",
    "verify_files",
    "withdraw_run",
    "write_narrative",
]
