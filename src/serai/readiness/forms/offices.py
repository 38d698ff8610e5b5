"""Input on an office's results: a dispute, a reason, what to ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import DayField

LONGEST_DISPUTE, LONGEST_REASON = 4_000, 2_000


class DisputeForm(forms.Form):
    """What an agency says is wrong."""

    words = forms.CharField(
        label=_("What is wrong, and where?"),
        max_length=LONGEST_DISPUTE,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class DeclineForm(forms.Form):
    """Why advice is not taken up."""

    reason = forms.CharField(
        label=_("Why not?"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4})
    )


class AskForm(forms.Form):
    """By when missing facts are wanted."""

    due_on = DayField(label=_("Answer by"), required=False)
