"""Template words of the room: marks, addresses of pages, answers as their readers know them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from serai.base.templatetags.serai import state_mark as drawn
from serai.calc.xforms import Progress
from serai.surveys.states import Reason, ReleaseStep, ResponseState
from serai.surveys.states.words import ISSUES, state_mark, word

if TYPE_CHECKING:
    from serai.surveys.queries.rows import QuestionRow

register = template.Library()


@register.simple_tag
def response_mark(state: ResponseState) -> str:
    """Draw the state of a response."""
    mark = state_mark(ResponseState(state))
    return drawn(mark.tone, mark.word)


@register.simple_tag
def release_mark(state: ReleaseStep) -> str:
    """Draw where a country's word on a release stands."""
    mark = state_mark(ReleaseStep(state))
    return drawn(mark.tone, mark.word)


@register.simple_tag
def progress_mark(progress: Progress) -> str:
    """Draw how far a section has come."""
    mark = state_mark(Progress(progress))
    return drawn(mark.tone, mark.word)


@register.simple_tag
def share_bar(percent: int) -> SafeString:
    """Draw a share as a bar, with its number as text."""
    said = _("%(n)d %% answered") % {"n": percent}
    return format_html(
        '<p class="share"><progress max="100" value="{}" aria-label="{}"></progress> <span>{}</span></p>',
        percent, said, said,
    )  # fmt: skip


@register.simple_tag
def page_address(public_id: str, row: Any) -> str:
    """Return where a section, or one entry of it, is filled in."""
    if row.entry:
        return reverse("surveys:entry", args=[public_id, row.slug, row.entry])
    return reverse("surveys:section", args=[public_id, row.slug])


@register.simple_tag
def missing_address(public_id: str, one: Any) -> str:
    """Return the place at which a missing answer is given."""
    return f"{page_address(public_id, one)}#{one.name}"


@register.filter
def reason_words(code: str) -> str:
    """Say why there is no answer."""
    return word(Reason(code))


@register.filter
def choice_words(value: str, row: Any) -> str:
    """Write a value of a question as its reader knows it: of choices, their labels."""
    labels = {one.value: one.label for one in row.choices}
    return ", ".join(labels.get(one, one) for one in value.split()) if labels else value


@register.filter
def file_number(value: str) -> str:
    """Return the number of the file that an answer names."""
    return value.partition(" ")[0]


@register.filter
def file_name(value: str) -> str:
    """Return the name of the file that an answer names."""
    return value.partition(" ")[2]


@register.filter
def issue_words(kind: str) -> str:
    """Say what was wrong with something a device handed in."""
    return str(ISSUES.get(kind, kind))


# A page has hundreds of choices; a template's loop costs ten times as much for each.
CHOICE = (
    '<label class="option{}" data-choice="{}"><input type="{}" name="{}" value="{}"{} data-answer>'
    "<span>{}</span></label>"
)


@register.simple_tag(takes_context=True)
def form_words(context: Mapping[str, Any], words: str) -> str:
    """Write words of the form; where the form lacks the page's language, marked as their own.

    Their full stops then stand where their language has them, not where the page's would.
    """
    if not context.get("is_other") or not words:
        return conditional_escape(words)
    return format_html(
        '<bdi class="long" lang="{}" dir="{}">{}</bdi>', context["tag"], context["direction"], words
    )


@register.simple_tag(takes_context=True)
def choice_boxes(context: Mapping[str, Any], row: "QuestionRow", kind: str) -> SafeString:
    """Draw the choices of a question as boxes of a kind, radio or checkbox."""
    return format_html_join(
        "", CHOICE,
        (
            (" chosen" if one.is_chosen else "", one.value, kind, row.ref, one.value,
             " checked" if one.is_chosen else "", form_words(context, one.label))
            for one in row.choices
        ),
    )  # fmt: skip


@register.filter
def reason_options(reasons: "list[tuple[str, str]]", chosen: str) -> SafeString:
    """Draw the reasons that may stand for an answer."""
    return format_html_join(
        "", '<option value="{}"{}>{}</option>',
        ((code, " selected" if code == chosen else "", words) for code, words in reasons),
    )  # fmt: skip
