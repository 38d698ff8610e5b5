"""Runs the reference scripts in Python and, beside it, in the browser."""

from typing import Any

from tests.calc.xforms.scenarios import Script, Stage
from tests.surveys.browser.twin import Twin


class Pair(Stage):
    """A script's form in Python, with its twin; what changes entries or language reloads the page."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.twin: Twin

    def do(self, step: dict[str, Any]) -> None:
        super().do(step)
        if step["do"] == "init":
            self.twin = Twin(self.page, self.state)
        elif step["do"] in {"answer", "answerCurrent"}:
            self.twin.set(self.cell(step.get("ref") or self.cursor), self.state)
        elif step["do"] != "next":
            self.twin.open(self.state)


def difference(page, script: Script) -> tuple[str, bool]:
    """Return the first difference of a script, and whether the whole form is the browser's."""
    pair = Pair(page)
    is_whole = True
    for number, step in enumerate(script.said["steps"]):
        if "do" in step:
            pair.do(step)
            is_whole = is_whole and not pair.twin.logic.server
            if said := pair.twin.difference(pair.state):
                return f"step {number}: {said}", is_whole
    return "", is_whole
