"""What happens at events: preloads when a response begins, setvalue actions."""

from serai.calc.xforms.answers import as_answer
from serai.calc.xforms.flow import Flow
from serai.calc.xforms.focus import CannotEvaluate
from serai.calc.xforms.form import Action
from serai.calc.xforms.frames import Cell, Frame, all_frames
from serai.calc.xforms.tree import ATTRIBUTE, Node

FIRST_LOAD, LOAD, NEW_REPEAT, VALUE_CHANGED = (
    "odk-instance-first-load",
    "odk-instance-load",
    "odk-new-repeat",
    "xforms-value-changed",
)


def preload(flow: Flow) -> None:
    """Fill what `jr:preload` asks for: ids, times, and properties of the person."""
    for frame in list(all_frames(flow.root)):
        for cell in frame.cells:
            kind = cell.spec.binds.get("jr:preload")
            if kind is not None:
                text = preloaded(flow, kind, cell.spec.binds.get("jr:preloadParams", ""))
                if text is not None:
                    flow.write(cell, text)


def preloaded(flow: Flow, kind: str, parameter: str) -> str | None:
    """Return what a preload gives; None for kinds that leave the field as it is."""
    env, rules = flow.focus.env, flow.rules
    if kind == "uid":
        return f"uuid:{env.new_uuid()}"
    if kind == "date":
        return rules.at(env.now, day_only=True).text
    if kind == "timestamp":
        return rules.at(env.now).text
    if kind == "property":
        return env.user.get(parameter, "")
    return None


def fire(flow: Flow, event: str, frames: list[Frame]) -> None:
    """Run the actions of an event in some frames, one after another.

    Actions of the model and of groups outside repeats run where `frames` holds the form itself;
    those inside a repeat run in its entries.
    """
    for action in flow.form.actions:
        if event not in action.events:
            continue
        repeat = flow.form.specs[action.source].repeat if action.source >= 0 else -1
        for frame in frames:
            if frame.repeat == repeat and not frame.is_gone:
                perform(flow, action, frame, reaches_absent=event == NEW_REPEAT)


def changed(flow: Flow, cell: Cell) -> None:
    """Run the actions that wait for a person's change of a question."""
    for action in flow.form.actions:
        if action.source == cell.spec.index and VALUE_CHANGED in action.events:
            perform(flow, action, cell.frame, reaches_absent=True)


def perform(flow: Flow, action: Action, frame: Frame, *, reaches_absent: bool) -> None:
    """Set what an action sets, read-only or not, and recalculate.

    Loading leaves fields alone that are not relevant then; a person's change reaches them too.
    """
    source = frame.cells[flow.form.specs[action.source].slot if action.source >= 0 else 0]
    try:
        targets: list[Node] = action.targets(flow.at(source, frame))
        for target in list(targets):
            if target.relevant or reaches_absent:
                set_target(flow, action, target)
    except CannotEvaluate as fault:
        path = flow.form.specs[action.target].path
        flow.failures[path, "setvalue"] = str(fault)
    flow.settle()


def set_target(flow: Flow, action: Action, target: Node) -> None:
    """Write an action's value into a cell or attribute; the value is seen from the target."""
    cell = target.parent if target.kind == ATTRIBUTE else target
    if not isinstance(cell, Cell):
        return
    text = action.literal
    if action.value is not None:
        text = action.value(flow.at(cell, cell.frame))
    if target.kind == ATTRIBUTE:
        target.text = text
        flow.mark(cell)
        # Rules of the field itself may read its attributes, which is no dependency on its value.
        for rule in cell.spec.rules.values():
            flow.push(rule, [cell.frame])
        return
    text = as_answer(text, cell.spec.type, flow.rules)
    if text != cell.text:
        cell.asked = text
        flow.write(cell, text)
