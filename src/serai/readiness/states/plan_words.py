"""The words of plans, deliveries, events and help."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serai.base.shown import Mark
from serai.calc.network.change import Verdict as Changed
from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.problem import NO_EVENT
from serai.readiness.states import ProvisionState, RunState
from serai.readiness.states.fact_words import CHOICES

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
PROVISION_TONES: Mapping[ProvisionState, str] = {
    ProvisionState.PROPOSED: "open",
    ProvisionState.AGREED: "planned",
    ProvisionState.ORDERED: "part",
    ProvisionState.DELIVERED: "part",
    ProvisionState.INSTALLED: "part",
    ProvisionState.VERIFIED: "good",
    ProvisionState.CLOSED: "done",
    ProvisionState.CANCELLED: "attention",
}
PROVISION_WORDS: Mapping[ProvisionState, object] = {
    ProvisionState.PROPOSED: pgettext_lazy("delivery", "Proposed"),
    ProvisionState.AGREED: pgettext_lazy("delivery", "Agreed"),
    ProvisionState.ORDERED: pgettext_lazy("delivery", "Ordered"),
    ProvisionState.DELIVERED: pgettext_lazy("delivery", "Delivered"),
    ProvisionState.INSTALLED: pgettext_lazy("delivery", "Installed"),
    ProvisionState.VERIFIED: pgettext_lazy("delivery", "Verified"),
    ProvisionState.CLOSED: pgettext_lazy("delivery", "Closed"),
    ProvisionState.CANCELLED: pgettext_lazy("delivery", "Cancelled"),
}
PROVISION_VERBS: Mapping[ProvisionState, object] = {
    ProvisionState.AGREED: _("The country agrees"),
    ProvisionState.ORDERED: _("It is ordered"),
    ProvisionState.DELIVERED: _("It is delivered"),
    ProvisionState.INSTALLED: _("It is installed"),
    ProvisionState.CLOSED: _("Close it"),
    ProvisionState.CANCELLED: _("Cancel it"),
}
PROMISE_MARKS: Mapping[Verdict, tuple[str, object]] = {
    Verdict.PASSES: ("good", _("shown")),
    Verdict.FAILS: ("wrong", _("not shown")),
    Verdict.UNKNOWN: ("open", _("not tested since")),
}
CHANGED_MARKS: Mapping[Changed, tuple[str, object]] = {
    Changed.IMPROVED: ("good", _("improved")),
    Changed.NO_CLEAR_CHANGE: ("open", _("no clear change")),
    Changed.WORSE: ("wrong", _("worse")),
    Changed.TOO_FEW: ("open", _("too few tests")),
}
NO_EVENT_WORDS = _("none")


def run_mark(state: str) -> Mark:
    """Return the mark of a run's state."""
    found = RunState(state)
    return Mark(RUN_TONES[found], str(WORDS[found]))


def event_word(code: str) -> str:
    """Write an event's code; words where there is none."""
    return str(NO_EVENT_WORDS) if code in {"", NO_EVENT} else code


def provision_mark(state: str) -> Mark:
    """Return the mark of a delivery's state."""
    found = ProvisionState(state)
    return Mark(PROVISION_TONES[found], str(PROVISION_WORDS[found]))


def promise_mark(verdict: Verdict) -> Mark:
    """Return the mark of one promise of a package."""
    tone, word = PROMISE_MARKS[verdict]
    return Mark(tone, str(word))


def changed_mark(verdict: Changed) -> Mark:
    """Return the mark of a line before and after."""
    tone, word = CHANGED_MARKS[verdict]
    return Mark(tone, str(word))


# What packages promise and offices show, where it is no number.
VALUES = {
    "yes": pgettext_lazy("fact", "yes"), "no": pgettext_lazy("fact", "no"),
    "none": pgettext_lazy("fact", "none"), "shared": pgettext_lazy("fact", "shared"),
    "dedicated": pgettext_lazy("fact", "dedicated"),
    "built_in": pgettext_lazy("fact", "built in"), "omni": pgettext_lazy("fact", "for all round"),
    "ceiling": pgettext_lazy("fact", "ceiling or wall"),
    "headset": pgettext_lazy("fact", "headset"), "cardioid": pgettext_lazy("fact", "cardioid"),
    "gooseneck": pgettext_lazy("fact", "gooseneck"), "laptop": pgettext_lazy("fact", "laptop"),
    "fixed": pgettext_lazy("fact", "fixed computer"), "loud": pgettext_lazy("fact", "loud"),
    "some": pgettext_lazy("fact", "some"), "quiet": pgettext_lazy("fact", "quiet"),
    "long": pgettext_lazy("fact", "long"), "dry": pgettext_lazy("fact", "dry"),
    "hotspot": pgettext_lazy("fact", "mobile hotspot"),
    "same_provider": pgettext_lazy("fact", "same provider"),
    "second_provider": pgettext_lazy("fact", "another provider"),
    "named": pgettext_lazy("fact", "named"),
    "named_deputy": pgettext_lazy("fact", "named, with a deputy"),
    "guest": pgettext_lazy("fact", "guest"), "licence": pgettext_lazy("fact", "licence"),
    "interpretation": pgettext_lazy("fact", "with interpretation"),
}  # fmt: skip


def value_words(value: object) -> str:
    """Write a value in words; a number, or a code that has none, as it is."""
    return str(VALUES.get(str(value)) or CHOICES.get(str(value)) or value)
