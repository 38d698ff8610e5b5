"""Turn templates and facts into subject, text and simple HTML in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template import Template as EngineTemplate
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Worded:
    """A letter's words."""

    subject: str
    text: str
    html: str


def full_address(link: str, language: str) -> str:
    """Return a page's whole address in the reader's language; a whole address stays as it is."""
    if not link or "://" in link:
        return link
    return f"{settings.SITE_ADDRESS}/{language}/{link.lstrip('/')}"


def one_line(text: str) -> str:
    """Return text without line breaks: a subject is a header."""
    return " ".join(text.split())[:LONGEST_SUBJECT]


def plain_text(text: str) -> str:
    """Trim lines and squeeze runs of empty lines, which templates leave behind."""
    paragraphs, empty = list[str](), False
    for line in text.strip().splitlines():
        line = line.rstrip()
        if line or not empty:
            paragraphs.append(line)
        empty = not line
    return "\n".join(paragraphs) + "\n"


def word(
    template: str, facts: Mapping[str, object], language: str, *, link: str, sample: bool
) -> Worded:
    """Render the templates of one letter.

    The text template is written plainly, without escaping; the HTML one is escaped as pages are.
    Without an HTML template the text's paragraphs are used.
    """
    offered = dict(settings.LANGUAGES)
    spoken = language if language in offered else settings.LANGUAGE_CODE
    with translation.override(spoken):
        context = dict(facts) | {
            "link": full_address(link, spoken),
            "site_address": settings.SITE_ADDRESS,
            "language": spoken,
            "is_right_to_left": translation.get_language_bidi(),
            "is_sample": sample,
        }
        subject = one_line(_plainly(f"{template}.subject.txt", context))
        if sample:
            subject = f"[{_('Sample')}] {subject}"
        body = plain_text(_plainly(f"{template}.txt", context))
        context |= {"subject": subject, "body": body}
        text = plain_text(_plainly("serai/email/frame.txt", context))
        html = render_to_string(_html_template(template), context)
    return Worded(subject, text, html)


def _plainly(template: str, context: Mapping[str, object]) -> str:
    """Render without escaping: what is no HTML needs none."""
    found: EngineTemplate = get_template(template).template  # type: ignore[attr-defined]
    return found.render(Context(dict(context), autoescape=False))


def _html_template(template: str) -> str:
    own = f"{template}.html"
    try:
        get_template(own)
    except TemplateDoesNotExist:
        return "serai/email/plain.html"
    return own
