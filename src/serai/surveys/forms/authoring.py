"""What is written of forms: files, notes on changes, moves, translators."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serai.base.files import Checked
from serai.base.forms.fields import LongTextField, PickField, UploadField

LONGEST_MARKDOWN = 500_000
MARKDOWN_NAME, MARKDOWN_TYPE = "form.md", "text/markdown"
FORM_FILE_KINDS = ("csv", "png", "jpg", "jpeg")
Choices = Sequence[tuple[str, str]]


class UploadForm(forms.Form):
    """A form as a workbook, or its tables as text."""

    file = UploadField(
        label=_("XLSForm"), kinds=("xlsx",), required=False,
        help_text=_("A workbook with the sheets survey, choices and settings."),
    )  # fmt: skip
    text = LongTextField(
        label=_("The same tables as Markdown"), rows=10, max_length=LONGEST_MARKDOWN,
        required=False,
        help_text=_("Each table begins with a line that names its sheet: | survey |"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        found = super().clean() or {}
        if "file" in self.errors or "text" in self.errors:
            return found
        if bool(found.get("file")) == bool(found.get("text")):
            raise ValidationError(_("Choose a workbook, or write the tables: one of the two."))
        return found

    @property
    def checked(self) -> Checked:
        """Return what was handed in, as it is kept."""
        file = self.cleaned_data["file"]
        if file:
            found: Checked = file.checked
            return found
        return Checked(self.cleaned_data["text"].encode(), MARKDOWN_NAME, MARKDOWN_TYPE)


class PublishForm(forms.Form):
    """What has changed, for whoever answers already."""

    change_note = LongTextField(
        label=_("What has changed"), rows=3, max_length=2_000, required=False,
        help_text=_("Kept with the version; the list of versions shows it."),
    )  # fmt: skip


class FormFileForm(forms.Form):
    """A file that the form names."""

    file = UploadField(
        label=_("File"), kinds=FORM_FILE_KINDS,
        help_text=_("A list (CSV) or a picture, under the very name the form says."),
    )  # fmt: skip


class MovesForm(forms.Form):
    """Which gone question each new one was; nobody guesses."""

    def __init__(
        self, *args: Any, added: Mapping[str, str], removed: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.paths = {f"move_{place}": path for place, path in enumerate(added)}
        gone = [("", _("It is new")), *((path, _named(path, removed)) for path in removed)]
        for name, path in self.paths.items():
            self.fields[name] = PickField(
                label=_named(path, added), choices=gone, required=False, widget=forms.Select
            )

    @property
    def moves(self) -> dict[str, str]:
        """Return old path by new path."""
        return {path: self.cleaned_data[name] for name, path in self.paths.items()}


def _named(path: str, texts: Mapping[str, str]) -> str:
    return f"{texts[path]} ({path})" if texts[path] else path


class TableForm(forms.Form):
    """A table of translations that comes back."""

    table = UploadField(
        label=_("Table of translations"), accept=".xlsx,.ods,.csv",
        help_text=_("The table you downloaded, with its third column filled."),
    )  # fmt: skip


class TranslatorForm(forms.Form):
    """Who translates into which language."""

    person = PickField(label=_("Person"), widget=forms.Select)
    language = PickField(label=_("Language"), widget=forms.Select)

    def __init__(self, *args: Any, people: Choices, languages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
