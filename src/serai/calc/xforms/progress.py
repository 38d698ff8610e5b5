"""How complete and how substantive the answers of a response are."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

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
    only: Collection[str] | None = None,
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
        only: paths of the questions to count; None for all.
        entry: key of an entry, to count only the questions inside it; None for all.
        is_visited: whether anyone has opened the part.
        weights: weight by path, over those of the form.
    Returns:
        C = sum(w answered) / sum(w), S = sum(w substantive) / sum(w), over relevant questions
        that people can answer.
    Source: docs/methods/xforms.md, "Completeness and sufficiency".
    """
    broken = {issue.ref for issue in issues}
    excused = set(reasons)
    counted: list[tuple[Cell, Ref, float]] = []
    for cell in state.cells():
        if _is_within(cell, within, only, entry) and _is_asked(cell):
            weight = (weights or {}).get(cell.spec.path, cell.spec.weight)
            counted.append((cell, ref_of(cell), weight))
    total = sum(weight for *_, weight in counted)
    answered = [ref for cell, ref, _ in counted if cell.text or ref in excused]
    substantive = {
        ref
        for cell, ref, _ in counted
        if cell.text and ref not in broken and not _says_nothing(state, cell)
    }
    known = set(answered)
    missing = [one for one in counted if one[1] not in substantive]
    missing.sort(key=lambda one: -one[2])
    return Completeness(
        _share(counted, known, total),
        _share(counted, substantive, total),
        _progress(counted, known, is_visited=is_visited),
        tuple(ref for _, ref, _ in missing),
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


def _is_within(cell: Cell, within: str, only: Collection[str] | None, entry: str | None) -> bool:
    path = cell.spec.path
    if within and path != within and not path.startswith(f"{within}/"):
        return False
    if only is not None and path not in only:
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


def _share(counted: list[tuple[Cell, Ref, float]], refs: set[Ref], total: float) -> float | None:
    if not counted or not total:
        return None
    return sum(weight for _, ref, weight in counted if ref in refs) / total


def _progress(
    counted: list[tuple[Cell, Ref, float]], answered: set[Ref], *, is_visited: bool
) -> Progress:
    if not counted:
        return Progress.NOT_APPLICABLE
    done = [ref in answered for _, ref, _ in counted]
    if not any(done):
        return Progress.UNANSWERED if is_visited else Progress.NOT_VISITED
    if all(done):
        return Progress.ALL_ANSWERED
    if any(cell.required and ref not in answered for cell, ref, _ in counted):
        return Progress.REQUIRED_MISSING
    return Progress.REQUIRED_DONE
