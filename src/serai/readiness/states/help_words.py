"""The words of the help desk."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serai.base.shown import Mark
from serai.readiness.states import HelpKind, HelpPriority, HelpState

STATES: Mapping[HelpState, tuple[str, object]] = {
    HelpState.NEW: ("open", pgettext_lazy("help", "New")),
    HelpState.ASSIGNED: ("planned", pgettext_lazy("help", "Somebody has it")),
    HelpState.IN_WORK: ("part", pgettext_lazy("help", "In work")),
    HelpState.WAITING: ("attention", pgettext_lazy("help", "Waits for the agency")),
    HelpState.SOLVED: ("good", pgettext_lazy("help", "Solved")),
    HelpState.CLOSED: ("done", pgettext_lazy("help", "Closed")),
    HelpState.REOPENED: ("wrong", pgettext_lazy("help", "Open again")),
}
VERBS: Mapping[HelpState, object] = {
    HelpState.IN_WORK: _("Work on it"),
    HelpState.WAITING: _("Ask the agency"),
    HelpState.SOLVED: _("It is solved"),
    HelpState.CLOSED: _("Yes, it is settled"),
    HelpState.REOPENED: _("No, open it again"),
}
KINDS: Mapping[HelpKind, object] = {
    HelpKind.TROUBLESHOOTING: _("Something does not work"),
    HelpKind.CONSULTANCY: _("Advice is wanted"),
}
PRIORITIES: Mapping[HelpPriority, object] = {
    HelpPriority.LOW: pgettext_lazy("priority", "can wait"),
    HelpPriority.NORMAL: pgettext_lazy("priority", "normal"),
    HelpPriority.HIGH: pgettext_lazy("priority", "soon"),
    HelpPriority.NOW: pgettext_lazy("priority", "an event is running"),
}
AGES = (_("today"), _("1 to 2 days"), _("3 to 5 days"), _("longer"))
"""How long a request has stood in its state; each up to so many days."""
AGE_DAYS = (1, 3, 6)


def help_mark(state: str) -> Mark:
    """Return the mark of a request's state."""
    tone, word = STATES[HelpState(state)]
    return Mark(tone, str(word))


def age_of(days: float) -> int:
    """Return the place in `AGES` of so many days."""
    return sum(days >= edge for edge in AGE_DAYS)
