"""What is written of a milestone: its dates, completion, warnings, what it waits for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    OneOfField,
    PickField,
    UploadField,
    WholeNumberField,
)
from serai.programme.forms.shared import (
    EVIDENCE,
    WORDS_HELP,
    Choices,
    ToldForm,
    ask_for_text,
    put_texts,
    seen_field,
    with_none,
)
from serai.programme.states import ChangeReason
from serai.programme.states.words import choices


class ReplanForm(ToldForm):
    """A new date with its reason."""

    field_order = ("words", "reason", "reason_text", "known_from", "source_note")
    words = LineField(label=_("New date"), width=40, help_text=WORDS_HELP)
    reason = PickField(
        label=_("Why the date changes"), choices=[], widget=forms.Select,
        error_messages={"required": _("Say why the date changes: choose a reason.")},
    )  # fmt: skip
    reason_text = LongTextField(
        label=_("In a sentence"), required=False, rows=3, help_text=_("Needed for “other”.")
    )

    def __init__(self, *args: Any, is_first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"], self.fields["reason_text"]
        else:
            rows = with_none(choices("reason"), _("Choose a reason"))
            self.fields["reason"].choices = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a sentence where the reason is none of the named ones."""
        found = super().clean() or self.cleaned_data
        if found.get("reason") == ChangeReason.OTHER and not found.get("reason_text"):
            self.add_error("reason_text", _("The reason is “other”: write it in a sentence."))
        return found


class CompleteForm(ToldForm):
    """When a milestone was reached, and what shows it."""

    field_order = ("words", "link", "evidence", "known_from", "source_note")
    words = LineField(
        label=_("Reached on or by"),
        width=40,
        help_text=_("Such as 22 June 2021, or by 30 June 2021."),
    )
    link = forms.URLField(
        label=_("Link to what shows it"), required=False, assume_scheme="https", max_length=500
    )
    evidence = UploadField(label=_("Or a file that shows it"), required=False, kinds=EVIDENCE)


class DecideForm(forms.Form):
    """Whether a proposed date holds."""

    verdict = OneOfField(
        label=_("Your decision"),
        choices=[("approve", _("Approve")), ("reject", _("Do not approve"))],
    )
    reason = LongTextField(
        label=_("Reason"), rows=3, required=False, help_text=_("Needed if you do not approve.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal."""
        found = super().clean() or self.cleaned_data
        if found.get("verdict") == "reject" and not found.get("reason"):
            self.add_error("reason", _("Say in a sentence why you do not approve this date."))
        return found


class FlagForm(forms.Form):
    """A keeper's warning."""

    level = OneOfField(label=_("Level"), choices=choices("flag"))
    reason = LongTextField(label=_("Why"), rows=3)
    expires_on = DayField(label=_("Until"), help_text=_("At most 60 days from today."))


class AfterForm(forms.Form):
    """A dependency on another milestone."""

    after = PickField(label=_("Comes after"), choices=[], widget=forms.Select)
    kind = PickField(label=_("How"), choices=choices("link"), widget=forms.Select, initial="FS")
    lag_days = WholeNumberField(label=_("Days between"), initial=0, least=-366, most=366)

    def __init__(self, *args: Any, others: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = with_none(others, _("Choose a milestone"))  # type: ignore[attr-defined]


class MilestoneText(forms.Form):
    """What people write of a milestone: its name in each language, its kind, whose it is."""

    kind = OneOfField(label=_("Kind"), choices=choices("milestone_kind"), initial="deliverable")
    owner = PickField(
        label=_("Owner"), required=False, choices=[], widget=forms.Select,
        help_text=_("The organisation that proposes new dates and records completion."),
    )  # fmt: skip
    country = PickField(
        label=_("Member"), required=False, choices=[], widget=forms.Select,
        help_text=_("Only for a milestone of one member: its focal point sees it too."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, owners: Choices = (), countries: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = with_none(owners, _("Nobody"))  # type: ignore[attr-defined]
        self.fields["country"].choices = with_none(countries, _("No member"))  # type: ignore[attr-defined]
        self.names = put_texts(self, "name", _("Name"), is_needed=True)
        self.order_fields([*self.names, *self.fields])

    def clean(self) -> dict[str, Any]:
        """Ask for a name."""
        found = super().clean() or self.cleaned_data
        ask_for_text(self, self.names)
        return found


class MilestoneForm(MilestoneText, ToldForm):
    """A new milestone."""

    words = LineField(label=_("Date"), required=False, width=40, help_text=WORDS_HELP)
    audience = PickField(
        label=_("Who reads it"), required=False, choices=[], widget=forms.Select,
        help_text=_("A member's own milestone begins at the secretariat at most."),
    )  # fmt: skip

    def __init__(self, *args: Any, audiences: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = with_none(audiences, _("As the initiative"))  # type: ignore[attr-defined]
        self.order_fields(
            [*self.names, "kind", "words", "owner", "country", "audience", "known_from"]
        )


class MilestoneEditForm(MilestoneText):
    """A milestone that stands."""

    seen = seen_field()
    order = WholeNumberField(
        label=_("Place in the list"), least=0, most=9999, help_text=_("The lowest number first.")
    )
