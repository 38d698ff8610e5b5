"""What an officer writes of a wave, and what those who are asked write of themselves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    MailField,
    OneOfField,
    PickField,
    SeveralOfField,
    UploadField,
    WholeNumberField,
    YesField,
)
from serai.base.forms.texts import ask_for_text, put_texts

Choices = Sequence[tuple[str, object]]
MOST_DAYS = 365


class WaveForm(forms.Form):
    """One asking: the form's version, its days, when the silent are reminded.

    Where nobody is asked by name, there are no letters: nothing is asked about them.
    """

    version = PickField(label=_("Version of the form"), widget=forms.Select, choices=[])
    opens_on = DayField(label=_("Opens"))
    due_on = DayField(
        label=_("Due"), help_text=_("Until midnight of this day on each member's own clock.")
    )
    grace_days = WholeNumberField(
        label=_("Days of grace"), least=0, most=60, initial=0,
        help_text=_("How long late answers are still taken before it closes by itself."),
    )  # fmt: skip
    remind_days = LineField(
        label=_("Remind, in days before it is due"), width=24, required=False,
        initial="14, 5, 1, -3",
        help_text=_("Days, by commas; -3 is three days after. Only those not done are written to."),
    )  # fmt: skip
    reply_to = MailField(
        label=_("Answers to the letters go to"), required=False,
        help_text=_("Empty: to the address this site writes from."),
    )  # fmt: skip
    milestone = PickField(
        label=_("Milestone that is reached when it closes"), required=False, widget=forms.Select,
        choices=[],
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        versions: Choices,
        milestones: Choices,
        writes_letters: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not writes_letters:
            del self.fields["remind_days"], self.fields["reply_to"]
        self.names = put_texts(self, "title", _("Title"), is_needed=True)
        self.fields["version"].choices = list(versions)  # type: ignore[attr-defined]
        self.fields["milestone"].choices = [("", _("None")), *milestones]  # type: ignore[attr-defined]
        self.order_fields([*self.names, *self.fields])

    def clean_remind_days(self) -> tuple[int, ...]:
        """Read whole days."""
        words = self.cleaned_data["remind_days"].replace("\u2212", "-").replace(";", ",")
        try:
            days = tuple(int(word) for word in words.split(",") if word.strip())
        except ValueError as error:
            raise forms.ValidationError(
                _("Write whole days by commas, such as 14, 5, 1, -3.")
            ) from error
        if any(abs(day) > MOST_DAYS for day in days):
            raise forms.ValidationError(_("Remind within a year of the due day."))
        return days

    def clean(self) -> dict[str, Any]:
        """Ask for a title."""
        found = super().clean() or self.cleaned_data
        ask_for_text(self, self.names)
        return found


class AskForm(forms.Form):
    """Whom to ask: organisations, or the offices of one."""

    organisations = SeveralOfField(label=_("Organisations"), choices=[])
    offices = LongTextField(
        label=_("Offices that answer for themselves"), required=False, rows=4,
        help_text=_("One a line; each is asked by itself. Choose one organisation then."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = list(organisations)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Offices are those of one organisation."""
        found = super().clean() or self.cleaned_data
        if found.get("offices") and len(found.get("organisations", ())) > 1:
            self.add_error("offices", _("Choose one organisation: offices are those of one."))
        return found

    def office_labels(self) -> list[str]:
        """Return the offices written, each once."""
        lines = [line.strip() for line in self.cleaned_data["offices"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class PeopleForm(forms.Form):
    """Who answers and who signs, chosen or by a new address."""

    lead = PickField(label=_("Who answers"), required=False, widget=forms.Select, choices=[])
    lead_email = MailField(
        label=_("Or an e-mail address"), required=False,
        help_text=_("Somebody new gets an account with the letter; they need no password."),
    )  # fmt: skip
    signer = PickField(label=_("Who signs"), required=False, widget=forms.Select, choices=[])
    signer_email = MailField(label=_("Or the signer's e-mail address"), required=False)
    language = PickField(label=_("Language of the letters"), widget=forms.Select, choices=[])

    def __init__(self, *args: Any, people: Choices, is_signed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, nobody in (("lead", _("Nobody yet")), ("signer", _("Who answers signs"))):
            self.fields[name].choices = [("", nobody), *people]  # type: ignore[attr-defined]
        self.fields["language"].choices = list(settings.LANGUAGES)  # type: ignore[attr-defined]
        if not is_signed:
            del self.fields["signer"], self.fields["signer_email"]


class DueForm(forms.Form):
    """A later day."""

    due_on = DayField(label=_("New due day"))


class DeclineForm(forms.Form):
    """Why a body cannot answer."""

    reason = LongTextField(label=_("Why your organisation cannot answer"), rows=3)


class BeginForm(forms.Form):
    """Nothing is asked of whoever we know."""


class NameForm(BeginForm):
    """The name of somebody who comes for the first time."""

    full_name = LineField(
        label=_("Your name"), help_text=_("As it shall stand beside your answers.")
    )


class ListForm(forms.Form):
    """A list of whom to ask."""

    sheet = UploadField(
        label=_("List"), accept=".csv,.xlsx,.ods",
        help_text=_("CSV, XLSX or ODS: one organisation or office a row, names of columns first."),
    )  # fmt: skip


class CopyForm(forms.Form):
    """Which document of one response."""

    KINDS = (("pdf", _("PDF, to read and print")), ("docx", _("Word, to work on")))
    kind = OneOfField(label=_("Which file"), choices=KINDS, initial="pdf")


class ExportForm(forms.Form):
    """Which file of the answers."""

    KINDS = (
        ("wide", _("Workbook: a row a response, a sheet a repeat, the codebook (XLSX)")),
        ("wide_csv", _("The same as several tables (CSV in ZIP)")),
        ("long", _("A row an answer (CSV)")),
        ("codebook", _("Codebook: what each column means (CSV)")),
        ("json", _("For programs (JSON)")),
        ("instances", _("Filled forms as ODK knows them (XML in ZIP)")),
    )
    kind = OneOfField(label=_("Which file"), choices=KINDS, initial="wide")
    with_labels = YesField(label=_("Choices by their words, not their codes"), required=False)
