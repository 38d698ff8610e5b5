"""What is written of action items, requests and risks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LongTextField,
    OneOfField,
    PickField,
    SeveralOfField,
    YesField,
)
from serai.programme.forms.shared import Choices, with_none
from serai.programme.states import AddresseeState
from serai.programme.states.words import choices

ONE_TO_FIVE = [(str(n), str(n)) for n in range(1, 6)]


class ActionForm(forms.Form):
    """An action item."""

    text = LongTextField(label=_("What is to be done"), rows=3)
    decision = PickField(label=_("Follows from"), required=False, choices=[], widget=forms.Select)
    owner = PickField(label=_("Organisation"), required=False, choices=[], widget=forms.Select)
    countries = SeveralOfField(label=_("Members"), required=False, choices=[])
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(
        self,
        *args: Any,
        decisions: Choices = (),
        owners: Choices = (),
        members: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = with_none(decisions, _("No decision"))  # type: ignore[attr-defined]
        self.fields["owner"].choices = with_none(owners, _("No organisation"))  # type: ignore[attr-defined]
        self.fields["countries"].choices = list(members)  # type: ignore[attr-defined]


class WorkForm(forms.Form):
    """What became of an action item."""

    verdict = OneOfField(
        label=_("What became of it"),
        choices=[("done", _("It is done")), ("dropped", _("It will not be done")), ("note", _("A note only"))],
    )  # fmt: skip
    text = LongTextField(
        label=_("In a sentence"), rows=3, required=False,
        help_text=_("Needed for a note, and if it will not be done."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Link to what shows it"), required=False, assume_scheme="https", max_length=500
    )


class VerifyForm(forms.Form):
    """Whether a done action item is verified."""

    verdict = OneOfField(
        label=_("Your decision"), choices=[("yes", _("Verified")), ("no", _("Open it again"))]
    )


class RequestForm(forms.Form):
    """A request to members."""

    initiative = PickField(label=_("Initiative"), required=False, choices=[], widget=forms.Select)
    text = LongTextField(label=_("What you ask for"), rows=4)
    to_all = YesField(label=_("All members"), required=False)
    countries = SeveralOfField(label=_("Or these members"), required=False, choices=[])
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(
        self, *args: Any, initiatives: Choices = (), members: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        whole = with_none(initiatives, _("The whole programme"))
        self.fields["initiative"].choices = whole  # type: ignore[attr-defined]
        self.fields["countries"].choices = list(members)  # type: ignore[attr-defined]
        self.everybody = [code for code, _name in members]

    def clean(self) -> dict[str, Any]:
        """Address all members, or those that are chosen."""
        found = super().clean() or self.cleaned_data
        if found.get("to_all"):
            found["countries"] = self.everybody
        elif not found.get("countries") and "countries" not in self.errors:
            self.add_error("countries", _("Choose all members, or at least one."))
        return found


class AnswerForm(forms.Form):
    """An answer to a request."""

    state = OneOfField(
        label=_("Your answer"),
        choices=[
            (AddresseeState.SEEN.value, _("Seen; the answer follows")),
            (AddresseeState.ANSWERED.value, _("Answered or done")),
            (AddresseeState.DECLINED.value, _("Declined")),
            (AddresseeState.NOT_APPLICABLE.value, _("Does not apply to us")),
        ],
    )
    note = LongTextField(
        label=_("Note"), rows=4, required=False, help_text=_("Needed if you decline: why.")
    )


class RiskForm(forms.Form):
    """A risk, assumption or issue."""

    initiative = PickField(label=_("Initiative"), choices=[], widget=forms.Select)
    kind = OneOfField(label=_("Kind"), choices=choices("risk_kind"), initial="risk")
    text = LongTextField(label=_("What may happen, or must hold"), rows=3)
    cause = LongTextField(label=_("Cause"), rows=2, required=False)
    consequence = LongTextField(label=_("Consequence"), rows=2, required=False)
    probability = PickField(
        label=_("Probability, 1 (rare) to 5"), choices=ONE_TO_FIVE, widget=forms.Select, initial="3"
    )
    impact = PickField(
        label=_("Impact, 1 (slight) to 5"), choices=ONE_TO_FIVE, widget=forms.Select, initial="3"
    )
    response = OneOfField(label=_("Response"), choices=choices("response"), initial="reduce")
    response_text = LongTextField(label=_("What is done about it"), rows=3, required=False)
    review_on = DayField(label=_("Next review on"), required=False)

    def __init__(self, *args: Any, initiatives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative"].choices = with_none(initiatives, _("Choose an initiative"))  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """A review of a risk."""

    probability = PickField(
        label=_("Probability, 1 (rare) to 5"), choices=ONE_TO_FIVE, widget=forms.Select
    )
    impact = PickField(label=_("Impact, 1 (slight) to 5"), choices=ONE_TO_FIVE, widget=forms.Select)
    note = LongTextField(label=_("Note"), rows=3, required=False)
    review_on = DayField(label=_("Next review on"), required=False)
