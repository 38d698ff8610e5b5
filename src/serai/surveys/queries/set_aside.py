"""Answers that a later version of the form has no place for: rows, listed for the lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from serai.surveys.models import Answer, Response

# How the row after it is named tells what became of an answer.
CARRIED, ASIDE, MOVED = "carry", "aside", "moved"


@dataclass(frozen=True)
class SetAsideRow:
    """One answer that found no place."""

    path: str
    entry: str
    value: str
    reason: str
    at: datetime | None
    version: str


def set_aside(response: Response, through: int | None = None) -> list[SetAsideRow]:
    """Return a response's answers that were set aside, the earliest first; two queries.

    `through` names the newest answer that counts; None for all.
    """
    marks = response.answers.filter(client_id__startswith=f"{ASIDE}:").order_by("id")
    if through is not None:
        marks = marks.filter(pk__lte=through)
    places = [(one.path, one.entry, one.pk) for one in marks]
    rows = _by_place(response, {path for path, _entry, _pk in places})
    found = []
    for path, entry, pk in places:
        before = [one for one in rows.get((path, entry), ()) if one.pk < pk]
        if before and (before[-1].value or before[-1].reason):
            found.append(before[-1])
    return [
        SetAsideRow(one.path, one.entry, one.value, one.reason, one.at, one.form_version.version)
        for one in sorted(found, key=lambda one: one.pk)
    ]


def _by_place(response: Response, paths: Iterable[str]) -> dict[tuple[str, str], list[Answer]]:
    rows: dict[tuple[str, str], list[Answer]] = {}
    answers = response.answers.filter(path__in=list(paths)).select_related("form_version")
    for one in answers.defer("form_version__xform", "form_version__sheets").order_by("id"):
        rows.setdefault((one.path, one.entry), []).append(one)
    return rows
