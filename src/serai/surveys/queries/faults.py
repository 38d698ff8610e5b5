"""What is wrong with a form that was handed in: kept as codes, said in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from serai.base.xlsform import Problem

SHEETS, ROOM, ENGINE = "sheets", "room", "engine"

# What only the survey knows, not the sheets by themselves.
SENTENCES: Mapping[str, Promise | str] = {
    "form_id_other": _(
        "The form is called “{given}”, but this survey's form is called “{known}”. "
        "Write that name, or make another survey."
    ),
    "form_id_taken": _(
        "Another survey's form is called “{given}”. Write a name of its own, such as “{known}”."
    ),
    "version_known": _("Version “{given}” is here already. Write another one, such as “{known}”."),
    "too_long": _("“{given}” has more than {most} signs. Shorten it."),
    "restless": _(
        "“{given}” is calculated from other entries that are calculated from it: this never comes "
        "to rest. Let an entry read only those before it, or a question outside the repeat."
    ),
    "endless": _(
        "Reading the form was stopped: it took more than {most} seconds, or too much memory. "
        "Look for a calculation or condition that goes through a long list again and again."
    ),
    "archived": _("The survey is archived: it takes no new versions."),
}


@dataclass(frozen=True)
class ProblemRow:
    """One thing wrong, where it stands.

    Attributes:
        row: as the spreadsheet counts; 0 for the sheet as a whole.
        text: what is wrong and what to do.
        is_english: the engine said it, which knows no other language.
    """

    sheet: str
    row: int
    column: str
    text: str
    is_english: bool = False


def from_sheets(problem: Problem) -> dict[str, Any]:
    """Return what is kept of a problem that the sheets' reader found."""
    return {
        "from": SHEETS, "code": problem.code, "sheet": problem.sheet, "row": problem.row,
        "column": problem.column, "values": dict(problem.values),
    }  # fmt: skip


def from_room(
    code: str, sheet: str = "", row: int = 0, column: str = "", **values: object
) -> dict[str, Any]:
    """Return what is kept of a problem that only the survey knows."""
    said = {key: str(value) for key, value in values.items()}
    return {"from": ROOM, "code": code, "sheet": sheet, "row": row, "column": column,
            "values": said}  # fmt: skip


def from_engine(path: str, reason: str, row: int) -> dict[str, Any]:
    """Return what is kept of a fault that the engine found."""
    return {"from": ENGINE, "code": "engine", "sheet": "survey" if row else "", "row": row,
            "column": "", "values": {"path": path, "reason": reason}}  # fmt: skip


def shown(kept: Mapping[str, Any]) -> ProblemRow:
    """Say a kept problem in the reader's language."""
    place = kept["sheet"], kept["row"], kept["column"]
    values = kept["values"]
    if kept["from"] == ENGINE:
        path, reason = values["path"], values["reason"]
        return ProblemRow(*place, f"{path}: {reason}" if path else reason, is_english=True)
    if kept["from"] == ROOM:
        return ProblemRow(*place, str(SENTENCES[kept["code"]]).format_map(values))
    return ProblemRow(*place, Problem(kept["code"], *place, tuple(values.items())).sentence)
