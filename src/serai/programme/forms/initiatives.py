"""What is written of an initiative: baselines, states, notes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    LineField,
    LongTextField,
    OneOfField,
    PickField,
)
from serai.programme.forms.shared import Choices, with_none
from serai.programme.states.words import choices


class BaselineForm(forms.Form):
    """A baseline's name."""

    name = LineField(label=_("Name"), help_text=_("Such as: as agreed by senior officials."))
    decision = PickField(label=_("Decided by"), required=False, choices=[], widget=forms.Select)

    def __init__(self, *args: Any, decisions: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = with_none(decisions, _("No decision"))  # type: ignore[attr-defined]


class MoveInitiativeForm(forms.Form):
    """A new state of an initiative, citing a decision."""

    state = OneOfField(label=_("New state"), choices=[])
    decision = PickField(label=_("Decided by"), choices=[], widget=forms.Select)

    def __init__(
        self, *args: Any, states: Choices = (), decisions: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = list(states)  # type: ignore[attr-defined]
        self.fields["decision"].choices = with_none(decisions, _("Choose a decision"))  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A status note."""

    part = OneOfField(label=_("Part"), choices=choices("part"), initial="current_status")
    text = LongTextField(label=_("Text"), rows=10)
