"""What is written of duties."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import DayField, OneOfField, PickField
from serai.readiness.states.duty_words import DUTIES, HINTS


class DutyForm(forms.Form):
    """Whose duty, which, and until when."""

    person = PickField(label=_("Person"), widget=forms.Select)
    kind = OneOfField(label=_("Duty"), choices=[])
    until_on = DayField(
        label=_("Last day"), required=False, help_text=_("Left empty, it lasts until it is ended.")
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, f"{name}: {HINTS[kind]}") for kind, name in DUTIES.items()
        ]
