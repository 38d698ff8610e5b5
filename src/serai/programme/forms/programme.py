"""What is written of the programme itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import LineField, PickField
from serai.base.zones import zone_choices
from serai.programme.forms.shared import Choices, ask_for_text, put_texts, seen_field, with_none


class ProgrammeForm(forms.Form):
    """The programme's names, secretariat, clock and technical assistance."""

    def __init__(self, *args: Any, secretariats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = put_texts(self, "name", _("Name"), is_needed=True)
        self.short_names = put_texts(self, "short_name", _("Short name"), is_needed=True)
        self.fields["seen"] = seen_field()
        self.fields["secretariat"] = PickField(
            label=_("Secretariat"), required=False, widget=forms.Select,
            choices=with_none(secretariats, _("None named")),
        )  # fmt: skip
        zones = dict(zone_choices())
        zones.setdefault(str(self.initial["time_zone"]), str(self.initial["time_zone"]))
        self.fields["time_zone"] = PickField(
            label=_("Time zone"), choices=list(zones.items()), widget=forms.Select,
            help_text=_("Says when a day of the programme begins and ends."),
        )  # fmt: skip
        put_texts(self, "assistance", _("Technical assistance"))
        self.fields["assistance_number"] = LineField(
            label=_("Number of the technical assistance"), required=False, width=20, max_length=60
        )

    def clean(self) -> dict[str, Any]:
        """Ask for both names."""
        found = super().clean() or self.cleaned_data
        ask_for_text(self, self.names)
        ask_for_text(self, self.short_names)
        return found
