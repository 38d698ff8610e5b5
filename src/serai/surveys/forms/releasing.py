"""Asking for figures for others, and a country's word on it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import LongTextField, OneOfField, SeveralOfField
from serai.members.states import Audience
from serai.members.states.words import AUDIENCE_NAMES


class AskReleaseForm(forms.Form):
    """Which questions, for whom, and why."""

    paths = SeveralOfField(
        label=_("Questions"),
        help_text=_("Texts and questions for named readers are never counted for others."),
    )
    audience = OneOfField(
        label=_("Who reads the figures"),
        choices=[(one.value, AUDIENCE_NAMES[one]) for one in (Audience.MEMBERS, Audience.PUBLIC)],
    )
    reason = LongTextField(
        label=_("Why"), rows=3, help_text=_("Whoever is asked to consent reads this sentence.")
    )

    def __init__(self, data: Any = None, *, questions: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"audience": Audience.MEMBERS.value})
        self.fields["paths"].choices = list(questions)  # type: ignore[attr-defined]


class AskAnswersForm(forms.Form):
    """Which answers, of which countries, for whom, and why."""

    countries = SeveralOfField(label=_("Countries"))
    paths = SeveralOfField(
        label=_("Questions"),
        help_text=_("Questions for named readers, files and remarks are never shown to others."),
    )
    audience = OneOfField(
        label=_("Who reads the answers"),
        choices=[(one.value, AUDIENCE_NAMES[one]) for one in (Audience.MEMBERS, Audience.PUBLIC)],
    )
    reason = LongTextField(
        label=_("Why"), rows=3, help_text=_("Whoever is asked to consent reads this sentence.")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[tuple[str, str]],
        countries: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial={"audience": Audience.MEMBERS.value})
        self.fields["paths"].choices = list(questions)  # type: ignore[attr-defined]
        self.fields["countries"].choices = list(countries)  # type: ignore[attr-defined]


class CountingForm(forms.Form):
    """Whether a country's answers may be counted."""

    verdict = OneOfField(
        label=_("Your decision"),
        choices=[("consent", _("Consent: they are counted")), ("decline", _("Decline"))],
    )
    reason = LongTextField(
        label=_("Reason"), rows=3, required=False, help_text=_("Needed if you decline.")
    )


class ShowingForm(CountingForm):
    """Whether a country's answers may be shown as they are."""

    verdict = OneOfField(
        label=_("Your decision"),
        choices=[("consent", _("Consent: they are shown as above")), ("decline", _("Decline"))],
    )


class TakeBackForm(forms.Form):
    """Why a consent is taken back."""

    reason = LongTextField(label=_("Reason"), rows=3)
