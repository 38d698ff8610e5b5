"""What the secretariat asks back, and remarks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import DayField, LongTextField, OneOfField, PickField
from serai.members.states import Audience


class AskForm(forms.Form):
    """Until when the questions chosen on the page are to be answered."""

    due_on = DayField(label=_("Answer by"), required=False)


class AskAgainForm(forms.Form):
    """What is still missing, and until when."""

    question = LongTextField(label=_("What is still missing"), rows=3)
    due_on = DayField(label=_("Answer by"), required=False)


class ReaderForm(forms.Form):
    """Who may read a response by name, and until when."""

    person = PickField(label=_("Who may read it"))
    until_on = DayField(
        label=_("Until when"), required=False, help_text=_("Empty: until you take it back.")
    )

    def __init__(self, data: Any = None, *, people: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        choices = [("", ""), *((str(number), name) for number, name in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    """A word beside an answer."""

    text = LongTextField(label=_("Remark"), rows=3)
    audience = OneOfField(label=_("Who reads it"))

    def __init__(self, data: Any = None, *, audiences: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"audience": Audience.ORGANISATION.value})
        self.fields["audience"].choices = list(audiences)  # type: ignore[attr-defined]
