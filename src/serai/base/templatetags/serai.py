"""Template words of the house: translated texts, dates, marks (grown by the look engineer)."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from serai.base.text import TranslatedText

register = template.Library()


@register.filter
def translated(text: TranslatedText) -> str:
    """Write a text in the reader's language, marking the language of a fallback."""
    wanted = get_language() or "en"
    words, language = text.pick(wanted)
    if language == wanted or not words:
        return words
    return format_html('<span lang="{}" dir="auto">{}</span>', language, words)
