"""What an officer writes of a survey."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import LineField, PickField, SeveralOfField, YesField
from serai.base.forms.texts import ask_for_text, put_texts
from serai.surveys.states import Reason, SurveyEvent
from serai.surveys.states.words import REASONS

Choices = Sequence[tuple[str, object]]
EVENTS = {
    SurveyEvent.SIGNED: _("When answers are signed"),
    SurveyEvent.CLEARED: _("When answers are cleared"),
    SurveyEvent.CHANGED: _("Whenever an answer changes"),
}


class SurveyForm(forms.Form):
    """A survey: its names, languages, and who signs and clears."""

    languages = SeveralOfField(
        label=_("Languages"), help_text=_("In which its form is offered to those who answer."),
        choices=[],
    )  # fmt: skip
    has_signature = YesField(
        label=_("Answers are signed"), required=False,
        help_text=_("By a person named in the invitation, else by who answers."),
    )  # fmt: skip
    has_clearance = YesField(
        label=_("Signed answers are cleared by the country"), required=False,
        help_text=_("By its focal point. In members whose agencies send directly, signing clears."),
    )  # fmt: skip
    is_anonymous = YesField(
        label=_("No names are kept"), required=False,
        help_text=_("Neither person, address nor time is kept with an answer."),
    )  # fmt: skip
    reasons = SeveralOfField(
        label=_("What may stand instead of a required answer"), required=False,
        choices=[(one.value, REASONS[one]) for one in Reason],
    )  # fmt: skip

    def __init__(self, *args: Any, jobs: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for event, label in EVENTS.items() if jobs else ():
            self.fields[f"on_{event}"] = PickField(
                label=label, required=False, choices=[("", _("nothing")), *jobs]
            )
        self.names = put_texts(self, "title", _("Title"), is_needed=True)
        self.fields["languages"].choices = list(settings.LANGUAGES)  # type: ignore[attr-defined]
        self.order_fields([*self.names, *self.fields])

    def clean(self) -> dict[str, Any]:
        """Ask for a title."""
        found = super().clean() or self.cleaned_data
        ask_for_text(self, self.names)
        return found

    def on_event(self) -> dict[SurveyEvent, str] | None:
        """Return the job chosen for each event; None where no room offers one."""
        if not any(f"on_{event}" in self.fields for event in EVENTS):
            return None
        given = {event: self.cleaned_data[f"on_{event}"] for event in EVENTS}
        return {event: name for event, name in given.items() if name}


class NewSurveyForm(SurveyForm):
    """A new survey: also its code, and whose it is."""

    code = LineField(
        label=_("Code"), width=24, max_length=60,
        help_text=_("Small letters, digits and hyphens, such as readiness-2027. It stays."),
    )  # fmt: skip
    initiative = PickField(label=_("Initiative"), required=False, widget=forms.Select, choices=[])

    def __init__(self, *args: Any, initiatives: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative"].choices = list(initiatives)  # type: ignore[attr-defined]
        self.order_fields([*self.names, "code", "initiative", *self.fields])

    def clean_code(self) -> str:
        """Hold the code to signs that stand in addresses."""
        code: str = self.cleaned_data["code"]
        plain = code.replace("-", "")
        if not (plain.isascii() and plain.isalnum() and code == code.lower()):
            raise forms.ValidationError(
                _("Use small letters a to z, digits and hyphens only, such as readiness-2027.")
            )
        return code
