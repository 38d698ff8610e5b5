"""What releases ask: for whom, why, of which country; shares of which organisations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import LongTextField, OneOfField, PickField, SeveralOfField


class AskReleaseForm(forms.Form):
    """For whom results shall be let out, and what for."""

    audience = OneOfField(label=_("Who shall read it"))
    reason = LongTextField(
        label=_("What for"), rows=3, max_length=2000,
        help_text=_("The country's focal point reads this."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, audiences: Sequence[tuple[str, object]]) -> None:
        super().__init__(data)
        self.fields["audience"].choices = list(audiences)  # type: ignore[attr-defined]
        if audiences:
            self.fields["audience"].initial = audiences[0][0]


class AskPlanForm(forms.Form):
    """Which country's lines members shall read, and what for."""

    country = PickField(label=_("Country"))
    reason = LongTextField(
        label=_("What for"), rows=3, max_length=2000,
        help_text=_("The country's focal point reads this."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, countries: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        choices = [("", _("Choose")), *countries]
        self.fields["country"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is declined or withdrawn."""

    reason = LongTextField(label=_("Why"), rows=2, max_length=2000)


class AggregateForm(forms.Form):
    """What shares are of, and of which countries' organisations."""

    measure = OneOfField(label=_("Shares of"))
    countries = SeveralOfField(
        label=_("Countries"), required=False, help_text=_("None chosen: all countries.")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        measures: Sequence[tuple[str, str]],
        countries: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["measure"].choices = list(measures)  # type: ignore[attr-defined]
        self.fields["countries"].choices = list(countries)  # type: ignore[attr-defined]
