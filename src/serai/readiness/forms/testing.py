"""What is written of connection tests."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    NumberField,
    OneOfField,
    PickField,
    UploadField,
    YesField,
)
from serai.base.forms.widgets import SingleChoice
from serai.readiness.states import ProbeLength
from serai.readiness.states.probing import LENGTHS

Choices = Sequence[tuple[str, str]]
EVIDENCE = ("pdf", "png", "jpg", "csv", "xlsx", "docx")
WIRED = [("yes", _("By cable")), ("no", _("By Wi-Fi")), ("", _("Not known"))]
MOST_SIGNS = 20_000
MOST_RECEIPT = 16_000


def _room_field() -> PickField:
    return PickField(label=_("Meeting room"), required=False, choices=[], widget=forms.Select)


def _figure_field(
    label: Any, unit: Any, *, most: int | None = None, is_required: bool = False
) -> NumberField:
    return NumberField(label=label, unit=unit, least=0, most=most, places=3, required=is_required)


def _wired_field() -> OneOfField:
    return OneOfField(label=_("Connected"), required=False, choices=WIRED, initial="")


def is_wired(text: str) -> bool | None:
    """Return the answer about cable or Wi-Fi; None where it is not known."""
    return {"yes": True, "no": False}.get(text)


class _OfRooms(forms.Form):
    """A form that names one of an office's rooms."""

    def __init__(self, *args: Any, rooms: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", str(_("The whole office"))), *rooms]
        if not rooms:
            del self.fields["room"]


class ConsentForm(_OfRooms):
    """What to test, and the consent to it."""

    length = OneOfField(
        label=_("Length"), choices=[(one.value, LENGTHS[one]) for one in ProbeLength],
        initial=ProbeLength.SHORT.value,
    )  # fmt: skip
    point = OneOfField(label=_("Test point"), choices=[])
    room = _room_field()
    wired = _wired_field()
    consents = YesField(
        label=_("I agree to this test: at most 16 MB if short, 80 MB if full, each test once")
    )

    packets = forms.BooleanField(
        label=_("Also send 500 small packets, as a voice would: about 0.3 MB and 15 seconds more"),
        required=False,
        widget=SingleChoice(),
        help_text=_(
            "They go over UDP, as meetings do, and show losses and jitter. If your network may not "
            "send UDP, leave this out."
        ),
    )

    def __init__(self, *args: Any, points: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["point"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(points)
        field.initial = points[0][0] if points else None
        if len(points) == 1:
            field.widget = forms.HiddenInput()


class ReceiptsForm(forms.Form):
    """What the script hands in: never shown, and none of it is believed unchecked."""

    down = forms.CharField(required=False, max_length=MOST_RECEIPT, widget=forms.HiddenInput)
    up = forms.CharField(required=False, max_length=MOST_RECEIPT, widget=forms.HiddenInput)
    idle = forms.CharField(required=False, max_length=MOST_SIGNS, widget=forms.HiddenInput)
    loaded = forms.CharField(required=False, max_length=MOST_SIGNS, widget=forms.HiddenInput)
    packets = forms.CharField(required=False, max_length=MOST_RECEIPT, widget=forms.HiddenInput)
    udp = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    browser = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_idle(self) -> list[object]:
        """Return the echoes of the quiet line."""
        return _list(self.cleaned_data["idle"])

    def clean_loaded(self) -> list[object]:
        """Return the echoes under load."""
        return _list(self.cleaned_data["loaded"])


def _list(text: str) -> list[object]:
    """Return a JSON list; an empty one of anything else: figures stand in receipts."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return found if isinstance(found, list) else []


class EntryForm(_OfRooms):
    """What another tool said."""

    tool = LineField(
        label=_("Tool"), max_length=60, width=30,
        help_text=_("Its name, such as Ookla Speedtest or iperf3."),
    )  # fmt: skip
    day = DayField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time on the office's clock"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Enter the time."),
            "invalid": _("This is not a time. Write it as 09:30."),
        },
    )
    down = _figure_field(_("Download"), _("Mbit/s"), is_required=True)
    up = _figure_field(_("Upload"), _("Mbit/s"), is_required=True)
    rtt = _figure_field(_("Round trip"), _("ms"))
    jitter = _figure_field(_("Jitter"), _("ms"))
    loss = _figure_field(_("Packets lost"), "%", most=100)
    wired = _wired_field()
    room = _room_field()
    file = UploadField(
        label=_("A file that shows it"), required=False, kinds=EVIDENCE,
        help_text=_("A picture of the result or the tool's own file."),
    )  # fmt: skip

    def moment(self, zone: str) -> datetime:
        """Return when the test was run."""
        found = self.cleaned_data
        return datetime.combine(found["day"], found["time"], ZoneInfo(zone))


class RunsSheetForm(forms.Form):
    """A sheet of other tools' results."""

    sheet = UploadField(label=_("Sheet (CSV or XLSX)"), accept=".csv,.xlsx")


class VoidForm(forms.Form):
    """Why a test does not count."""

    reason = LongTextField(label=_("Why it does not count"), rows=3, max_length=1_000)


class PointForm(forms.Form):
    """A point to test against."""

    name = LineField(label=_("Name"), max_length=100)
    url = LineField(
        label=_("Address"), max_length=300,
        help_text=_("Where ./serai probe listens, as https://probe.example.org:8575"),
    )  # fmt: skip
    city = LineField(label=_("City"), max_length=100, required=False)
    latitude = NumberField(
        label=_("Latitude"), unit="°", least=-90, most=90, places=1, required=False
    )
    longitude = NumberField(
        label=_("Longitude"), unit="°", least=-180, most=180, places=1, required=False
    )
    is_in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)
