"""The choices of how pages look: a person's on every device, a visitor's on this one."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from serai.base import frame
from serai.base.forms.fields import OneOfField
from serai.base.zones import TIME_ZONES, city


def zone_choices() -> list[tuple[str, str]]:
    """Return the zones by their cities."""
    zones = [(name, city(name)) for name in TIME_ZONES]
    return [("", str(_("As in my account, or the programme's"))), *zones]


class DisplayForm(forms.Form):
    """Language, theme, text size, time zone."""

    theme = OneOfField(
        label=_("Colours"),
        choices=[
            ("auto", _("As this computer is set")),
            ("light", _("Light")),
            ("dark", _("Dark")),
        ],
    )
    text_size = OneOfField(
        label=_("Size of text"),
        choices=[
            ("normal", _("Normal")),
            ("large", _("Large")),
            ("larger", _("Larger")),
        ],
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times are shown on this clock, beside that of the place they belong to."),
        choices=zone_choices,
        required=False,
    )

    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    field_order = ("language", "theme")

    def display(self) -> frame.Display:
        """Return what was chosen."""
        return frame.Display(
            theme=self.cleaned_data["theme"],
            text_size=self.cleaned_data["text_size"],
            time_zone=self.cleaned_data["time_zone"],
        )
