"""Words for runs: state, readers, languages."""

from collections.abc import Mapping

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from serai.base.templatetags.serai import state_mark
from serai.reports.states import STATE_WORDS, RunState

register = template.Library()

TONES = {
    RunState.DRAFT: "open",
    RunState.IN_REVIEW: "part",
    RunState.CLEARED: "part",
    RunState.ISSUED: "done",
    RunState.WITHDRAWN: "wrong",
}


def state_word(state: str) -> str:
    """Return a run's state in words."""
    return str(STATE_WORDS[RunState(state)])


@register.simple_tag
def run_state(state: str) -> str:
    """Write the mark of a run's state."""
    return state_mark(TONES[RunState(state)], state_word(state))


@register.simple_tag
def report_audience(audience: str) -> str:
    """Write for whom a report is made."""
    return {
        "public": _("For everybody"),
        "members": _("For members"),
        "secretariat": _("For the secretariat"),
    }[audience]


@register.filter
def of_key(table: Mapping[str, object], key: str) -> object:
    """Return a table's entry."""
    return table.get(key, key)


@register.filter
def language_name(code: str) -> str:
    """Return a language's own name."""
    return dict(settings.LANGUAGES).get(code, code)
