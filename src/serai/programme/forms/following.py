"""What is written of action items, requests and risks."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    OneOfField,
    PickField,
    SeveralOfField,
    UploadField,
    YesField,
)
from serai.members.states import Audience
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme.forms.shared import EVIDENCE, Choices, choose, due_field, with_none
from serai.programme.states import AddresseeState
from serai.programme.states.words import choices

MEMBERS = (Audience.MEMBERS.value, AUDIENCE_NAMES[Audience.MEMBERS])
CODE = re.compile(r"[\w][\w.\-]{0,19}")
ONE_TO_FIVE = [(str(n), str(n)) for n in range(1, 6)]


class ActionForm(forms.Form):
    """An action item."""

    text = LongTextField(label=_("What is to be done"), rows=3)
    decision = PickField(label=_("Follows from"), required=False, choices=[], widget=forms.Select)
    owner = PickField(label=_("Organisation"), required=False, choices=[], widget=forms.Select)
    person = PickField(label=_("Person"), required=False, choices=[], widget=forms.Select)
    countries = SeveralOfField(label=_("Members"), required=False, choices=[])
    words = due_field()
    audience = OneOfField(
        label=_("Who may read it"),
        choices=[(Audience.SECRETARIAT.value, _("Those who do it, and the secretariat")), MEMBERS],
        initial=Audience.SECRETARIAT.value,
    )

    def __init__(
        self,
        *args: Any,
        decisions: Choices = (),
        owners: Choices = (),
        people: Choices = (),
        members: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "decision", with_none(decisions, _("No decision")))
        choose(self, "owner", with_none(owners, _("No organisation")))
        choose(self, "person", with_none(people, _("No person")))
        choose(self, "countries", members)


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
    evidence = UploadField(label=_("Or a file that shows it"), required=False, kinds=EVIDENCE)

    def clean(self) -> dict[str, Any]:
        """Take what shows it only of what is done."""
        found = super().clean() or self.cleaned_data
        for name in ("link", "evidence"):
            if found.get(name) and found.get("verdict") not in {"done", None}:
                self.add_error(
                    name, _("Only what is done is shown: choose “It is done”, or leave this empty.")
                )
        return found


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
    organisations = SeveralOfField(
        label=_("And these organisations"), required=False, choices=[],
        help_text=_("Partners and agencies; their people answer for them."),
    )  # fmt: skip
    words = due_field()
    audience = OneOfField(
        label=_("Who may read it"),
        choices=[
            (Audience.SECRETARIAT.value, _("Those who are asked, and the secretariat")), MEMBERS,
        ],
        initial=Audience.MEMBERS.value,
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        initiatives: Choices = (),
        members: Choices = (),
        organisations: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        whole = with_none(initiatives, _("The whole programme"))
        choose(self, "initiative", whole)
        choose(self, "countries", members)
        choose(self, "organisations", organisations)
        if not organisations:
            del self.fields["organisations"]
        self.everybody = [code for code, _name in members]

    def clean(self) -> dict[str, Any]:
        """Address all members, or those that are chosen, or organisations alone."""
        found = super().clean() or self.cleaned_data
        if found.get("to_all"):
            found["countries"] = self.everybody
        elif not {"countries", "organisations"} & {*self.errors} and not (
            found.get("countries") or found.get("organisations")
        ):
            self.add_error("countries", _("Choose all members, or at least one addressee."))
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


def _by_initiative(
    initiatives: Choices, milestones: Mapping[str, Choices]
) -> Sequence[tuple[Any, Any]]:
    """Return the milestones under the names of their initiatives."""
    return [(name, milestones[code]) for code, name in initiatives if milestones.get(code)]


class RiskForm(forms.Form):
    """A risk, assumption or issue."""

    initiative = PickField(label=_("Initiative"), choices=[], widget=forms.Select)
    owner = PickField(
        label=_("Owner"), required=False, choices=[], widget=forms.Select,
        help_text=_("Leave empty to look after it yourself."),
    )  # fmt: skip
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
    milestones = SeveralOfField(
        label=_("Milestones it touches"), required=False, choices=[],
        help_text=_("Of the chosen initiative."),
        error_messages={"invalid_choice": _("Choose milestones of the chosen initiative.")},
    )  # fmt: skip
    node_codes = LineField(
        label=_("Codes of the strategy it touches"), required=False, max_length=400,
        help_text=_("Such as P2, P2.1; with a comma between them."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        initiatives: Choices = (),
        people: Choices = (),
        milestones: Mapping[str, Choices] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "initiative", with_none(initiatives, _("Choose an initiative")))
        choose(self, "owner", with_none(people, _("Myself")))
        chosen = self["initiative"].value()
        rows = milestones.get(chosen, ()) if chosen else _by_initiative(initiatives, milestones)
        choose(self, "milestones", rows)
        if not any(milestones.values()):
            del self.fields["milestones"]

    def clean_node_codes(self) -> tuple[str, ...]:
        """Return each code once, in the order written."""
        written = (code.strip() for code in self.cleaned_data["node_codes"].split(","))
        codes = tuple(dict.fromkeys(code for code in written if code))
        for code in codes:
            if not CODE.fullmatch(code):
                raise forms.ValidationError(
                    _(
                        "“%(code)s” is no code. Write letters, digits, points and hyphens, such as P2.1."
                    )
                    % {"code": code[:20]}
                )
        return codes


class ReviewForm(forms.Form):
    """A review of a risk."""

    probability = PickField(
        label=_("Probability, 1 (rare) to 5"), choices=ONE_TO_FIVE, widget=forms.Select
    )
    impact = PickField(label=_("Impact, 1 (slight) to 5"), choices=ONE_TO_FIVE, widget=forms.Select)
    note = LongTextField(label=_("Note"), rows=3, required=False)
    review_on = DayField(label=_("Next review on"), required=False)
