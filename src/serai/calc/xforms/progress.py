"""How complete and how substantive the answers of a response are."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from serai.calc.xforms.check import Issue
from serai.calc.xforms.flow import Ref, ref_of
from serai.calc.xforms.frames import Cell, Frame
from serai.calc.xforms.state import FormState


class Progress(StrEnum):
    """How far a section, or an entry of it, has come."""

    NOT_VISITED = "not_visited"
    UNANSWERED = "unanswered"
    REQUIRED_MISSING = "required_missing"
    REQUIRED_DONE = "required_done"
    ALL_ANSWERED = "all_answered"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much is answered, and how much of it says something.

    Attributes:
        completeness: share of weight answered, by a value or a reason, 0 to 1; None where
            nothing is asked.
        sufficiency: share of weight with a substantive answer, 0 to 1; None likewise.
        progress: how far it has come.
        insubstantive: questions without a substantive answer, heaviest first.
    """

    completeness: float | None
    sufficiency: float | None
    progress: Progress
    insubstantive: tuple[Ref, ...]


def completeness(
    state: FormState,
    issues: Iterable[Issue],
    reasons: Iterable[Ref] = (),
    *,
    within: str = "",
    entry: str | None = None,
    is_visited: bool = True,
    weights: Mapping[str, float] | None = None,
) -> Completeness:
    """Say how complete and how substantive the answers of a part are.

    Args:
        state: the response, calculated.
        issues: open issues; an answer with one is not substantive.
        reasons: questions for which a reason stands instead of an answer.
        within: path of the section; "" for the whole form.
        entry: key of an entry, to count only the questions inside it; None for all.
        is_visited: whether anyone has opened the part.
        weights: weight by path, over those of the form.
    Returns:
        C = sum(w answered) / sum(w), S = sum(w substantive) / sum(w), over relevant questions
        that people can answer.
    Source: docs/methods/xforms.md, "Completeness and sufficiency".
    """
    asked = [one for one in asked_of(state, weights) if _is_within(one.cell, within, entry)]
    return completeness_of(state, asked, issues, reasons, is_visited=is_visited)


class Asked(NamedTuple):
    """A question that people can answer now, and its weight."""

    cell: Cell
    ref: Ref
    weight: float


def asked_of(state: FormState, weights: Mapping[str, float] | None = None) -> list[Asked]:
    """Return the questions that people can answer now, in the order of the form.

    Args:
        state: the response, calculated.
        weights: weight by path, over those of the form.
    """
    given = weights or {}
    return [
        Asked(cell, ref_of(cell), given.get(cell.spec.path, cell.spec.weight))
        for cell in state.cells()
        if _is_asked(cell)
    ]


def completeness_of(
    state: FormState,
    asked: Collection[Asked],
    issues: Iterable[Issue],
    reasons: Iterable[Ref] = (),
    *,
    is_visited: bool = True,
) -> Completeness:
    """Say how complete and how substantive the answers to some questions are; see `completeness`."""
    broken = {issue.ref for issue in issues}
    excused = set(reasons)
    known = {one.ref for one in asked if one.cell.text or one.ref in excused}
    substantive = {
        one.ref
        for one in asked
        if one.cell.text and one.ref not in broken and not _says_nothing(state, one.cell)
    }
    missing = [one for one in asked if one.ref not in substantive]
    missing.sort(key=lambda one: -one.weight)
    total = sum(one.weight for one in asked)
    return Completeness(
        _share(asked, known, total),
        _share(asked, substantive, total),
        _progress(asked, known, is_visited=is_visited),
        tuple(one.ref for one in missing),
    )


def _is_asked(cell: Cell) -> bool:
    spec = cell.spec
    return (
        spec.control is not None
        and not spec.children
        and cell.relevant
        and not cell.readonly
        and "calculate" not in spec.rules
    )


def _is_within(cell: Cell, within: str, entry: str | None) -> bool:
    path = cell.spec.path
    if within and path != within and not path.startswith(f"{within}/"):
        return False
    return entry is None or entry in _entries_around(cell.frame)


def _entries_around(frame: Frame) -> Iterator[str]:
    around: Frame | None = frame
    while around is not None:
        yield around.key
        around = around.parent


def _says_nothing(state: FormState, cell: Cell) -> bool:
    control = cell.spec.control
    if control is None or not (control.items or control.itemset):
        return False
    marked = {one.value for one in state.choices(ref_of(cell)) if one.is_no_information}
    values = cell.text.split()
    return bool(values) and marked.issuperset(values)


def _share(asked: Collection[Asked], refs: set[Ref], total: float) -> float | None:
    if not asked or not total:
        return None
    return sum(one.weight for one in asked if one.ref in refs) / total


def _progress(asked: Collection[Asked], answered: set[Ref], *, is_visited: bool) -> Progress:
    if not asked:
        return Progress.NOT_APPLICABLE
    done = [one.ref in answered for one in asked]
    if not any(done):
        return Progress.UNANSWERED if is_visited else Progress.NOT_VISITED
    if all(done):
        return Progress.ALL_ANSWERED
    if any(one.cell.required and one.ref not in answered for one in asked):
        return Progress.REQUIRED_MISSING
    return Progress.REQUIRED_DONE
