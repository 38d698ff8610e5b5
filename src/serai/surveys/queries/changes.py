"""What is missing from a response, and what changed since it was last signed or cleared."""

from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.calc.xforms import IssueKind, Ref
from serai.surveys import access
from serai.surveys.models import Response
from serai.surveys.queries.filling import (
    Filling,
    Stands,
    given_back,
    heads_at,
    page_entry,
    problems_of,
)
from serai.surveys.queries.forms import heading, part_of
from serai.surveys.queries.let_out import numbers_let_out
from serai.surveys.queries.rows import told_words, wrong_words
from serai.surveys.queries.sections import filling_for, name_of
from serai.surveys.states import Reason
from serai.surveys.states.words import word


@dataclass(frozen=True)
class Missing:
    """One answer that keeps a response from being handed in.

    Attributes:
        slug, entry: the page it stands on.
        name: its field there.
        is_wrong: it is given, and not right.
    """

    slug: str
    entry: str
    name: str
    section: str
    question: str
    sentence: str
    is_wrong: bool


@dataclass(frozen=True)
class Changed:
    """One answer that differs from what was signed or cleared before."""

    question: str
    before: str
    after: str


def missing(viewer: Viewer, found: Response, now: datetime) -> list[Missing]:
    """Return what keeps a response from being handed in, in the order of its pages."""
    filling = filling_for(viewer, found, now)
    rows = missing_in(filling)
    if access.reads_through(viewer, found) is None:
        given_back(found, filling)
    return rows


def missing_in(filling: Filling) -> list[Missing]:
    """Return what is missing or not right in a response that is open."""
    rows = []
    answers = filling.state.answers()
    for issue in problems_of(filling):
        part = part_of(filling.form, issue.ref.path)
        if part is None:
            continue
        rows.append(
            Missing(
                slug=part.slug,
                entry=page_entry(filling, issue.ref.entry) if part.repeat_path else "",
                name=name_of(issue.ref),
                section=heading(filling.state, part),
                question=question_label(filling, issue.ref),
                sentence=wrong_words(
                    issue, answers.get(issue.ref, ""), filling.form.spec(issue.ref.path).type
                ),
                is_wrong=issue.kind is not IssueKind.REQUIRED,
            )
        )
    return rows


def changes_since(viewer: Viewer, found: Response, now: datetime) -> list[Changed] | None:
    """Return what differs from what was cleared, else from what was signed; None the first time."""
    through = found.cleared_through or _signed_before(found)
    if not through:
        return None
    return _differences(viewer, found, now, through)


def changes_meanwhile(viewer: Viewer, found: Response, now: datetime, seen: int) -> list[Changed]:
    """Return what differs from what a page showed whose newest answer had a number.

    From outside that is the latest state let out by then: no number opens a draft.
    """
    numbers = numbers_let_out(viewer, found)
    if numbers is not None:
        seen = max((one for one in numbers if one <= seen), default=0)
    return _differences(viewer, found, now, seen)


def newest_answer(found: Response) -> int:
    """Return the number of the newest answer; 0 where there is none."""
    return next(iter(found.answers.order_by("-pk").values_list("pk", flat=True)[:1]), 0)


def _differences(viewer: Viewer, found: Response, now: datetime, through: int) -> list[Changed]:
    """Return the answers that differ from those that stood at one."""
    filling = filling_for(viewer, found, now)
    before = heads_at(found, through)
    rows = []
    for ref, stands in filling.heads.items():
        old = before.get(ref)
        if part_of(filling.form, ref.path) is None or _same(old, stands):
            continue
        rows.append(
            Changed(
                question_label(filling, ref),
                _words(filling, ref, old),
                _words(filling, ref, stands),
            )
        )
    if access.reads_through(viewer, found) is None:
        given_back(found, filling)
    return rows


def _signed_before(found: Response) -> int:
    """Return through which answer the last signature but the present one went."""
    rounds = found.signatures.order_by("-round").values_list("last_answer", flat=True)[:2]
    is_signed = found.state == "signed"
    return next(iter(rounds[1 if is_signed else 0 :]), 0)


def _same(old: Stands | None, new: Stands) -> bool:
    if old is None:
        return not new.value and not new.reason
    return (old.value, old.reason) == (new.value, new.reason)


def _words(filling: Filling, ref: Ref, stands: Stands | None) -> str:
    return answer_words(filling, ref, stands.value, stands.reason) if stands else ""


def answer_words(filling: Filling, ref: Ref, value: str, reason: str = "") -> str:
    """Write an answer as its reader knows it: of choices, their labels; of a file, its name."""
    if reason:
        return word(Reason(reason))
    spec = filling.form.spec(ref.path)
    control = spec.control
    if control is None or not value or ref.entry not in filling.state.flow.by_key:
        return told_words(value, spec.type)
    if control.kind == "upload":
        return value.partition(" ")[2]
    if not (control.items or control.itemset):
        return told_words(value, spec.type)
    labels = {one.value: one.label for one in filling.state.choices(ref)}
    return ", ".join(labels.get(one, one) for one in value.split())


def question_label(filling: Filling, ref: Ref) -> str:
    """Return the label of the question at a place."""
    control = filling.form.spec(ref.path).control
    is_there = ref.entry in filling.state.flow.by_key
    return filling.state.label(control, ref.entry) if control and is_there else ref.path
