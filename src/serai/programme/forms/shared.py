"""What the room's forms share: choices, texts by language, when a fact was known, a reason."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    OneOfField,
)
from serai.base.forms.texts import ask_for_text, put_texts, read_texts, texts_of
from serai.members.states.words import AUDIENCE_NAMES

__all__ = [
    "AFTER_CONSENT",
    "EVIDENCE",
    "WORDS_HELP",
    "Choices",
    "ConsentForm",
    "ReadersForm",
    "ReasonForm",
    "ToldForm",
    "ask_for_text",
    "audience_choices",
    "choose",
    "due_field",
    "put_texts",
    "read_texts",
    "seen_field",
    "texts_of",
    "with_none",
]

Choices = Sequence[tuple[str, object]]
WORDS_HELP = _(
    "As you would say it: 15 March 2021, end of June 2021, by 30 June 2021, Q3 2021, May to June 2021. In digits: 2021-03-15 or 15.03.2021; 10.11.2021 could mean two days, so write such a month in words. Write months for a season."
)
AFTER_CONSENT = _("once somebody else has consented")
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
