"""What events are asked: the meeting, its kind, who takes part from where, what the desk saw."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serai.base.forms.fields import (
    LongTextField,
    OneOfField,
    PickField,
    SeveralOfField,
    WholeNumberField,
)
from serai.calc.readiness.forecast import PlanB
from serai.readiness.states import AS_PLANNED, Trouble
from serai.readiness.states.event_words import (
    LANGUAGE_WORDS,
    OUTCOME_MARKS,
    PLAN_B_WORDS,
    ROLE_WORDS,
    SENSITIVITY_WORDS,
    TROUBLE_WORDS,
)

Choices = Sequence[tuple[str, str]]
MOST_SEATS = 2_000
IN, OUT = "in", "out"


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, object]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class EventForm(forms.Form):
    """A meeting as an event."""

    meeting = PickField(
        label=_("Meeting"), help_text=_("The event takes its day and hours from the meeting.")
    )
    event = OneOfField(label=_("Kind of event"))
    platform = PickField(label=_("Platform"))
    languages = SeveralOfField(
        label=_("Languages"), choices=list(LANGUAGE_WORDS.items()),
        help_text=_("All in which people speak or listen."),
    )  # fmt: skip
    sensitivity = OneOfField(
        label=_("Sensitivity"),
        choices=[(one.value, word) for one, word in SENSITIVITY_WORDS.items()],
        help_text=_("How much harm there is if what is said becomes known."),
    )
    contacts = LongTextField(
        label=_("Whom to reach outside the platform"), rows=3, required=False, max_length=2000,
        help_text=_("Names and telephone numbers. They are printed on each plan B card."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        meetings: Choices | None,
        events: Choices,
        platforms: Choices,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        nothing = ("", _("choose one"))
        if meetings is None:
            del self.fields["meeting"]
        else:
            _choose(self, "meeting", [nothing, *meetings])
        _choose(self, "event", events)
        _choose(self, "platform", [nothing, *platforms])


class DelegationForm(forms.Form):
    """From where a delegation takes part, and as what."""

    place = PickField(label=_("Office and room"))
    role = OneOfField(label=_("Takes part as"))
    seats = WholeNumberField(label=_("People"), least=1, most=MOST_SEATS)

    def __init__(
        self,
        data: Any = None,
        *,
        places: Choices,
        may_be_host: bool,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        _choose(self, "place", [("", _("choose one")), *places])
        roles = [(one.value, word) for one, word in ROLE_WORDS.items()]
        _choose(self, "role", roles if may_be_host else roles[:-1])


def _troubles(*, with_none: bool) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [("", pgettext_lazy("trouble", "nothing to say"))]
    return found + [
        (one.value, word)
        for one, word in TROUBLE_WORDS.items()
        if with_none or one is not Trouble.NONE
    ]


class RehearsalForm(forms.Form):
    """What a rehearsal showed."""

    trouble = PickField(
        label=_("What went wrong"), required=False, choices=_troubles(with_none=False)
    )
    text = LongTextField(label=_("Note"), rows=3, required=False, max_length=2000)


class DeskForm(forms.Form):
    """What somebody at the desk saw."""

    delegation = PickField(label=_("Delegation"), required=False)
    presence = OneOfField(
        label=_("Is it connected?"), required=False,
        choices=[("", pgettext_lazy("presence", "nothing to say")), (IN, _("It is in")), (OUT, _("It is out"))],
    )  # fmt: skip
    on_plan = PickField(
        label=_("Takes part by"), required=False,
        choices=[
            ("", pgettext_lazy("way", "nothing to say")),
            (AS_PLANNED, pgettext_lazy("way", "As planned")),
            *((one.value, PLAN_B_WORDS[one]) for one in PlanB),
        ],
    )  # fmt: skip
    trouble = PickField(
        label=_("What goes wrong"), required=False, choices=_troubles(with_none=True)
    )
    text = LongTextField(label=_("Note"), rows=2, required=False, max_length=2000)

    def __init__(
        self, data: Any = None, *, delegations: Choices, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        _choose(self, "delegation", [("", _("The whole event")), *delegations])

    def clean(self) -> dict[str, Any]:
        """Refuse a note that says nothing."""
        found = super().clean() or self.cleaned_data
        said = ("presence", "on_plan", "trouble", "text")
        if not self.errors and not any(found.get(name) for name in said):
            raise forms.ValidationError(
                _("Say at least one thing: in or out, the way, what goes wrong, or a note.")
            )
        return found

    @property
    def is_in(self) -> bool | None:
        """Return whether it is in; None where nothing is said."""
        return {IN: True, OUT: False}.get(self.cleaned_data["presence"])


class ReviewForm(forms.Form):
    """How an event went for each delegation that is live; those left out stay live."""

    def __init__(self, data: Any = None, *, delegations: Choices) -> None:
        super().__init__(data)
        self.numbers = [number for number, _name in delegations]
        for number, name in delegations:
            self.fields[f"outcome_{number}"] = OneOfField(
                label=name, required=False,
                choices=[(one.value, word) for one, (_tone, word) in OUTCOME_MARKS.items()],
            )  # fmt: skip
            self.fields[f"note_{number}"] = LongTextField(
                label=format_lazy(_("Note on {name}"), name=name), rows=2, required=False,
                max_length=2000,
            )  # fmt: skip

    def outcomes(self) -> dict[str, tuple[str, str]]:
        """Return outcome and note of each delegation of which one is said."""
        return dict(self._said())

    def _said(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for number in self.numbers:
            if word := self.cleaned_data[f"outcome_{number}"]:
                yield number, (word, self.cleaned_data[f"note_{number}"])
