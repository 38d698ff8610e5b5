"""Template words of the house: translated texts, days and moments, numbers, state marks, cells."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from django import template
from django.forms import BaseForm
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from serai.base import characters, frame, languages
from serai.base.days import plain_day as day_words
from serai.base.numbers import plain_number
from serai.base.shown import SYMBOLS, Linked, Mark, Sort
from serai.base.text import TranslatedText
from serai.base.zones import city

register = template.Library()
CLOCK = "H:i"
QUESTION_MARKS = ("?", "؟", "？")
NUMBER_KINDS = frozenset({"number", "percent", "money", "whole", "decimal"})


@register.filter
def translated(text: TranslatedText | str | None) -> str:
    """Write a text in the reader's language, marking the language of a fallback."""
    if not isinstance(text, TranslatedText):
        return text or ""
    wanted = get_language() or "en"
    words, language = text.pick(wanted)
    if language == wanted or not words:
        return words
    return format_html('<span lang="{}" dir="auto">{}</span>', language, words)


@register.filter
def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a language code."""
    return characters.direction(language)


@register.filter
def language_name(code: str) -> str:
    """Return a language's name in the reader's language."""
    return languages.language_name(code)


@register.filter
def zone_name(name: str) -> str:
    """Return the city of a zone in words: Asia/Tashkent is Tashkent."""
    return city(name)


@register.filter
def day(moment: date | None, *, year: bool = True) -> str:
    """Write a day: 30 June 2021, as one unbroken, isolated piece."""
    if moment is None:
        return ""
    shown = day_words(moment, year=year)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat()[:10], shown)


@register.filter
def day_in(moment: datetime | date | None, zone: str) -> str:
    """Write the day of a moment on the calendar of a zone; a plain day stays."""
    return day(_local(moment, zone).date() if isinstance(moment, datetime) else moment)


@register.filter
def plain_day(moment: date | None) -> str:
    """Write a day without marks, as letters need it."""
    return "" if moment is None else day_words(moment)


@register.filter
def clock(moment: datetime | None, zone: str = "UTC") -> str:
    """Write the time of day in a zone: 14:32."""
    return "" if moment is None else _local(moment, zone).strftime("%H:%M")


def _local(moment: datetime, zone: str | tzinfo) -> datetime:
    return moment.astimezone(frame.zone(zone) if isinstance(zone, str) else zone)


def two_clocks(moment: datetime, zone: str, own: str, *, year: bool = True) -> str:
    """Return "30 June 2021, 17:00 Tashkent (20:00 Manila)"; one clock where both zones agree."""
    there, here = _local(moment, zone), _local(moment, own)
    text = pgettext("day, time place", "{day}, {time} {place}").format(
        day=day_words(there, year=year),
        time=there.strftime("%H:%M"),
        place=zone_name(zone),
    )
    if there.utcoffset() == here.utcoffset():
        return text
    other = here.strftime("%H:%M")
    if there.date() != here.date():
        other = f"{day_words(here, year=False)}, {other}"
    return pgettext("own clock", "{text} ({time} {place})").format(
        text=text, time=other, place=zone_name(own)
    )


@register.simple_tag(takes_context=True)
def when(
    context: Context, moment: datetime | date | None, zone: str = "", year: bool = True
) -> str:
    """Write a moment in its own zone and in the reader's, or a plain day."""
    if moment is None or moment == "":
        return ""
    if not isinstance(moment, datetime):
        return day(moment, year=year)
    own = reader_zone(context)
    return format_html(
        '<time datetime="{}">{}</time>',
        moment.isoformat(timespec="minutes"),
        two_clocks(moment, zone or own, own, year=year),
    )


@register.simple_tag(takes_context=True)
def own_clock(context: Context, moment: datetime | None) -> str:
    """Write the time of day on the reader's own clock."""
    return clock(moment, reader_zone(context))


def reader_zone(context: Context) -> str:
    """Return the reader's zone from the page's frame, else from the request."""
    shown = context.get("frame")
    if shown is not None:
        return str(shown.time_zone)
    request = getattr(context, "request", None)
    return frame.time_zone_of(request) if request is not None else "UTC"


@register.filter
def num(value: float | Decimal | None, places: int | None = None) -> str:
    """Write a number isolated from the text around it; a missing one says so."""
    if value is None:
        return missing()
    return format_html("<bdi>{}</bdi>", plain_number(value, places))


def missing() -> str:
    """Return the words for a missing value: never zero, never empty."""
    return format_html('<span class="muted">{}</span>', gettext("no data"))


@register.simple_tag
def state_mark(tone: str, word: str) -> str:
    """Write a state mark: symbol, word, and a colour that only repeats them."""
    return format_html(
        '<span class="state {}"><span aria-hidden="true">{}</span> {}</span>',
        COLOURS.get(tone, ""), SYMBOLS[tone], word,
    )  # fmt: skip


COLOURS = {
    "done": "good", "good": "good", "part": "info", "info": "info",
    "attention": "attention", "wrong": "wrong",
}  # fmt: skip


@register.filter
def is_number(kind: str) -> bool:
    """Tell whether a column of this kind stands at the row's end."""
    return str(kind) in NUMBER_KINDS


@register.simple_tag(takes_context=True)
def cell(context: Context, value: object, kind: str = "text") -> str:
    """Write one table cell by what it holds."""
    if value is None:
        return missing()
    if isinstance(value, SafeString):
        return value
    if isinstance(value, Mark):
        return state_mark(value.tone, value.word)
    if isinstance(value, Linked):
        return _linked(value)
    if isinstance(value, TranslatedText):
        return translated(value)
    if isinstance(value, datetime):
        return when(context, value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float | Decimal):
        return _number_cell(value, str(kind))
    return format_html("{}", value)


def _number_cell(value: float | Decimal, kind: str) -> str:
    if kind == "percent":
        return format_html("<bdi>{} %</bdi>", plain_number(value))
    return num(value)


def _linked(value: Linked) -> str:
    tag = format_html(' <span class="tag">{}</span>', gettext("Sample")) if value.is_sample else ""
    note = format_html(' <span class="muted">{}</span>', value.note) if value.note else ""
    return format_html('<span><a href="{}">{}</a>{}{}</span>', value.address, value.text, tag, note)


@register.filter
def table_rows(table: object) -> Iterator[list[tuple[object, object]]]:
    """Pair each row's values with their columns; rows are sequences, or mappings by column key."""
    columns = list(getattr(table, "columns", ()))
    for row in getattr(table, "rows", ()):
        if isinstance(row, Mapping):
            yield [(column, row.get(column.key)) for column in columns]
        else:
            yield list(zip(columns, row, strict=True))


@register.simple_tag
def sort_address(sort: Sort, key: str) -> str:
    """Return the address that sorts by a column."""
    return sort.address(key)


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary."""

    address: str
    text: str


@register.simple_tag
def error_links(form: object = "", forms: object = "") -> list[ErrorLink]:
    """Gather every error of a form, a formset or a list of forms, each with its field."""
    gathered: list[ErrorLink] = []
    several: Iterable[object] = (
        forms if isinstance(forms, Iterable) and not isinstance(forms, str) else ()
    )
    for one in ([form] if isinstance(form, BaseForm) else []) + list(several):
        if isinstance(one, BaseForm):
            gathered.extend(_links_of(one))
    overall = getattr(forms, "non_form_errors", None)
    if callable(overall):
        gathered.extend(ErrorLink("", str(text)) for text in overall())
    return gathered


def _links_of(form: BaseForm) -> Iterator[ErrorLink]:
    for text in form.non_field_errors():
        yield ErrorLink("", str(text))
    for bound in form:
        first = f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
        for text in bound.errors:
            joint = "" if str(bound.label).endswith(QUESTION_MARKS) else ":"
            yield ErrorLink(f"#{first}", f"{bound.label}{joint} {text}")


def sequence(values: Sequence[str]) -> str:
    """Join words: a, b and c."""
    if len(values) < 2:
        return "".join(values)
    return gettext("{first} and {latest}").format(first=", ".join(values[:-1]), latest=values[-1])


register.filter("sequence", sequence)


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> str:
    """Write a form's two hidden fields: the token against foreign forms, and the receipt's key.

    The receipt leads a second sending of the same form to the first result. It notes who sends which
    form when; so a page whose answers bear no name (`is_nameless`) has none.
    """
    if context.get("is_nameless"):
        return format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">',
            context.get("csrf_token", ""),
        )
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="receipt" value="{}">',
        context.get("csrf_token", ""),
        secrets.token_urlsafe(18),
    )
