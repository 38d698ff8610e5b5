"""What deliveries are asked: lines of a plan, a note, who supplies, until when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import DayField, LongTextField, PickField, SeveralOfField


class LinesForm(forms.Form):
    """Which lines of a plan are provided."""

    lines = SeveralOfField(label=_("Lines of the plan"))

    def __init__(self, data: Any = None, *, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["lines"].choices = list(lines)  # type: ignore[attr-defined]


class DueForm(forms.Form):
    """Until when something is provided."""

    due_on = DayField(label=_("Due"), required=False)


class MoveForm(forms.Form):
    """A note to a move."""

    note = LongTextField(
        label=_("Note"), rows=2, required=False, max_length=2000,
        help_text=_("Needed if you cancel it."),
    )  # fmt: skip


class OrderForm(forms.Form):
    """Who supplies, serial numbers, the day due."""

    supplier = PickField(
        label=_("Supplier"), required=False,
        help_text=_("People with the duty of a supplier. They see this order alone."),
    )  # fmt: skip
    serials = LongTextField(
        label=_("Serial numbers"), rows=3, required=False, help_text=_("One on each line.")
    )
    due_on = DayField(label=_("Due"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        suppliers: Sequence[tuple[int, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        choices = [("", _("none")), *((str(number), name) for number, name in suppliers)]
        self.fields["supplier"].choices = choices  # type: ignore[attr-defined]
