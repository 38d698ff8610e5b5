"""Clean what is typed about reports."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    OneOfField,
    SeveralOfField,
    UploadField,
)
from serai.reports.kinds import KINDS

AUDIENCES = [
    ("members", _("Members: governments of the programme and the secretariat")),
    ("public", _("Public: everybody")),
    ("secretariat", _("Secretariat only")),
]


class StartForm(forms.Form):
    """Which report, as of when, for whom, in which languages."""

    kind = OneOfField(label=_("Which report?"))
    as_of = DayField(
        label=_("As of which day?"),
        help_text=_("The report shows what the programme knew at the end of this day."),
    )
    audience = OneOfField(
        label=_("Who will read it?"),
        choices=AUDIENCES,
        help_text=_("It is built with these readers' rights: what they may not see stays out."),
    )
    languages = SeveralOfField(label=_("In which languages?"))
    meeting = OneOfField(label=_("For which meeting?"), required=False, widget=forms.Select())

    def __init__(self, *args: object, meetings: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(k.code, k.title) for k in KINDS.values()]  # type: ignore[attr-defined]
        self.fields["languages"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["meeting"].choices = meetings  # type: ignore[attr-defined]


class NarrativeForm(forms.Form):
    """One narrative block in each of the run's languages."""

    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: object, languages: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = dict(settings.LANGUAGES)
        for code in languages:
            self.fields[f"text_{code}"] = LongTextField(
                label=names.get(code, code),
                rows=12,
                required=False,
                help_text=_("Blank line: new paragraph. - starts a list. ^[…] makes a footnote."),
            )
            self.fields[f"text_{code}"].widget.attrs |= {"lang": code, "dir": "auto"}


class RemarkForm(forms.Form):
    """A country's remark on one block."""

    block = OneOfField(label=_("On which part?"), widget=forms.Select())
    text = LongTextField(label=_("Your remark"), max_length=5_000)

    def __init__(self, *args: object, blocks: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["block"].choices = blocks  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What was done about a remark."""

    answer = LongTextField(label=_("What was done about it?"), max_length=5_000)


class ReasonForm(forms.Form):
    """Why a report is withdrawn."""

    reason = LongTextField(label=_("Why is it withdrawn?"), max_length=2_000, rows=3)


class PaperForm(forms.Form):
    """Where a report lies as a paper, and what it is called there."""

    item = OneOfField(label=_("Item of an agenda"), widget=forms.Select())
    title = LineField(label=_("Title"), max_length=300)

    def __init__(self, *args: object, items: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["item"].choices = items  # type: ignore[attr-defined]


class VerifyForm(forms.Form):
    """A file to be compared with what was issued."""

    file = UploadField(
        label=_("Which file?"),
        accept=".pdf,.docx,.html",
        help_text=_("PDF, Word or HTML, as it was downloaded. It is compared and not kept."),
    )
