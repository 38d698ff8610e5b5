"""Calendar links, and files of dates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    PickField,
    UploadField,
)
from serai.programme.forms.shared import Choices


class FeedForm(forms.Form):
    """A calendar link's scope."""

    scope = PickField(label=_("What it shows"), choices=[], widget=forms.Select)

    def __init__(self, *args: Any, initiatives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [("all", _("The whole programme")), *initiatives]
        self.fields["scope"].choices = rows  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A file of dates."""

    initiative = PickField(label=_("Initiative"), choices=[], widget=forms.Select)
    file = UploadField(
        label=_("File"), accept=".csv,.xlsx,.ods,.xml",
        help_text=_("CSV, XLSX or ODS with the columns of the export, or XML saved by Microsoft Project."),
    )  # fmt: skip

    def __init__(self, *args: Any, initiatives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative"].choices = list(initiatives)  # type: ignore[attr-defined]
