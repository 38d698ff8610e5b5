"""What is written of a meeting: time and place, agenda, papers, participants, decisions."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    OneOfField,
    PickField,
    SeveralOfField,
    UploadField,
    WholeNumberField,
    YesField,
)
from serai.base.zones import TIME_ZONES, city, known_zones
from serai.programme.forms.shared import Choices, choose, due_field, with_none
from serai.programme.states.words import choices


class MeetingForm(forms.Form):
    """A meeting's time and place."""

    title = LineField(label=_("Title"), max_length=300)
    kind = PickField(label=_("Kind"), choices=choices("meeting_kind"), widget=forms.Select)
    initiative = PickField(label=_("Initiative"), required=False, choices=[], widget=forms.Select)
    on = DayField(label=_("Day"))
    at = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write a time such as 14:30."),
            "invalid": _("Write a time such as 14:30."),
        },
    )
    minutes = WholeNumberField(
        label=_("Lasts"), unit=_("minutes"), least=5, most=14_400, initial=120
    )
    zone = PickField(label=_("On the clock of"), choices=[], widget=forms.Select)
    other_zone = LineField(
        label=_("Or of another time zone"), required=False, width=30, max_length=64,
        help_text=_("By its name, such as Europe/Rome; it is taken instead."),
    )  # fmt: skip
    mode = OneOfField(label=_("Mode"), choices=choices("mode"), initial="virtual")
    place = LineField(label=_("Place"), required=False)
    join_link = forms.URLField(
        label=_("Link to join"), required=False, assume_scheme="https", max_length=500,
        help_text=_("Only participants see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, initiatives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = with_none(initiatives, _("The whole programme"))
        choose(self, "initiative", whole)
        own = str(self.initial.get("zone", "UTC"))
        zones = dict.fromkeys((*TIME_ZONES, own))
        choose(self, "zone", [(name, city(name)) for name in zones])

    def clean_other_zone(self) -> str:
        """Return a zone that is known by the name written; empty if none is written."""
        name = str(self.cleaned_data["other_zone"]).strip().replace(" ", "_")
        if name and name not in known_zones():
            raise forms.ValidationError(
                _("“%(zone)s” is no time zone. Write a name such as Europe/Rome.") % {"zone": name}
            )
        return name

    def clean(self) -> dict[str, Any]:
        """Take the zone that is written in place of the one that is chosen."""
        found = super().clean() or self.cleaned_data
        if found.get("other_zone"):
            found["zone"] = found["other_zone"]
        return found

    def moments(self) -> tuple[datetime, datetime]:
        """Return the begin and end as moments."""
        zone = ZoneInfo(self.cleaned_data["zone"])
        begin = datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], zone)
        return begin, begin + timedelta(minutes=self.cleaned_data["minutes"])


class ItemForm(forms.Form):
    """An agenda item."""

    title = LineField(label=_("Title"), max_length=300)
    purpose = OneOfField(label=_("Purpose"), choices=choices("purpose"), initial="information")


class MinutesForm(forms.Form):
    """The minutes of a meeting: of each item of its agenda, and of the whole."""

    text = LongTextField(label=_("Minutes of the whole meeting"), rows=14)

    def __init__(self, *args: Any, items: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, title in items:
            self.fields[f"item_{key}"] = LongTextField(label=title, rows=5, required=False)
        self.order_fields([*(f"item_{key}" for key, _title in items), "text"])

    def by_item(self) -> dict[str, str]:
        """Return what is written of each item, by its public number."""
        rows = self.cleaned_data.items()
        return {name[len("item_") :]: text for name, text in rows if name.startswith("item_")}


class PaperForm(forms.Form):
    """A paper: a file and what is said of it."""

    title = LineField(label=_("Title"), max_length=300)
    file = UploadField(label=_("File"), kinds=("pdf", "docx", "xlsx", "odt", "ods"))
    languages = SeveralOfField(label=_("Written in"), choices=lambda: settings.LANGUAGES)
    due_on = DayField(label=_("Due on"), required=False)


class InviteForm(forms.Form):
    """A participant."""

    person = PickField(label=_("Person"), choices=[], widget=forms.Select)
    role = PickField(
        label=_("Role"), choices=choices("attendance_role"), widget=forms.Select, initial="delegate"
    )

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "person", with_none(people, _("Choose a person")))


class ComesForm(forms.Form):
    """Whether one comes."""

    answer = OneOfField(label=_("Do you come?"), choices=choices("answer")[1:])


class DecisionForm(forms.Form):
    """A decision of a meeting."""

    text = LongTextField(label=_("Decision"), rows=4)
    item = PickField(label=_("Agenda item"), required=False, choices=[], widget=forms.Select)
    addressees = SeveralOfField(label=_("Addressed to members"), required=False, choices=[])
    to_secretariat = YesField(label=_("Addressed to the secretariat"), required=False)
    words = due_field()
    supersedes = PickField(
        label=_("Replaces the decision"), required=False, choices=[], widget=forms.Select,
        help_text=_("The older decision is superseded once this one is adopted."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        items: Choices = (),
        members: Choices = (),
        older: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "supersedes", with_none(older, _("None")))
        choose(self, "item", with_none(items, _("None")))
        choose(self, "addressees", members)
