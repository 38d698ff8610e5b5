"""What is written of an initiative: baselines, states, notes."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    LineField,
    OneOfField,
    PickField,
    SeveralOfField,
    WholeNumberField,
)
from serai.programme.forms.shared import Choices, ask_for_text, put_texts, seen_field, with_none

CODE = _("Use small letters a to z, digits and hyphens only, such as startup-hub.")


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


class InitiativeForm(forms.Form):
    """What people write of an initiative, and, for coordinators, who keeps it."""

    def __init__(
        self,
        *args: Any,
        partners: Choices,
        studies: Choices,
        keepers: Choices | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = put_texts(self, "name", _("Name"), is_needed=True)
        put_texts(self, "purpose", _("Purpose"), rows=4)
        self.fields["seen"] = seen_field()
        for name, label, rows in (
            ("partners", _("Partners"), partners),
            ("studies", _("National studies"), studies),
        ):
            if rows:
                self.fields[name] = SeveralOfField(label=label, required=False, choices=list(rows))
        self.fields["order"] = WholeNumberField(
            label=_("Place in the list"), least=0, most=999, help_text=_("The lowest number first.")
        )
        if keepers is not None:
            self.fields["keeper"] = PickField(
                label=_("Keeper"),
                required=False,
                choices=with_none(keepers, _("Nobody")),
                widget=forms.Select,
                help_text=_("Gets the letters and tasks about its dates, warnings and risks."),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a name."""
        found = super().clean() or self.cleaned_data
        ask_for_text(self, self.names)
        return found


class OpenInitiativeForm(InitiativeForm):
    """What people write of a new initiative; its code stays, for it stands in addresses and files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        self.fields["code"] = LineField(
            label=_("Code"), width=20, max_length=50,
            validators=[RegexValidator(r"^[a-z0-9-]+\Z", CODE)],
            help_text=_("Short, for addresses and files, such as startup-hub. It cannot be changed later."),
        )  # fmt: skip
        self.order_fields([*self.names, "code"])


class NoteForm(forms.Form):
    """One part of a status note, in each of the house's languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = put_texts(self, "text", _("Text"), rows=10, is_needed=True)

    def clean(self) -> dict[str, Any]:
        """Ask for a text."""
        found = super().clean() or self.cleaned_data
        ask_for_text(self, self.names)
        return found
