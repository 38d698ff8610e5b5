"""What the room's forms share: empty choices, when a fact was known, one reason, one text."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
)
from serai.members.states.words import AUDIENCE_NAMES

Choices = Sequence[tuple[str, object]]
WORDS_HELP = _("As you would say it: 15 March 2021, end of June 2021, Q3 2021, May to June 2021.")
AUDIENCES = [(str(k), v) for k, v in AUDIENCE_NAMES.items()]


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


class TextForm(forms.Form):
    """One long text."""

    text = LongTextField(label=_("Text"), rows=14)
