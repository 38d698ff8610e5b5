"""What is wrong with a response as it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from serai.calc.xforms.answers import fits
from serai.calc.xforms.flow import Ref, ref_of
from serai.calc.xforms.focus import CannotEvaluate, Focus
from serai.calc.xforms.frames import Cell, all_frames
from serai.calc.xforms.state import FormState
from serai.calc.xforms.wording import message_text, offered_values

_ONE, _MANY = {"select1"}, {"select", "rank"}


class IssueKind(StrEnum):
    """What is wrong with an answer."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"
    TYPE = "type"
    CHOICE = "choice"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong.

    Attributes:
        ref: the answer it is about.
        kind: what is wrong.
        message: the form's own words in the active language; "" where it has none.
    """

    ref: Ref
    kind: IssueKind
    message: str = ""


def check(state: FormState) -> list[Issue]:
    """Return all that is wrong with a response.

    Args:
        state: the response, calculated.
    Returns:
        Issues in the order of the form; absent fields have none, unknown answers come last.
    """
    found: list[Issue] = []
    focus = state.flow.focus
    for frame in all_frames(state.flow.root):
        focus.scope = frame
        for cell in frame.cells:
            if cell.relevant and not cell.spec.children:
                if cell.text:
                    found.extend(_answered(cell, focus))
                elif cell.required:
                    found.append(_issue(cell, IssueKind.REQUIRED, focus))
    found.extend(Issue(ref, IssueKind.UNKNOWN, text) for ref, text in state.unknown.items())
    return found


def check_one(state: FormState, ref: Ref) -> list[Issue]:
    """Return what is wrong with one answer."""
    cell = state.cell(ref)
    if not cell.relevant or cell.spec.is_group:
        return []
    focus = state.flow.focus
    focus.scope = cell.frame
    if cell.text:
        return list(_answered(cell, focus))
    return [_issue(cell, IssueKind.REQUIRED, focus)] if cell.required else []


def _answered(cell: Cell, focus: Focus) -> Iterator[Issue]:
    spec = cell.spec
    if spec.type != "string" and not fits(cell.text, spec.type, focus.rules):
        yield _issue(cell, IssueKind.TYPE, focus)
    if spec.control is not None and spec.control.kind in _ONE | _MANY:
        yield from _chosen(cell, focus)
    if spec.constraint is not None:
        focus.node = focus.current = cell
        focus.scope = cell.frame
        try:
            is_kept = spec.constraint(focus)
        except CannotEvaluate:
            is_kept = False
        if not is_kept:
            yield _issue(cell, IssueKind.CONSTRAINT, focus)


def _chosen(cell: Cell, focus: Focus) -> Iterator[Issue]:
    control = cell.spec.control
    if control is None or not (control.items or control.itemset):
        return
    focus.node = focus.current = cell
    offered = set(offered_values(cell, focus))
    values = [cell.text] if control.kind in _ONE else cell.text.split()
    if not offered.issuperset(values):
        yield _issue(cell, IssueKind.CHOICE, focus)


def _issue(cell: Cell, kind: IssueKind, focus: Focus) -> Issue:
    written = cell.spec.messages.get(kind.value, "")
    if written:
        focus.node = focus.current = cell
        written = message_text(written, cell.spec.index, focus)
    return Issue(ref_of(cell), kind, written)
