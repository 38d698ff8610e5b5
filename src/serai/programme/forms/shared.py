"""What the room's forms share: choices, texts by language, when a fact was known, a reason."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    OneOfField,
)
from serai.base.text import TranslatedText
from serai.members.states.words import AUDIENCE_NAMES

Choices = Sequence[tuple[str, object]]
WORDS_HELP = _(
    "As you would say it: 15 March 2021, end of June 2021, by 30 June 2021, Q3 2021, May to June 2021. In digits: 2021-03-15 or 15.03.2021; 10.11.2021 could mean two days, so write such a month in words. Write months for a season."
)
AFTER_CONSENT = _("once somebody else has consented")
ONE_LANGUAGE = _("Write it in at least one language.")
EVIDENCE = ("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "png", "jpg")


def due_field() -> LineField:
    """Ask until when, in words of one's own; nothing where there is no date."""
    return LineField(label=_("Due"), required=False, width=40, help_text=WORDS_HELP)


def choose(form: forms.Form, name: str, rows: Choices) -> None:
    """Give a field what may be chosen now."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"Nothing is chosen in “{name}”.")
    field.choices = list(rows)


def with_none(rows: Choices, said: object) -> list[tuple[str, object]]:
    """Put an empty choice first."""
    return [("", said), *rows]


class ToldForm(forms.Form):
    """When and from where a fact was known; both are asked for only where it was not today."""

    known_from = DayField(
        label=_("Known from"), required=False, help_text=_("Leave empty if it is known from today.")
    )
    source_note = LineField(
        label=_("Where this is written"),
        required=False,
        max_length=500,
        help_text=_("Needed if it was known before today: a letter, minutes, a report."),
    )


class ReasonForm(forms.Form):
    """A reason in a sentence."""

    reason = LongTextField(label=_("Reason"), rows=3)


def put_texts(
    form: forms.Form, name: str, label: object, *, rows: int = 0, is_needed: bool = False
) -> list[str]:
    """Add a text in each of the house's languages, one line or several rows; return the names.

    A needed one says above the first field that one language is enough; `ask_for_text` sees to it.
    """
    names = []
    for code, language in settings.LANGUAGES:
        title = format_lazy("{label} ({language})", label=label, language=language)
        field: forms.Field = (
            LongTextField(label=title, required=False, rows=rows)
            if rows
            else LineField(label=title, required=False, width=60, max_length=300)
        )
        field.widget.attrs |= {"lang": code, "dir": "auto"}
        names.append(f"{name}_{code}")
        form.fields[names[-1]] = field
    if is_needed:
        form.fields[names[0]].help_text = ONE_LANGUAGE
    return names


def texts_of(name: str, text: TranslatedText) -> dict[str, object]:
    """Return what the fields of `put_texts` begin with: what is written in exactly each language."""
    return {f"{name}_{code}": _own(text, code) for code, _name in settings.LANGUAGES}


def read_texts(form: forms.Form, name: str, before: TranslatedText) -> TranslatedText:
    """Return the text with what was changed; a language left as it was keeps its state."""
    text = before
    for code, _name in settings.LANGUAGES:
        written = _plain(form.cleaned_data[f"{name}_{code}"])
        if written != _plain(_own(before, code)):
            text = text.with_text(code, written)
    return text


def _own(text: TranslatedText, language: str) -> str:
    return next((said for code, said, _state in text.texts if code == language), "")


def _plain(text: str) -> str:
    """Write line ends as they are kept; a browser sends them doubled."""
    return text.replace("\r\n", "\n").strip()


def ask_for_text(form: forms.Form, names: Sequence[str]) -> None:
    """Ask for the text in one language at least."""
    if not any(form.cleaned_data.get(name, "").strip() for name in names):
        form.add_error(names[0], ONE_LANGUAGE)


class ReadersForm(forms.Form):
    """Who reads a thing from now on, and why."""

    audience = OneOfField(label=_("Who reads it from now on"), choices=[])
    reason = LongTextField(
        label=_("Reason"), required=False, rows=3,
        help_text=_("Needed if fewer people read it, or if somebody has to consent."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, audiences: Sequence[str], asking: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self,
            "audience",
            [
                (code, format_lazy("{name} ({after})", name=name, after=AFTER_CONSENT))
                if code in asking
                else (code, name)
                for code, name in audience_choices(audiences)
            ],
        )


class ConsentForm(forms.Form):
    """Whether a proposed release may be."""

    verdict = OneOfField(
        label=_("Your decision"),
        choices=[("consent", _("Consent: it is released at once")), ("decline", _("Decline"))],
    )
    reason = LongTextField(
        label=_("Reason"), rows=3, required=False, help_text=_("Needed if you decline.")
    )


def audience_choices(audiences: Sequence[str]) -> list[tuple[str, object]]:
    """Name audiences to choose from."""
    return [(str(one), AUDIENCE_NAMES[one]) for one in audiences]


def seen_field() -> forms.CharField:
    """Return the hidden mark of what an editor saw."""
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
