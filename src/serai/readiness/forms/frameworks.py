"""Forms of an edition: a criterion, the weights, an event's row, a package, publishing, files."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    NumberField,
    OneOfField,
    PickField,
    UploadField,
    WholeNumberField,
    YesField,
    read_number,
)
from serai.calc.readiness.facts import Value
from serai.calc.readiness.framework import LEVELS
from serai.readiness.states.currencies import CURRENCIES
from serai.readiness.states.edition_words import GATES, LEVERS, choices

MOST_WEIGHT = 1000


class ThresholdField(LineField):
    """A limit of one fact: a number, or one of its codes."""

    def __init__(self, *, label: object, codes: Sequence[str], unit: str = "") -> None:
        self.codes = tuple(codes)
        hint = _("One of: %(codes)s.") % {"codes": ", ".join(codes)} if codes else unit
        super().__init__(width=12, label=label, help_text=hint)

    def clean(self, value: object) -> Value:
        """Return a number, or the code."""
        text = str(super().clean(value))
        if not self.codes:
            return float(read_number(text))
        if text not in self.codes:
            raise ValidationError(
                _("“%(text)s” is not one of: %(codes)s."),
                "unknown", {"text": text, "codes": ", ".join(self.codes)},
            )  # fmt: skip
        return text


def level_names(language: str) -> list[str]:
    """Return the names of the fields with the words of the three levels."""
    return [f"level_{number}_{language}" for number in range(1, LEVELS + 1)]


class CriterionForm(forms.Form):
    """One criterion."""

    def __init__(self, *args: object, fact: Mapping[str, object], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        codes, unit = fact.get("choices"), str(fact.get("unit", ""))
        known = [str(one) for one in codes] if isinstance(codes, list) else []
        self.fields["weight"] = NumberField(
            label=_("Weight in its dimension"), least=Decimal("0.01"), most=MOST_WEIGHT
        )
        for number in range(1, LEVELS + 1):
            self.fields[f"threshold_{number}"] = ThresholdField(
                label=_("Threshold of level %(n)d") % {"n": number}, codes=known, unit=unit
            )
        self.fields["lever"] = OneOfField(label=_("Lever"), choices=choices(LEVERS))
        self.fields["source"] = LineField(label=_("Source"), required=False, max_length=200)
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = LineField(
                label=_("Name (%(language)s)") % {"language": language}, required=False,
                max_length=200,
            )  # fmt: skip
            for number, name in enumerate(level_names(code), 1):
                self.fields[name] = LineField(
                    label=_("Level %(n)d in words (%(language)s)")
                    % {"n": number, "language": language},
                    required=False, max_length=200,
                )  # fmt: skip


class WeightsForm(forms.Form):
    """The weights of all dimensions."""

    def __init__(
        self, *args: object, dimensions: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.codes = [code for code, _name in dimensions]
        for code, name in dimensions:
            self.fields[f"weight_{code}"] = NumberField(
                label=name, unit="%", least=Decimal("0.01"), most=100
            )

    def clean(self) -> dict[str, object]:
        """Hold the sum to 100."""
        given = [self.cleaned_data.get(f"weight_{code}") for code in self.codes]
        total = sum((one for one in given if one is not None), Decimal(0))
        if None not in given and total != 100:
            raise ValidationError(
                _("The weights make %(total)s, not 100. Change one of them."),
                "sum", {"total": f"{total.normalize():f}"},
            )  # fmt: skip
        return self.cleaned_data


class EventRowForm(forms.Form):
    """What an event asks of one fact."""

    def __init__(self, *args: object, fact: Mapping[str, object], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        codes, unit = fact.get("choices"), str(fact.get("unit", ""))
        known = [str(one) for one in codes] if isinstance(codes, list) else []
        self.fields["threshold"] = ThresholdField(label=_("Threshold"), codes=known, unit=unit)
        self.fields["lever"] = OneOfField(label=_("Lever"), choices=choices(LEVERS))
        self.fields["gate"] = OneOfField(label=_("Gate"), choices=choices(GATES))
        self.fields["source"] = LineField(label=_("Source"), required=False, max_length=200)


class PackageForm(forms.Form):
    """One package."""

    effects = LongTextField(
        label=_("What it guarantees"), required=False, rows=6,
        help_text=_("One fact a line, such as link.down_p5 = 25."),
    )  # fmt: skip
    lever = OneOfField(label=_("Lever"), choices=choices(LEVERS))
    shared = YesField(label=_("Bought once for a country's offices"), required=False)
    lead_weeks = WholeNumberField(label=_("Weeks to install"), least=0, most=260, required=False)
    life_years = WholeNumberField(label=_("Years it lasts"), least=0, most=50, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = LineField(
                label=_("Name (%(language)s)") % {"language": language}, required=False,
                max_length=200,
            )  # fmt: skip

    def clean_effects(self) -> tuple[tuple[str, Value], ...]:
        """Read one fact a line."""
        found = []
        for number, line in enumerate(self.cleaned_data["effects"].splitlines(), 1):
            if not line.strip():
                continue
            fact, sign, value = (part.strip() for part in line.partition("="))
            if not (fact and sign and value):
                raise ValidationError(
                    _("Line %(n)d: “%(line)s” is not understood. Write fact = value."),
                    "line", {"n": number, "line": line.strip()},
                )  # fmt: skip
            found.append((fact, _value(value)))
        return tuple(found)


def _value(text: str) -> Value:
    try:
        return float(read_number(text))
    except ValidationError:
        return text


class ChangeNoteForm(forms.Form):
    """What is different in an edition that is to be published."""

    change_note = LongTextField(
        label=_("What is different from the edition in use"), rows=3, max_length=1000
    )


class DefinitionFileForm(forms.Form):
    """An uploaded readiness.toml."""

    file = UploadField(label=_("File"), accept=".toml", help_text=_("A readiness.toml in UTF-8."))


class PriceForm(forms.Form):
    """One price."""

    package = PickField(label=_("Package"))
    country = PickField(label=_("Where"), required=False)
    capex = NumberField(label=_("To buy"), least=0, most=10**12 - 1, places=2)
    opex_per_year = NumberField(
        label=_("To run, a year"), least=0, most=10**12 - 1, places=2, required=False
    )
    currency = PickField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])
    priced_on = DayField(label=_("Priced on"))
    source = LineField(
        label=_("Source"), max_length=300, help_text=_("Such as an offer with its number.")
    )

    def __init__(
        self,
        *args: object,
        packages: Sequence[tuple[str, str]],
        countries: Sequence[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["package"].choices = [("", "---"), *packages]  # type: ignore[attr-defined]
        everywhere = ("", _("Everywhere"))
        self.fields["country"].choices = [everywhere, *countries]  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """A sheet of prices or tiers."""

    sheet = UploadField(
        label=_("Sheet"), accept=".csv,.xlsx,.ods",
        help_text=_("CSV or XLSX, names of columns in the first row."),
    )  # fmt: skip
