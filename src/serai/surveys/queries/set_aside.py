"""Answers that a later version of the form has no place for: rows, listed for the lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from serai.calc.xforms import FormState, Ref
from serai.surveys.models import Answer, FormVersion, Response
from serai.surveys.queries.choices import every_choice
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.reading import opened
from serai.surveys.states import Reason
from serai.surveys.states.words import word

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
    version_id: int


@dataclass(frozen=True)
class SetAsideShown:
    """One answer that found no place, in words."""

    question: str
    answer: str
    version: str
    at: datetime | None


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
        SetAsideRow(
            one.path,
            one.entry,
            one.value,
            one.reason,
            one.at,
            one.form_version.version,
            one.form_version_id,
        )
        for one in sorted(found, key=lambda one: one.pk)
    ]


def set_aside_shown(response: Response, language: str) -> list[SetAsideShown]:
    """Return the same as their lead reads them: the question's text, the answer in words."""
    rows = set_aside(response)
    wanted = {one.version_id for one in rows}
    versions = FormVersion.objects.select_related("survey").filter(pk__in=wanted).order_by("id")
    states = {one.pk: opened(one, compiled(one), language) for one in versions}
    return [SetAsideShown(*_said(states[one.version_id], one), one.version, one.at) for one in rows]


def _said(state: FormState, row: SetAsideRow) -> tuple[str, str]:
    """Return a question's text and an answer in words, as far as the version has them."""
    spec = state.form.spec(row.path)
    entry = f"r{spec.repeat}" if spec.repeat >= 0 else ""
    label = state.label(spec.control, entry).strip() if spec.control is not None else ""
    answer = row.value
    if row.reason:
        answer = word(Reason(row.reason))
    elif choices := dict(every_choice(state, Ref(row.path, entry))):
        answer = ", ".join(choices.get(one) or one for one in row.value.split())
    return label or row.path, answer


def _by_place(response: Response, paths: Iterable[str]) -> dict[tuple[str, str], list[Answer]]:
    rows: dict[tuple[str, str], list[Answer]] = {}
    answers = response.answers.filter(path__in=list(paths)).select_related("form_version")
    for one in answers.defer("form_version__xform", "form_version__sheets").order_by("id"):
        rows.setdefault((one.path, one.entry), []).append(one)
    return rows
