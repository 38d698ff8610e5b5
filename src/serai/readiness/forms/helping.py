"""What the help desk asks: what for, for which office, who takes it; answers for all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serai.base.forms.fields import LineField, LongTextField, OneOfField, PickField, YesField
from serai.base.forms.texts import ask_for_text, put_texts
from serai.readiness.states import HelpKind, HelpPriority
from serai.readiness.states.help_words import KINDS, PRIORITIES


class AskHelpForm(forms.Form):
    """A request for help of one of one's own offices."""

    office = PickField(label=pgettext_lazy("place", "Office"))
    plan = PickField(
        label=_("For an event"), required=False, help_text=_("Leave it empty if it is for none.")
    )
    kind = OneOfField(label=_("What kind of help"))
    priority = OneOfField(label=_("How urgent"))
    subject = LineField(label=_("In a few words"), max_length=200)
    text = LongTextField(
        label=_("What you see"), rows=6, max_length=4000,
        help_text=_("What you did, what you saw, and since when. No passwords, please."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        offices: Sequence[tuple[str, str]],
        plans: Sequence[tuple[str, str]],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        begin = {"kind": HelpKind.TROUBLESHOOTING.value, "priority": HelpPriority.NORMAL.value}
        super().__init__(data, initial={**begin, **(initial or {})})
        choices: dict[str, list[tuple[str, object]]] = {
            "office": [("", _("Choose")), *offices] if len(offices) > 1 else [*offices],
            "plan": [("", _("none")), *plans],
            "kind": [(one.value, KINDS[one]) for one in HelpKind],
            "priority": [(one.value, PRIORITIES[one]) for one in HelpPriority],
        }
        for name, held in choices.items():
            self.fields[name].choices = held  # type: ignore[attr-defined]


class SayForm(forms.Form):
    """A message, or the words of a step."""

    text = LongTextField(label=_("Message"), rows=4, max_length=4000, required=False)


class TakeForm(forms.Form):
    """Who takes a request."""

    technician = PickField(label=_("Technician"))

    def __init__(self, data: Any = None, *, technicians: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        choices = [("", _("Choose")), *((str(number), name) for number, name in technicians)]
        self.fields["technician"].choices = choices  # type: ignore[attr-defined]


class AdvisoryForm(forms.Form):
    """A question with its answer, in each language, and whether all may read it."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, object] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.questions = put_texts(self, "question", _("Question"), is_needed=True)
        self.answers = put_texts(self, "answer", _("Answer"), rows=5, is_needed=True)
        self.fields["is_shown"] = YesField(
            label=_("Everybody signed in may read it"), required=False
        )

    def clean(self) -> dict[str, Any]:
        """Ask for both in one language at least."""
        ask_for_text(self, self.questions)
        ask_for_text(self, self.answers)
        return self.cleaned_data
