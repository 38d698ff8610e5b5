"""A form in the browser beside the same form in Python."""

from typing import Any

from serai.calc.xforms.check import IssueKind, check_one
from serai.calc.xforms.flow import ref_of
from serai.calc.xforms.form import CHOICES
from serai.calc.xforms.frames import Cell, all_frames
from serai.calc.xforms.state import FormState
from serai.calc.xforms.wire import Wire, is_within, wire
from serai.calc.xforms.wire_state import server_results, wire_state
from serai.calc.xforms.wording import offered_values


class Twin:
    """The browser's copy of a response."""

    def __init__(self, page, state: FormState, section: str = "") -> None:
        self.page = page
        self.logic = wire(state.form, section or state.form.specs[0].path)
        self.seen: list[Any] = []
        self.open(state)

    def open(self, state: FormState) -> None:
        """Hand a response over, as a page does when it loads."""
        asked = {"logic": self.logic.json, "state": wire_state(state, self.logic)}
        self.seen = self.page.evaluate("asked => harness.opened(asked)", asked)

    def set(self, cell: Cell, state: FormState) -> None:
        """Take over a cell's answer as it stands in Python, with what the server adds."""
        asked = {
            "path": cell.spec.path,
            "place": cell.frame.place(),
            "text": cell.text,
            "results": server_results(state, self.logic),
        }
        self.seen = self.page.evaluate("asked => harness.changed(asked)", asked)

    def difference(self, state: FormState) -> str:
        """Return where browser and Python differ, "" where they do not."""
        wanted, got = snapshot(state, self.logic), {key(one): one[2:] for one in self.seen}
        said = [
            f"{one}: browser {got.get(one)}, Python {wanted.get(one)}"
            for one in wanted.keys() | got.keys()
            if wanted.get(one) != got.get(one)
        ]
        return "; ".join(sorted(said))


def key(said: list[Any]) -> str:
    return f"{said[0]} {said[1]}"


def snapshot(state: FormState, logic: Wire) -> dict[str, list[Any]]:
    """Return what the browser should know; what a field beyond the section requires is not its own."""
    fields = logic.index
    rules = [rule for stage in logic.json["stages"] for rule in stage[2:]]
    checked = {rule[0] for rule in rules if rule[1] == "constraint"}
    filtered = {rule[0] for rule in rules if rule[1] == CHOICES}
    cells = [
        cell
        for frame in all_frames(state.flow.root)
        for cell in frame.cells
        if cell.spec.index in fields
    ]
    return {
        f"{fields[cell.spec.index]} {list(cell.frame.place())}": [
            "" if cell.spec.is_group else cell.text,
            cell.relevant,
            cell.readonly,
            cell.required and is_within(cell.spec, logic.section),
            fields[cell.spec.index] in checked and is_broken(state, cell),
            offered_values(cell, state.focus(cell))
            if fields[cell.spec.index] in filtered
            else None,
        ]
        for cell in cells
    }


def is_broken(state: FormState, cell: Cell) -> bool:
    return any(one.kind == IssueKind.CONSTRAINT for one in check_one(state, ref_of(cell)))
