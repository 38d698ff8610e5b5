"""The form of what an organisation says of platforms."""

from collections.abc import Iterator, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import LineField, PickField
from serai.calc.readiness.ladder import SENSITIVITIES
from serai.readiness.states.edition_words import POLICIES, choices
from serai.readiness.states.edition_words import SENSITIVITIES as NAMES

Place = tuple[str, str]


class PoliciesForm(forms.Form):
    """One word for each platform and sensitivity; one left open is not said."""

    def __init__(self, *args: object, platforms: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.places = [(code, one.value) for code in platforms for one in SENSITIVITIES]
        for code, sensitivity in self.places:
            self.fields[f"{code}_{sensitivity}"] = PickField(
                label=_("%(platform)s, sensitivity %(sensitivity)s")
                % {"platform": platforms[code], "sensitivity": NAMES[sensitivity]},
                choices=[("", _("not said")), *choices(POLICIES)], required=False,
            )  # fmt: skip
        self.fields["source"] = LineField(
            label=_("Where this is written"), required=False, max_length=200,
            help_text=_("Such as an order with its number."),
        )  # fmt: skip

    def said(self) -> Iterator[tuple[Place, str]]:
        """Yield what was said, by platform and sensitivity."""
        for code, sensitivity in self.places:
            word = self.cleaned_data.get(f"{code}_{sensitivity}")
            if word:
                yield (code, sensitivity), word
