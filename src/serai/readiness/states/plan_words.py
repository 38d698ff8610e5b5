"""The words of plans, deliveries, events and help."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serai.base.shown import Mark
from serai.calc.readiness.problem import NO_EVENT
from serai.readiness.states import RunState

RUN_TONES: Mapping[RunState, str] = {
    RunState.QUEUED: "planned",
    RunState.RUNNING: "part",
    RunState.DONE: "done",
    RunState.INFEASIBLE: "wrong",
    RunState.TIMED_OUT: "attention",
    RunState.FAILED: "wrong",
}
WORDS: Mapping[StrEnum, object] = {
    RunState.QUEUED: pgettext_lazy("plan", "Waiting"),
    RunState.RUNNING: pgettext_lazy("plan", "Being solved"),
    RunState.DONE: pgettext_lazy("plan", "Solved"),
    RunState.INFEASIBLE: pgettext_lazy("plan", "Not possible"),
    RunState.TIMED_OUT: pgettext_lazy("plan", "Time ran out"),
    RunState.FAILED: pgettext_lazy("plan", "Failed"),
}
NO_EVENT_WORDS = _("none")


def run_mark(state: str) -> Mark:
    """Return the mark of a run's state."""
    found = RunState(state)
    return Mark(RUN_TONES[found], str(WORDS[found]))


def event_word(code: str) -> str:
    """Write an event's code; words where there is none."""
    return str(NO_EVENT_WORDS) if code in {"", NO_EVENT} else code
