"""Wording and marks of the programme: states, standings, slips, windows."""

from collections.abc import Sequence
from datetime import datetime

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from serai.base.days import plain_day
from serai.base.markdown import markdown_html
from serai.base.shown import Mark, counted
from serai.base.templatetags.serai import day, sequence, two_clocks, when
from serai.base.text import TranslatedText
from serai.base.zones import whole_days
from serai.calc.schedule import Slip, Standing, Status, Window, describe_window
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme.queries import MilestoneRow
from serai.programme.states import words

register = template.Library()
# What an empty list says to whoever reads all, to others who are signed in, and to visitors: what
# they may not see is not denied.
NOTHING = {
    "any": (lazy("None."), lazy("None that you may see."), lazy("None is public.")),
    "request": (
        lazy("Nothing is asked of members. What the secretariat asks of them appears here."),
        lazy("No request that you may see. What is asked of you appears here."),
        lazy("No request to members is public."),
    ),
    "decision": (
        lazy("No decision is recorded by this day. Decisions are recorded at meetings."),
        lazy("No decision that you may see by this day. Decisions are recorded at meetings."),
        lazy("No decision is public by this day."),
    ),
    "meeting": (
        lazy("No meeting is planned. The secretariat plans the next one."),
        lazy("No meeting that you may see is planned. The secretariat plans the next one."),
        lazy("No coming meeting is public. The secretariat plans the next one."),
    ),
}


@register.filter
def in_language(text: TranslatedText, language: str = "") -> str:
    """Write a text plainly in one language."""
    return text.pick(language or get_language() or "en")[0]


@register.simple_tag(takes_context=True)
def nothing(context: Context, kind: str) -> str:
    """Say that a list is empty, as far as this viewer sees."""
    for_all, for_signed_in, for_visitors = NOTHING[kind]
    viewer = context["viewer"]
    if viewer.holds_any(("officer", "coordinator")):
        return str(for_all)
    return str(for_signed_in if viewer.is_signed_in else for_visitors)


@register.simple_tag(takes_context=True)
def meeting_when(context: Context, starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Write when a meeting begins; of one that takes whole days, the days alone."""
    days = whole_days(starts_at, ends_at, zone)
    if days is None:
        return when(context, starts_at, zone)
    first, latest = days
    if first == latest:
        return day(first)
    return format_html(_("{first} to {latest}"), first=day(first), latest=day(latest))


@register.simple_tag
def done_of(rows: Sequence[MilestoneRow]) -> str:
    """Say how many milestones are reached; sample is never mixed in."""
    real = counted(rows)
    return _("%(done)s of %(all)s milestones done") % {
        "done": sum(row.status is Status.DONE for row in real),
        "all": len(real),
    }


@register.simple_tag
def when_in(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Write the same for a letter: without marks, on the clock of the meeting's place."""
    days = whole_days(starts_at, ends_at, zone)
    if days is None:
        return two_clocks(starts_at, zone, zone)
    first, latest = days
    if first == latest:
        return plain_day(first)
    return _("{first} to {latest}").format(first=plain_day(first), latest=plain_day(latest))


@register.filter
def reason_words(reason: str) -> str:
    """Say why a date changes."""
    return str(words.REASONS[reason]) if reason else ""


@register.filter
def standing_mark(standing: Standing) -> Mark:
    """Return the mark of a status."""
    return words.mark(standing)


@register.filter
def slip_words(slip: Slip | None) -> str:
    """Say a slip."""
    return words.slip(slip)


@register.filter
def days_of(window: Window | None) -> str:
    """Say the days of a window."""
    return describe_window(window, get_language() or "en") if window is not None else ""


@register.filter
def state_mark_of(state: str, kind: str) -> Mark:
    """Return the mark of a state of a kind of thing, such as `"open"|state_mark_of:"request"`."""
    return words.state_mark(kind, state)


@register.filter
def word_of(value: str, kind: str) -> str:
    """Say one of the room's words: a kind, a role."""
    return words.word(kind, value)


@register.filter
def audience_name(audience: str) -> str:
    """Say who reads a thing."""
    return str(AUDIENCE_NAMES[audience])


@register.filter
def named_list(names: tuple[TranslatedText, ...]) -> str:
    """Join names in the page's language: a, b and c."""
    return sequence([in_language(name) for name in names])


@register.filter
def language_names(codes: tuple[str, ...]) -> str:
    """Name languages as the switch of languages does."""
    names = dict(settings.LANGUAGES)
    return ", ".join(str(names.get(code, code)) for code in codes)


@register.filter
def as_paragraphs(text: TranslatedText) -> SafeString:
    """Write a longer text, typed as safe Markdown, in the page's language."""
    return markdown_html(in_language(text))[0]
