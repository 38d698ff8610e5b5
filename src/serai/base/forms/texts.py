"""A text in each of the house's languages, as fields of a form."""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import CleanText, LineField, LongTextField
from serai.base.text import TranslatedText

ONE_LANGUAGE = _("Write it in at least one language.")


def put_texts(
    form: forms.Form, name: str, label: object, *, rows: int = 0, is_needed: bool = False
) -> list[str]:
    """Add a text in each of the house's languages, one line or several rows; return the names.

    A needed one says that one language is enough, and none is optional; `ask_for_text` sees to it.
    """
    names = []
    for code, language in settings.LANGUAGES:
        title = format_lazy("{label} ({language})", label=label, language=language)
        field: CleanText = (
            LongTextField(label=title, required=False, rows=rows)
            if rows
            else LineField(label=title, required=False, width=60, max_length=300)
        )
        if is_needed:
            field.one_of = len(settings.LANGUAGES)
        field.widget.attrs |= {"lang": code, "dir": "auto"}
        names.append(f"{name}_{code}")
        form.fields[names[-1]] = field
    if is_needed:
        form.fields[names[0]].help_text = ONE_LANGUAGE
    return names


def texts_of(name: str, text: TranslatedText) -> dict[str, object]:
    """Return what the fields of `put_texts` begin with: what is written in exactly each language."""
    return {f"{name}_{code}": _own(text, code) for code, _name in settings.LANGUAGES}


def read_texts(form: forms.Form, name: str, before: TranslatedText) -> TranslatedText:
    """Return the text with what was changed; a language left as it was keeps its state."""
    text = before
    for code, _name in settings.LANGUAGES:
        written = _plain(form.cleaned_data[f"{name}_{code}"])
        if written != _plain(_own(before, code)):
            text = text.with_text(code, written)
    return text


def _own(text: TranslatedText, language: str) -> str:
    return next((said for code, said, _state in text.texts if code == language), "")


def _plain(text: str) -> str:
    """Write line ends as they are kept; a browser sends them doubled."""
    return text.replace("\r\n", "\n").strip()


def ask_for_text(form: forms.Form, names: Sequence[str]) -> None:
    """Ask for the text in one language at least."""
    if not any(form.cleaned_data.get(name, "").strip() for name in names):
        form.add_error(names[0], ONE_LANGUAGE)
