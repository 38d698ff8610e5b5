"""What a scenario is asked: budget, countries, floors, caps, what is left out, what events are worth."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    LineField,
    NumberField,
    PickField,
    SeveralOfField,
    WholeNumberField,
)

MOST = Decimal(10) ** 12
CODE_LENGTH = 3


class ScenarioForm(forms.Form):
    """One scenario; a few fields for each country and each event."""

    name = LineField(label=_("Name"), max_length=120)
    budget = NumberField(label=_("Budget"), least=0, most=MOST - 1, places=2)
    currency = LineField(
        label=_("Currency"), max_length=CODE_LENGTH, width=CODE_LENGTH + 2,
        help_text=_("Three letters, such as USD. Prices in this currency are counted."),
    )  # fmt: skip
    years = WholeNumberField(
        label=_("Years of running costs"), least=0, most=20,
        help_text=_("What a package costs a year is counted so many times."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        countries: Sequence[tuple[str, str]],
        offices: Sequence[tuple[str, str]],
        packages: Sequence[tuple[str, str]],
        events: Sequence[tuple[str, str, Decimal]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.countries = [code for code, _name in countries]
        self.names = dict(countries)
        self.events = [code for code, _name, _value in events]
        for code, name in countries:
            self._ask_country(code, name, events)
        self._ask_left_out("packages", _("Packages that are not bought"), packages)
        self._ask_left_out("offices", _("Offices for which nothing is bought"), offices)
        for code, name, value in events:
            self.fields[f"value_{code}"] = NumberField(
                label=format_lazy(
                    _("What it is worth if an office can host {code}, {name}"), code=code, name=name
                ),
                required=False, least=0, most=1000, places=2,
                help_text=format_lazy(_("Empty: {n}, as in the framework."), n=value),
            )  # fmt: skip

    def _ask_country(
        self, code: str, name: str, events: Sequence[tuple[str, str, Decimal]]
    ) -> None:
        choices = [("", _("none")), *((event, f"{event}, {words}") for event, words, _v in events)]
        self.fields[f"floor_{code}"] = PickField(
            label=format_lazy(_("{country}: event that shall be hosted"), country=name),
            required=False, choices=choices,
        )  # fmt: skip
        self.fields[f"hosts_{code}"] = WholeNumberField(
            label=format_lazy(_("{country}: by so many offices at least"), country=name),
            required=False, least=0, most=1000,
        )  # fmt: skip
        self.fields[f"factor_{code}"] = NumberField(
            label=format_lazy(_("{country}: buying costs so many times as elsewhere"), country=name),
            required=False, least=Decimal("0.01"), most=100, places=3,
            help_text=_("Empty: 1."),
        )  # fmt: skip
        self.fields[f"cap_{code}"] = NumberField(
            label=format_lazy(_("{country}: the most that may be spent"), country=name),
            required=False, least=0, most=MOST - 1, places=2,
        )  # fmt: skip

    def _ask_left_out(self, name: str, label: object, rows: Sequence[tuple[str, str]]) -> None:
        if rows:
            self.fields[name] = SeveralOfField(label=label, required=False, choices=list(rows))

    @property
    def first(self) -> list[forms.BoundField]:
        """Return what is asked of the scenario as a whole."""
        return [self[name] for name in ("name", "budget", "currency", "years")]

    @property
    def of_countries(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """Return each country's fields; open where something is wrong."""
        found = []
        for code in self.countries:
            fields = [self[f"{name}_{code}"] for name in ("floor", "hosts", "factor", "cap")]
            found.append((self.names[code], fields, any(one.errors for one in fields)))
        return found

    @property
    def of_left_out(self) -> list[forms.BoundField]:
        """Return what may be left out."""
        return [self[name] for name in ("packages", "offices") if name in self.fields]

    @property
    def of_events(self) -> list[forms.BoundField]:
        """Return what events are worth."""
        return [self[f"value_{code}"] for code in self.events]

    def clean_currency(self) -> str:
        """Read a currency's code."""
        code = str(self.cleaned_data["currency"]).strip().upper()
        if len(code) != CODE_LENGTH or not (code.isascii() and code.isalpha()):
            raise ValidationError(
                _("'%(code)s' is not the code of a currency. Write three letters, such as USD."),
                params={"code": code},
            )
        return code

    def by_country(self, name: str) -> dict[str, Any]:
        """Return what was written for each country under a name; nothing where nothing was."""
        found = {code: self.cleaned_data.get(f"{name}_{code}") for code in self.countries}
        return {code: value for code, value in found.items() if value not in {None, ""}}

    def floors(self) -> dict[str, tuple[str, int]]:
        """Return the event and number of offices of each country; one office where not told."""
        hosts = self.by_country("hosts")
        return {
            code: (event, int(hosts.get(code, 1)))
            for code, event in self.by_country("floor").items()
        }

    def values(self) -> dict[str, Decimal]:
        """Return what events are worth, where it was written."""
        found = {code: self.cleaned_data.get(f"value_{code}") for code in self.events}
        return {code: value for code, value in found.items() if value is not None}

    def left_out(self) -> list[str]:
        """Return the packages and offices left out."""
        return [*self.cleaned_data.get("packages", ()), *self.cleaned_data.get("offices", ())]
