"""One platform of a table: its name, where it was read, fallback, languages, dial-in, nine criteria."""

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import DayField, LineField, OneOfField, YesField
from serai.calc.network.platforms import Known, names
from serai.readiness.states import edition_words as words

MOST_NAME, MOST_SOURCE = 100, 300
CODE = r"^[a-z][a-z0-9_]*$"


class PlatformForm(forms.Form):
    """What is known of a platform; unknown never counts as yes."""

    name = LineField(label=_("Name"), max_length=MOST_NAME)
    source = LineField(
        label=_("Source"), max_length=MOST_SOURCE, help_text=_("Where all of this was read.")
    )
    dated_on = DayField(label=_("Of the day"))
    is_copy = YesField(label=_("Read in another's copy, not at the vendor"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        answers = [(one.value, words.KNOWN[one]) for one in Known]
        for name in names():
            self.fields[name] = OneOfField(label=words.PROPERTIES[name], choices=answers)


class NewPlatformForm(PlatformForm):
    """A platform that the table has not yet."""

    code = forms.RegexField(
        CODE, label=_("Code"), max_length=40,
        help_text=_("Small letters, digits and _, such as zoom: tiers and permissions name it."),
    )  # fmt: skip
    field_order = ("code",)
