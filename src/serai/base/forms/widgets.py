"""How form inputs are drawn: the renderer, widths that fit the answer, units, rows to press."""

from django import forms
from django.forms.renderers import TemplatesSetting

SHORT, MEDIUM, LONG = 8, 20, 40


class Renderer(TemplatesSetting):
    """Draws `{{ form }}` and every field through the house's components."""

    form_template_name = "serai/components/_form.html"
    formset_template_name = "serai/components/_formset.html"
    field_template_name = "serai/components/_field.html"


class UnitInput(forms.TextInput):
    """A number typed as text (a spinner loses digits), with its unit beside it."""

    def __init__(
        self, unit: str = "", width: int = SHORT, attrs: dict[str, object] | None = None
    ) -> None:
        super().__init__(
            {"inputmode": "decimal", "size": width, "autocomplete": "off", **(attrs or {})}
        )
        self.unit = unit


class DayInput(forms.DateInput):
    """A day from the browser's own calendar; ISO without one."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Choices(forms.RadioSelect):
    """One of a few: rows to press."""


class ManyChoices(forms.CheckboxSelectMultiple):
    """Several of a few: rows to press."""


class SingleChoice(forms.CheckboxInput):
    """One yes: a row to press, the label inside it."""

    is_single_choice = True
