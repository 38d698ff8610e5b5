"""Runs the reference scripts over forms: see vectors/README.md for their source and format."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.calc.xforms.xpath_vectors import VECTORS, env

from serai.calc.xforms.answers import FALSE, TRUE
from serai.calc.xforms.check import IssueKind, check_one
from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.form import Control
from serai.calc.xforms.frames import Cell, Frame
from serai.calc.xforms.state import FormState, open_form

_STEP = re.compile(r"([^\[]+)(?:\[(\d+)\])?")


@dataclass(frozen=True)
class Script:
    """One reference script, with its number in the file."""

    name: str
    said: dict[str, Any]


@cache
def scripts() -> tuple[Script, ...]:
    found = json.loads((VECTORS / "form-scenarios.json").read_text("utf-8"))["cases"]
    return tuple(
        Script(f"{number}:{said['file']}:{said['test']}", said) for number, said in enumerate(found)
    )


def problem(script: Script) -> str:
    """Run a script; return the first expectation that does not hold, "" if all do."""
    stage = Stage()
    for number, step in enumerate(script.said["steps"]):
        if "do" in step:
            stage.do(step)
        elif wrong := stage.expect(step):
            return f"step {number}: {wrong}"
    return ""


class Stage:
    """A form being filled by a script."""

    def __init__(self) -> None:
        self.state: FormState
        self.cursor = ""

    def do(self, step: dict[str, Any]) -> None:
        kind = step["do"]
        if kind == "init":
            form = compile_form(step["xml"])
            self.state = open_form(form, {}, None, env(), first=True)
        elif kind == "next":
            self.cursor = step["ref"]
        elif kind in {"answer", "answerCurrent"}:
            cell = self.cell(step.get("ref") or self.cursor)
            self.state.set(Ref(cell.spec.path, cell.frame.key), written(step["value"], cell))
        elif kind == "createNewRepeat":
            frame, path = self.range(step["ref"] or self.cursor)
            self.state.add_entry(path, frame.key)
        elif kind == "removeRepeat":
            self.state.remove_entry(self.cell(step["ref"]).frame.key)
        elif kind == "setLanguage":
            self.state.set_language(step["lang"])
        else:
            raise ValueError(kind)

    def walk(self, ref: str) -> tuple[Frame, str]:
        """Follow a path with positions; return the frame it ends in and the plain path."""
        frame, path = self.state.flow.root, ""
        for part in ref.strip("/").split("/"):
            name, place = _STEP.fullmatch(part).groups()
            path += f"/{name}"
            index = self.state.form.specs[self.state.form.by_path[path]].repeat
            if index >= 0 and index in frame.entries:
                frame = frame.entries[index][int(place or 1) - 1]
        return frame, path

    def cell(self, ref: str) -> Cell:
        frame, path = self.walk(ref)
        return self.state.cell(Ref(path, frame.key))

    def range(self, ref: str) -> tuple[Frame, str]:
        """Return the frame around a repeat, and the repeat's path."""
        above, _, name = ref.rpartition("/")
        name = name.partition("[")[0]
        frame, path = self.walk(above)
        return frame, f"{path}/{name}"

    def control(self, ref: str) -> Control:
        path = re.sub(r"\[\d+\]", "", ref)
        spec = self.state.form.by_path[path]
        return next(one for one in all_controls(self.state.form.controls) if one.spec == spec)

    # ------------------------------------------------------------------ expectations

    def expect(self, step: dict[str, Any]) -> str:
        said, matcher = step["expect"], step["matcher"]
        holds = getattr(self, f"is_{said['kind']}")(said, matcher, step["args"])
        if holds is not step["not"]:
            return ""
        shown = self.shown(said)
        return f"{said['ref']} {'not ' if step['not'] else ''}{matcher} {step['args']}: {shown}"

    def shown(self, said: dict[str, Any]) -> str:
        if said["kind"] == "countRepeat":
            return str(self.count(said["ref"]))
        try:
            return repr(self.value(said["ref"]))
        except (KeyError, IndexError) as fault:
            return repr(fault)

    def value(self, ref: str) -> str:
        cell = self.cell(ref)
        return self.state.value(Ref(cell.spec.path, cell.frame.key))

    def is_answerOf(self, said, matcher, args) -> bool:  # noqa: N802
        if "Message" in matcher:
            return self.has_message(self.cell(said["ref"]), matcher, args)
        got = self.value(said["ref"])
        if matcher == "toStartWith":
            return got.startswith(args[0])
        if matcher == "toHaveAnswerCloseTo":
            value, tolerance = args[0]["value"]
            if value is None:  # lost on the way from code to data
                return False
            return abs(float(got) - value) <= tolerance
        return equals(got, args[0])

    def has_message(self, cell: Cell, matcher, args) -> bool:
        issues = check_one(self.state, Ref(cell.spec.path, cell.frame.key))
        kinds = {
            "Constraint": {IssueKind.CONSTRAINT},
            "Required": {IssueKind.REQUIRED},
            "Validity": {IssueKind.CONSTRAINT, IssueKind.REQUIRED},
        }
        wanted = next(kinds[word] for word in kinds if word in matcher)
        messages = [issue.message for issue in issues if issue.kind in wanted]
        if "Default" in matcher:
            return messages == [""]
        return messages == ([] if args[0] is None else [args[0]])

    def is_attributeOf(self, said, matcher, args) -> bool:  # noqa: N802
        name = said.get("name") or args[0]
        return self.cell(said["ref"]).attribute(name) == args[-1]

    def count(self, ref: str) -> int:
        frame, path = self.range(ref)
        return len(self.state.entries(path, frame.key))

    def is_countRepeat(self, said, matcher, args) -> bool:  # noqa: N802
        return self.count(said["ref"]) == args[0]

    def is_choicesOf(self, said, matcher, args) -> bool:  # noqa: N802
        cell = self.cell(said["ref"])
        offered = self.state.choices(Ref(cell.spec.path, cell.frame.key))
        wanted = {tuple(one["value"]) for one in args[0]}
        return wanted <= {(one.value, one.label) for one in offered}

    def is_node(self, said, matcher, args) -> bool:
        ref = said["ref"]
        if "Class" in matcher:
            classes = self.state.form.body_classes
            if matcher == "toYieldClasses":
                return list(classes) == args[0]
            return (args[0] in classes) is (matcher == "toHaveClass")
        if "Appearance" in matcher:
            control = self.control(ref)
            if matcher == "toYieldAppearances":
                return list(control.with_aliases()) == args[0]
            return (args[0] in control.with_aliases()) is (matcher == "toHaveAppearance")
        cell = self.cell(ref)
        return {
            "toBeRelevant": cell.relevant,
            "toBeNonRelevant": not cell.relevant,
            "toBeEnabled": not cell.readonly,
            "toBeReadonly": cell.readonly,
        }[matcher]


def all_controls(controls: list[Control]) -> Iterator[Control]:
    for one in controls:
        yield one
        yield from all_controls(one.children)


def written(value: object, cell: Cell) -> str:
    """Write a script's answer as a form would store it."""
    is_trigger = cell.spec.control is not None and cell.spec.control.kind == "trigger"
    if isinstance(value, bool):
        return ("OK" if value else "") if is_trigger else str(int(value))
    if isinstance(value, list):
        return " ".join(value)
    return str(value)


def equals(got: str, wanted: object) -> bool:
    if not isinstance(wanted, dict):
        return got == wanted
    value = wanted["value"]
    if wanted["type"] == "booleanAnswer":
        return got in (TRUE if value else FALSE)
    if got == value:
        return True
    # Upstream compares what both sides mean: the text 0.0 is the number 0.
    try:
        return float(got) == float(value)
    except ValueError:
        return False
